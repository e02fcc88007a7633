import type {Tone} from './columns.ts';
import {emptyRing, lastItems, type Ring, withItem} from './ring.ts';
import type {Millis, Stamp} from './sandbox.ts';

/** What an act of the user's changed: a status, or a time as RFC 3339. */
type Change = {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** From the request to its answer. */
  readonly latencyMs: Millis | undefined;
};

/** One line of the event log; every text in it is sanitized. */
export type LogEntry = {
  /** Counts from 1 over the whole session: no two entries share one. */
  readonly seq: number;
  readonly at: Stamp;
  readonly wall: Millis;
  /** One word, e.g. `created`, `gap`, `extend`. */
  readonly kind: string;
  readonly id: string | undefined;
  readonly text: string;
  /** How we know: `you` is what was done here, `client` what this program says of itself. */
  readonly source: 'stream' | 'snapshot' | 'list' | 'read' | 'you' | 'client';
  readonly requestId: string | undefined;
  /** HTTP status, when an answer came. */
  readonly status: number | undefined;
  readonly tone: Tone;
  readonly change?: Change | undefined;
};

/** What happened, newest last. The counts are of the whole session, not of what is still held. */
export type EventLog = {
  readonly all: Ring<LogEntry>;
  /** Own acts and errors (tone `danger`) once more: a busy fleet cannot push them out. */
  readonly own: Ring<LogEntry>;
  readonly total: number;
  readonly mine: number;
  readonly errors: number;
};

const MOST_ENTRIES = 5000;
const MOST_OWN = 1000;

export const emptyLog: EventLog = {
  all: emptyRing(MOST_ENTRIES),
  own: emptyRing(MOST_OWN),
  total: 0,
  mine: 0,
  errors: 0,
};

export function withLogEntry(log: EventLog, said: Omit<LogEntry, 'seq'>): EventLog {
  const entry = {...said, seq: log.total + 1};
  const isMine = entry.source === 'you';
  const isError = entry.tone === 'danger';
  return {
    all: withItem(log.all, entry),
    own: isMine || isError ? withItem(log.own, entry) : log.own,
    total: entry.seq,
    mine: log.mine + (isMine ? 1 : 0),
    errors: log.errors + (isError ? 1 : 0),
  };
}

/** The last `count` entries, newest first, as the screen lists them. */
export const latestEntries = (log: EventLog, count: number): readonly LogEntry[] =>
  lastItems(log.all, count).toReversed();

/** What is the user's own doing and was not in `before`, oldest first. */
export function ownEntriesSince(log: EventLog, before: EventLog): readonly LogEntry[] {
  const added = log.mine + log.errors - before.mine - before.errors;
  // More at once than are kept for themselves: all that happened holds some more.
  const held = added > log.own.limit ? lastItems(log.all, log.total - before.total) : lastItems(log.own, added);
  return held.filter(({source, seq}) => source === 'you' && seq > before.total);
}
