import type {OrderedMap} from 'immutable';
import type {ActionId} from './actions.ts';
import type {Stamp} from './sandbox.ts';

/** One act on many, as it would be carried out; nothing has been sent. */
export type Plan = {
  readonly action: ActionId;
  /** Seconds from now, for `timeout`. */
  readonly timeoutSeconds: number | undefined;
  /** The exact ids, in the order in which they will be acted on. */
  readonly ids: readonly string[];
  readonly skipped: readonly {readonly id: string; readonly why: string}[];
  /** Of `ids`: how many the filter hides. */
  readonly hidden: number;
  /** Of `ids`: how many would live shorter. */
  readonly shortened: number;
  readonly openedAt: Stamp;
  /** What must be typed, e.g. `delete 64`; undefined: y or n. */
  readonly word: string | undefined;
  readonly typed: string;
  readonly focus: 'cancel' | 'confirm';
  /** First line of the ids that is shown. */
  readonly top: number;
};

export type BulkItem = {
  readonly phase: 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'unknown';
  /** What came of it, in a sentence. */
  readonly text: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
};

/** One act on many, under way or over: its ledger. */
export type Bulk = {
  readonly action: ActionId;
  readonly timeoutSeconds: number | undefined;
  /** A life that gets shorter was agreed to. */
  readonly mayShorten: boolean;
  readonly startedAt: Stamp;
  readonly endedAt: Stamp | undefined;
  /** Until then nothing leaves and `u` takes it back; undefined: it is over, or there is none. */
  readonly graceUntil: Stamp | undefined;
  /** Why it stands still; undefined: it goes on. */
  readonly pausedBy: string | undefined;
  readonly failuresInRow: number;
  readonly items: OrderedMap<string, BulkItem>;
  readonly isShown: boolean;
  readonly top: number;
};
