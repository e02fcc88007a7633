import {Map as ImmutableMap, OrderedMap} from 'immutable';
import type {Stamp} from './sandbox.ts';
import type {Template} from './template.ts';
import type {Question} from './templateAsked.ts';

/** A delete that has been agreed to: waits out its grace or the limiter, is under way, or got no answer (a list decides). */
export type Deletion = {
  readonly phase: 'grace' | 'queued' | 'sent' | 'unknown';
  readonly askedAt: Stamp;
  /** When it got into this phase. */
  readonly at: Stamp;
  /** grace: when it ends; queued: until when the limiter holds it, as far as is known. */
  readonly until: Stamp | undefined;
  /** 429s so far: each was not carried out. */
  readonly refusals: number;
};

/** The templates, as far as they were told. */
export type Templates = {
  /** One's own first, by name. */
  readonly rows: OrderedMap<string, Template>;
  /** live: read while the stream was open; polled: read without one. */
  readonly phase: 'never' | 'live' | 'polled' | 'failed';
  /** The stream is open now. */
  readonly isOpen: boolean;
  /** So old is what is shown. */
  readonly asOf: Stamp | undefined;
  /** Why there is no stream, or no list. */
  readonly reason: string | undefined;
  /** When the stream last told of one, by id, until a list is newer. */
  readonly heard: ImmutableMap<string, Stamp>;
  /** What was deleted here, until a list is newer: an older one must not bring it back. */
  readonly gone: ImmutableMap<string, Stamp>;
  readonly deletions: ImmutableMap<string, Deletion>;
  /** The template under the cursor, by id. */
  readonly cursor: string | undefined;
  /** Index of the first visible line. */
  readonly top: number;
  /** The open question, about a template or a spec. */
  readonly question: Question | undefined;
};

export const unreadTemplates: Templates = {
  rows: OrderedMap(),
  phase: 'never',
  isOpen: false,
  asOf: undefined,
  reason: undefined,
  heard: ImmutableMap(),
  gone: ImmutableMap(),
  deletions: ImmutableMap(),
  cursor: undefined,
  top: 0,
  question: undefined,
};
