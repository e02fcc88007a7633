import type {Map as ImmutableMap, OrderedSet as ImmutableOrderedSet, Set as ImmutableSet} from 'immutable';
import type {Act, Dialog} from './act.ts';
import type {ActionId} from './actions.ts';
import type {Builds} from './builds.ts';
import type {Bulk, Plan} from './bulk.ts';
import type {ColumnId, SortKey} from './columns.ts';
import type {Overlay} from './event.ts';
import type {Budget, Failure} from './failure.ts';
import type {Filter} from './filter.ts';
import type {Focus} from './focus.ts';
import type {Creation, Form} from './form.ts';
import type {EventLog} from './log.ts';
import type {LogView} from './logView.ts';
import type {Order} from './order.ts';
import type {Rotation} from './rotation.ts';
import type {Millis, Row, Stamp} from './sandbox.ts';
import type {Series} from './series.ts';
import type {Tallies} from './tallies.ts';
import type {Templates} from './templates.ts';
import type {ViewId} from './views.ts';

/** How sure we are of the screen; the header always says it. */
export type Link = {
  readonly phase: 'connecting' | 'live' | 'stale' | 'poll' | 'offline' | 'auth';
  readonly since: Stamp;
  /** When a byte last came from the lifecycle stream (or, polling, when a list last ended). */
  readonly heardAt: Stamp | undefined;
  /** When the last heartbeat came over this stream: what comes though nothing has happened. */
  readonly beatAt: Stamp | undefined;
  /** The longest usual silence, learned from the gaps between heartbeats; undefined until two came. */
  readonly heartbeatMs: number | undefined;
  /** Since when nothing can be trusted to be current; undefined while it can. */
  readonly staleSince: Stamp | undefined;
  /** When that was noticed: what was told in between is as old. */
  readonly lostAt: Stamp | undefined;
  readonly attempt: number;
  readonly retryAt: Stamp | undefined;
  /** Why, in one sentence: of stale, poll, offline and auth. */
  readonly reason: string | undefined;
  /** Since when the stream is open; undefined: it is not. Open is not yet live: a list must be read after it. */
  readonly openedAt: Stamp | undefined;
  /** When a stream beside the open one was last asked for; undefined: never. */
  readonly renewedAt: Stamp | undefined;
  /** This server has no stream: the list is read every few seconds instead. */
  readonly polling: boolean;
  /** Rows in doubt since then that a GET could not read. */
  readonly unreadable: number;
  /** Changes found since the gap began that no event told; counted on until the gap is accounted for. */
  readonly missed: number;
  /** Rows that the last gap left in doubt, and that its account did not wait for. */
  readonly late: ImmutableSet<string>;
  /** A gap that is over, and whose missing rows are still asked for. */
  readonly unaccounted: PastGap | undefined;
};

/** A time out of touch, ended by a list. */
type PastGap = {
  readonly from: Stamp;
  readonly to: Stamp;
  /** False when that list was cut: there may be more that nobody has seen. */
  readonly isWhole: boolean;
};

/** Somebody of whom a GET decides: not in a whole list, or named by an event that did not say what happened. */
type Suspect = {
  readonly stage: 'wanted' | 'asked';
  /** An event has named it: what the GET finds was not missed. */
  readonly isTold: boolean;
};

/** The reading of the whole list. */
export type Listing = {
  /** Number of the reading under way or last done. */
  readonly run: number;
  readonly phase: 'never' | 'reading' | 'complete' | 'partial' | 'failed';
  readonly beganAt: Stamp | undefined;
  readonly endedAt: Stamp | undefined;
  readonly pages: number;
  /** When the last reading that was whole had begun: so old is the list where no event tells more. */
  readonly readAsOf: Stamp | undefined;
  /** Ids this run has shown so far: what is not among them when it ends is a suspect. */
  readonly seen: ImmutableSet<string>;
  /** Asked for again while one was running. */
  readonly again: boolean;
  /** Next reading by itself: after a failure, when polling, or the slow one that heals what no event told. */
  readonly nextAt: Stamp | undefined;
  readonly failures: number;
  readonly reason: string | undefined;
  /** A create or delete seen while reading: an offset cursor may have skipped a row. */
  readonly disturbed: boolean;
  /** Readings begun in a row because the one before was disturbed. */
  readonly repeats: number;
};

export type Notice = {readonly text: string; readonly tone: 'plain' | 'warn' | 'danger'; readonly at: Stamp};

/** Fixed for the session; from flags, environment and configuration. */
export type Session = {
  readonly profile: string;
  /** Host and port of the control plane. */
  readonly host: string;
  /** Public id of the key, e.g. `hopx_live_k3y…`; undefined in a demo. */
  readonly keyId: string | undefined;
  readonly readonly: boolean;
  readonly demo: boolean;
  /** Most metric streams at once. */
  readonly metricsLimit: number;
  /** A journal of the user's own acts is kept. */
  readonly keepsJournal?: boolean;
  /** A command is configured that the terminal can be lent to. */
  readonly canConnect?: boolean;
};

export type Cursor = {
  /** The sandbox it is on; it stays on it through any reorder. */
  readonly id: string | undefined;
  /** Its place when last known: where it goes if that sandbox leaves the list. */
  readonly index: number;
};

/** What a line of the list is made of, at one moment. */
export type Moment = Pick<State, 'rows' | 'metrics' | 'acts' | 'pinned' | 'now' | 'wall' | 'skewMs'>;

export type State = {
  readonly session: Session;
  /** The last tick: what is "now" on the screen. */
  readonly now: Stamp;
  readonly wall: Millis;
  /** Server clock minus wall clock, at the least; 0 until told. */
  readonly skewMs: number;
  /** The lowest such reading since our clock last jumped; undefined: none. What a life is lengthened by. */
  readonly skewFloorMs: number | undefined;
  /** When our clock last jumped: what was told before it cannot be dated. */
  readonly jumpedAt: Stamp;
  /** The last act asked for without a question, so that a key that is held down stays one act. */
  readonly lastAsked: {readonly action: ActionId; readonly id: string; readonly at: Stamp} | undefined;
  readonly startedAt: Stamp;

  readonly link: Link;
  readonly listing: Listing;
  readonly budget: Budget | undefined;

  /** Live rows and tombstones, by id. */
  readonly rows: ImmutableMap<string, Row>;
  /** Live rows by status, kept as events come; never counted anew. */
  readonly counts: ImmutableMap<string, number>;
  /** Live rows by region, template and more; kept in the same way. */
  readonly tallies: Tallies;
  readonly live: number;
  /** Tombstones, oldest first. */
  readonly tombstones: readonly string[];
  /** Ids of the dead, remembered an hour so that a late event cannot raise them: id to time of death. */
  readonly remembered: ImmutableMap<string, Stamp>;
  /** Ids whose GET is under way or wanted: missing from a complete list, or hinted at. */
  readonly suspects: ImmutableMap<string, Suspect>;
  /** How many suspects are asked for right now; kept, never counted anew. */
  readonly checking: number;

  /** The list as shown: filtered, sorted. */
  readonly order: Order;
  /** Live rows that will expire, soonest first, whatever the filter. */
  readonly expiring: Order;
  /** Live rows by when they were created, whatever the filter; kept only while the filter or the overview asks for ages. */
  readonly created: Order | undefined;
  /** The rows as they were when the orders were put right last: what stands in an order is found by it. Undefined: never. */
  readonly placed: Moment | undefined;
  /** Ids that have changed since then: their places must be looked at when the next frame begins. */
  readonly touched: ImmutableSet<string>;
  /** Ids that stand in `order` under a key that is no longer theirs, until the keys have been quiet, and under which. */
  readonly resorts: ImmutableMap<string, SortKey>;
  readonly filter: {
    /** What decides now: the last text that could be read. */
    readonly active: Filter;
    /** What is in the prompt; undefined: the prompt is closed. */
    readonly draft: string | undefined;
    readonly mistake: string | undefined;
    /** What Esc goes back to. */
    readonly before: Filter;
  };
  readonly sort: {readonly column: ColumnId; readonly descending: boolean};

  /** What the screen shows. */
  readonly view: ViewId;
  readonly logView: LogView;
  readonly screen: {readonly columns: number; readonly rows: number; readonly listRows: number};
  readonly cursor: Cursor;
  /** Index of the first visible line. */
  readonly top: number;
  readonly scrolledAt: Stamp;
  readonly lastKeyAt: Stamp;
  readonly overlay: {readonly kind: Overlay; readonly index: number} | undefined;
  /** Whether Enter has put the detail over the whole screen. */
  readonly detailOpen: boolean;
  readonly focus: Focus;
  readonly dialog: Dialog | undefined;
  readonly form: Form | undefined;
  /** What has been typed into the palette. */
  readonly palette: string;
  /** A sandbox that is being made; undefined: none. */
  readonly creation: Creation | undefined;
  /** Marked sandboxes, by id, in the order of marking; those that have gone stay until they are unmarked. */
  readonly marks: ImmutableOrderedSet<string>;
  /** The mark, or its taking away, that was made last: where a range begins. */
  readonly lastMarked: string | undefined;
  readonly plan: Plan | undefined;
  /** The bulk act that goes on, or the last one. */
  readonly bulk: Bulk | undefined;
  readonly templates: Templates;
  readonly builds: Builds;
  readonly notice: Notice | undefined;

  readonly metrics: ImmutableMap<string, Series>;
  /** Kept at the top of the list, and sampled before the visible ones. */
  readonly pinned: ImmutableSet<string>;
  /** Sandboxes that nobody looks at, sampled in turns; undefined: nothing on the screen rests on samples. */
  readonly rotation: Rotation | undefined;
  readonly acts: ImmutableMap<string, Act>;
  /** Acts this server answered 404 or 405 to while GET works: off for the session. */
  readonly unsupported: ImmutableSet<ActionId>;
  readonly log: EventLog;
  /** Events nobody could read, by name. */
  readonly unread: ImmutableMap<string, number>;
  readonly quitting: boolean;
  /** Set by the last failure that matters, e.g. why a list failed. */
  readonly lastFailure: Failure | undefined;
};
