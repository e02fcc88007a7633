import {OrderedMap} from 'immutable';
import type {BuildLog} from './buildLog.ts';
import type {Stamp} from './sandbox.ts';
import type {BuildStatus} from './template.ts';

/** One build that is known by its id. */
export type Build = {
  readonly id: string;
  /** Of the template it makes. */
  readonly name: string | undefined;
  readonly templateId: string | undefined;
  /** Started here, or asked for by its id: it is not forgotten. */
  readonly isOwn: boolean;
  /** Undefined: never read. */
  readonly status: BuildStatus | undefined;
  readonly asOf: Stamp | undefined;
  /** Why its status could not be read last. */
  readonly failure: string | undefined;
  /** The server does not know it: it is not asked for again by itself. */
  readonly isUnknown: boolean;
};

/** A spec that was agreed to and whose build has not begun yet. */
export type Sending = {
  readonly specId: number;
  readonly name: string;
  /** uploading: what it copies goes first; queued: the limiter is asked; sent: the start has left, without an answer yet. */
  readonly phase: 'uploading' | 'queued' | 'sent';
  /** When the uploads were done; before that, when it was agreed to. */
  readonly askedAt: Stamp;
  /** Until then a limit holds it, or its next upload. */
  readonly until: Stamp | undefined;
  /** 429s of the start so far: each was not carried out. */
  readonly refusals: number;
  readonly sentBytes: number;
  /** 0 until the first upload has begun. */
  readonly totalBytes: number;
};

/** Builds that are known: the API lists none (there is no such endpoint), so these are those of templates and our own. */
export type Builds = {
  /** Those that go on first, then the newest. */
  readonly rows: OrderedMap<string, Build>;
  /** The build under the cursor, by id. */
  readonly cursor: string | undefined;
  /** Index of the first visible line. */
  readonly top: number;
  /** The spec file that is being read. */
  readonly reading: string | undefined;
  readonly sending: Sending | undefined;
  /** The log over the view; undefined: closed. */
  readonly log: BuildLog | undefined;
  /** How often a log was opened. */
  readonly openings: number;
};

export const noBuilds: Builds = {
  rows: OrderedMap(),
  cursor: undefined,
  top: 0,
  reading: undefined,
  sending: undefined,
  log: undefined,
  openings: 0,
};

/** It changes no more, as far as was told. */
export const isFinal = ({status}: Pick<Build, 'status'>): boolean => status?.isFinal ?? false;
