import type {FocusEvent} from './focusEvents.ts';
import type {EventLog, LogEntry} from './log.ts';
import {noticed} from './logging.ts';
import {idAt} from './order.ts';
import {itemAt, type Ring, ringSize} from './ring.ts';
import {isPlainId, type Stamp} from './sandbox.ts';
import {cursorMovedTo, cursorReplaced, isCovered, noticeInNextView} from './screen.ts';
import type {State} from './state.ts';
import type {Step, TransitionsOf} from './step.ts';

/** What can be looked at of the sandbox in focus. Keys, help and README are printed from this table. */
export const focusTabs = [
  {id: 'overview', key: 'd', label: 'Overview', description: 'record, charts, events'},
  {id: 'events', key: 'l', label: 'Events', description: 'all its events held'},
  {id: 'json', key: 'y', label: 'JSON', description: 'its record as JSON'},
] as const;

export type TabId = (typeof focusTabs)[number]['id'];

/** How far back the charts can look: as far as the two rings of a series reach. */
export const chartRanges = [
  {id: '1m', ms: 60_000},
  {id: '10m', ms: 10 * 60_000},
  {id: '60m', ms: 60 * 60_000},
] as const;

export type RangeId = (typeof chartRanges)[number]['id'];

/** An answer of the server as text: at most 64 Ki characters in 2,000 lines, without secrets, each line sanitized. */
export type RecordText = {readonly lines: readonly string[]; readonly isCut: boolean};

/** The record of one sandbox as it was read last. */
export type HeldRecord = {
  readonly id: string;
  readonly text: RecordText | undefined;
  /** When it was asked for; undefined: it has not been read. */
  readonly asOf: Stamp | undefined;
  /** The last reading, if it failed, in one sentence. */
  readonly failure: {readonly at: Stamp; readonly message: string} | undefined;
};

/** How the sandbox that has the whole screen is looked at; which one it is the cursor says. */
export type Focus = {
  readonly tab: TabId;
  readonly range: RangeId;
  /** First visible line of what scrolls. */
  readonly top: number;
  /** How many entries the log had then: what comes later stands above. */
  readonly topAt: number;
  /** Of one sandbox only. */
  readonly record: HeldRecord | undefined;
  /** Asked for by a key, whatever its age. */
  readonly isAsked: boolean;
};

export const unfocused: Focus = {
  tab: 'overview',
  range: '10m',
  top: 0,
  topAt: 0,
  record: undefined,
  isAsked: false,
};

/** A record older than this is read again while it is on the screen. */
const OLD_RECORD_MS = 60_000;
/** Nothing is read of a sandbox that is only passed by. */
const REST_MS = 300;

const focused = (state: State, change: Partial<Focus>): State => ({...state, focus: {...state.focus, ...change}});

/** Opened at the overview. Closed, the list has its cursor on the one looked at last, or on what took its place. */
function detailToggled(state: State, {at}: Extract<FocusEvent, {type: 'detail.toggled'}>): Step {
  if (isCovered(state)) return [state];
  const {range} = state.focus;
  const toggled = {
    ...state,
    detailOpen: !state.detailOpen,
    focus: {...unfocused, range},
    notice: noticeInNextView(state, at),
  };
  return [toggled.detailOpen ? toggled : cursorReplaced(toggled)];
}

function focusStepped(state: State, {at, by}: Extract<FocusEvent, {type: 'focus.stepped'}>): Step {
  if (!state.detailOpen || isCovered(state)) return [state];
  const {cursor, order} = state;
  // One that has left the list has no line: what follows stands where it stood.
  const next = isFocusListed(state) || by < 0 ? cursor.index + by : cursor.index;
  if (next < 0 || next >= order.size) {
    return [noticed(state, at, `this is the ${by < 0 ? 'first' : 'last'} sandbox of the list`)];
  }
  return cursorMovedTo(focused(state, {top: 0, record: undefined, isAsked: false}), at, next);
}

/** Whether the sandbox in focus stands in the list as it is filtered now. */
export const isFocusListed = ({cursor, order}: State): boolean =>
  cursor.id !== undefined && idAt(order, cursor.index) === cursor.id;

function recordAsked(state: State, {at}: Extract<FocusEvent, {type: 'focus.recordAsked'}>): Step {
  if (!isRecordShown(state)) return [state];
  const reason =
    unreadableReason(state) ?? (state.link.phase === 'auth' ? 'access denied: nothing is asked' : undefined);
  return [reason === undefined ? focused(state, {isAsked: true}) : noticed(state, at, reason)];
}

function recordRead(state: State, {id, asOf, text}: Extract<FocusEvent, {type: 'record.read'}>): Step {
  if (!isRecordShown(state) || state.cursor.id !== id) return [state];
  return [focused(state, {record: {id, asOf, text, failure: undefined}, isAsked: false})];
}

/** What was read before stays, as old as it is. */
function recordFailed(state: State, {id, at, failure}: Extract<FocusEvent, {type: 'record.failed'}>): Step {
  if (!isRecordShown(state) || state.cursor.id !== id) return [state];
  const held = recordInFocus(state) ?? {id, asOf: undefined, text: undefined};
  return [focused(state, {record: {...held, failure: {at, message: failure.message}}, isAsked: false})];
}

const isRecordShown = ({detailOpen, view, focus}: State): boolean =>
  detailOpen && view === 'sandboxes' && focus.tab === 'json';

/** What is held of the sandbox in focus. */
export const recordInFocus = ({focus: {record}, cursor}: State): HeldRecord | undefined =>
  record?.id === cursor.id ? record : undefined;

/** Why there is nothing to read; undefined: there is. */
export function unreadableReason({rows, cursor: {id}}: State): string | undefined {
  const row = id === undefined ? undefined : rows.get(id);
  if (id === undefined || !row || row.tombstone) return 'it is gone: there is no record to read';
  return isPlainId(id) ? undefined : 'its id holds characters that no request may carry';
}

/**
 * The sandbox whose record should be read as it is: the one in focus while its JSON is on the screen, once it has come
 * to rest there, if none is held or it is old; or if a key asked for it. A failure is left alone as long.
 */
export function selectWantedRecord(state: State): string | undefined {
  const {cursor, focus, link, now, scrolledAt, quitting} = state;
  if (quitting || link.phase === 'auth' || !isRecordShown(state) || unreadableReason(state)) return undefined;
  if (focus.isAsked) return cursor.id;
  if (link.phase === 'offline' || now - scrolledAt < REST_MS) return undefined;
  const {asOf, failure} = recordInFocus(state) ?? {};
  const triedAt = Math.max(asOf ?? Number.NEGATIVE_INFINITY, failure?.at ?? Number.NEGATIVE_INFINITY);
  return now - triedAt > OLD_RECORD_MS ? cursor.id : undefined;
}

/** What the log holds of one sandbox, newest first, `most` of it; own acts and errors outlive the rest of it. */
export function entriesOf(log: EventLog, id: string, most = Number.POSITIVE_INFINITY): readonly LogEntry[] {
  const oldest = itemAt(log.all, 0)?.seq ?? 0;
  const found = latestIn(log.all, most, (entry) => entry.id === id);
  return [...found, ...latestIn(log.own, most - found.length, ({id: of, seq}) => of === id && seq < oldest)];
}

function latestIn<T>(ring: Ring<T>, most: number, isMeant: (item: T) => boolean): readonly T[] {
  const found: T[] = [];
  for (let index = ringSize(ring) - 1; index >= 0 && found.length < most; index -= 1) {
    const item = itemAt(ring, index);
    if (item !== undefined && isMeant(item)) found.push(item);
  }
  return found;
}

/** What happens in focus: one row an event. */
export const focusTransitions: TransitionsOf<FocusEvent> = {
  'detail.toggled': detailToggled,
  'focus.stepped': focusStepped,
  'focus.tabChosen': (state, {tab}) => [focused(state, {tab, top: 0, isAsked: false})],
  'focus.scrolled': (state, {top}) => [focused(state, {top, topAt: state.log.total})],
  'focus.rangeChosen': (state, {range}) => [focused(state, {range})],
  'focus.recordAsked': recordAsked,
  'record.read': recordRead,
  'record.failed': recordFailed,
};
