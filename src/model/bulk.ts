import type {Map as ImmutableMap} from 'immutable';
import type {ActionId} from './actions.ts';
import type {Stamp} from './sandbox.ts';

/** What is left out of a plan, and why. */
export type Skipped = {readonly id: string; readonly why: string};

/** How many have something in common. */
export type Share = readonly [name: string, count: number];

/** One act on many, as it would be carried out; nothing has been sent. */
export type Plan = {
  readonly action: ActionId;
  /** Seconds from now, for `timeout`. */
  readonly timeoutSeconds: number | undefined;
  /** The exact ids, in the order in which they will be acted on. */
  readonly ids: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Why, and how many for that reason, the most frequent first. */
  readonly reasons: readonly Share[];
  /** Of `ids`: how many the filter hides. */
  readonly hidden: number;
  /** Of `ids`: how many would get an end of their life, or a nearer one. */
  readonly shortened: number;
  /** Which those are: the word that is typed is about them, and about nobody else. */
  readonly shorter: ReadonlySet<string>;
  /** Of `ids`: how many in each status and region, the most frequent first. */
  readonly statuses: readonly Share[];
  readonly regions: readonly Share[];
  /** Of `ids`: how many are read before they are acted on, as far as is known now. */
  readonly checks: number;
  readonly openedAt: Stamp;
  /** What must be typed, e.g. `delete 64`; undefined: y or n. */
  readonly word: string | undefined;
  readonly typed: string;
  readonly focus: 'cancel' | 'confirm';
  /** What changed while it was open: the answer must be given anew. */
  readonly changed: string | undefined;
  /** First line of the ids that is shown. */
  readonly top: number;
};

/**
 * waiting: not tried; running: looked at, or on its way; accepted: the server took it, nothing has confirmed it yet;
 * unknown: nobody knows whether it happened.
 */
export const bulkPhases = ['waiting', 'running', 'accepted', 'done', 'failed', 'skipped', 'unknown'] as const;

export type BulkPhase = (typeof bulkPhases)[number];

export type BulkItem = {
  readonly phase: BulkPhase;
  /** What came of it, in a sentence. */
  readonly text: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
};

/** One act on many, under way or over: its ledger. */
export type Bulk = {
  readonly action: ActionId;
  /** For `timeout`: the seconds from now, and those of which a nearer end was agreed to. */
  readonly timeout: {readonly seconds: number; readonly shorter: ReadonlySet<string>} | undefined;
  readonly startedAt: Stamp;
  readonly endedAt: Stamp | undefined;
  /** Until then nothing leaves and `u` takes it back; undefined: it is over, or there is none. */
  readonly graceUntil: Stamp | undefined;
  /** Why it stands still; undefined: it goes on. */
  readonly pausedBy: string | undefined;
  readonly failuresInRow: number;
  /** What came of one of them says that it must stand still, and it does not yet. */
  readonly trouble: string | undefined;
  /** In the order of the plan. */
  readonly ids: readonly string[];
  /** What the plan left out, and why. */
  readonly left: readonly Skipped[];
  /** In the order in which they are shown: of what is over, those that did not go well come first. */
  readonly shown: readonly string[];
  /** Index of the first that has not been begun. */
  readonly next: number;
  /** Begun, and put back before anything of them was sent. */
  readonly again: readonly string[];
  readonly items: ImmutableMap<string, BulkItem>;
  /** Kept as items change, never counted anew. */
  readonly counts: Readonly<Record<BulkPhase, number>>;
  readonly isShown: boolean;
  /** First line of the ledger that is shown; undefined: it follows what is under way. */
  readonly top: number | undefined;
};

/** Something of it may still leave, or is not decided. */
export const isUnderWay = (bulk: Bulk | undefined): bulk is Bulk => bulk !== undefined && bulk.endedAt === undefined;

/** Something of it may leave by itself, or is not decided: it makes no room for another. */
export const isAtWork = (bulk: Bulk | undefined): bulk is Bulk =>
  isUnderWay(bulk) && (bulk.pausedBy === undefined || bulk.counts.running + bulk.counts.accepted > 0);
