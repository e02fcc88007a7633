import type {EventOf} from './event.ts';
import {type EventLog, type LogEntry, latestEntries} from './log.ts';
import {itemAt, ringSize} from './ring.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** Which entries of the log are looked at. */
export type LogShare = 'all' | 'mine' | 'errors';

/** How the event log is looked at. */
export type LogView = {
  /** The entry under the cursor, by `seq`; undefined: the newest, whichever it is. */
  readonly seq: number | undefined;
  /** The line of the window on which the cursor stands: it stays there while entries come. */
  readonly line: number;
  readonly only: LogShare;
  /** Words that an entry must contain, in capitals or not; empty: none. */
  readonly search: string;
  /** The search that Esc goes back to while the prompt is open; undefined: it is closed. */
  readonly before: string | undefined;
};

export const newestFirst: LogView = {seq: undefined, line: 0, only: 'all', search: '', before: undefined};

/** The entries that are looked at, the newest at index 0. */
export type FoundEntries = {
  readonly size: number;
  readonly at: (index: number) => LogEntry | undefined;
  /** Where that entry stands, or the next older one that is among them. */
  readonly indexOf: (seq: number) => number;
};

/** What it costs does not grow with the fleet: without a search nothing, with one the log is read through. */
export function findEntries({log, logView}: Pick<State, 'log' | 'logView'>): FoundEntries {
  if (logView.only === 'all' && logView.search === '') return wholeLog(log);
  const found = shareOf(log, logView.only).filter(containing(logView.search));
  return {
    size: found.length,
    at: (index) => found[index],
    indexOf: (seq) =>
      indexOr(
        found.length,
        found.findIndex((entry) => entry.seq <= seq),
      ),
  };
}

const indexOr = (otherwise: number, index: number): number => (index < 0 ? otherwise : index);

/** Entries are numbered without a hole. */
const wholeLog = ({all, total}: EventLog): FoundEntries => ({
  size: ringSize(all),
  at: (index) => itemAt(all, ringSize(all) - 1 - index),
  indexOf: (seq) => total - seq,
});

function shareOf(log: EventLog, only: LogShare): readonly LogEntry[] {
  if (only === 'all') return latestEntries(log, ringSize(log.all));
  const own = latestEntries({...log, all: log.own}, ringSize(log.own));
  return own.filter(({source, tone}) => (only === 'mine' ? source === 'you' : tone === 'danger'));
}

function containing(search: string): (entry: LogEntry) => boolean {
  const words = search.toLowerCase().split(/\s+/);
  return ({kind, id, text, source, status, requestId}) => {
    const said = [kind, id, text, source, status, requestId].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  };
}

/** Where the cursor stands among them; 0 when there are none. */
export const cursorIndexOf = ({size, indexOf}: FoundEntries, {seq}: LogView): number =>
  seq === undefined ? 0 : Math.max(0, Math.min(indexOf(seq), size - 1));

/** The line of the cursor in a window of so many lines: none is empty without need. */
export function cursorLineOf(size: number, index: number, line: number, lines: number): number {
  const least = Math.max(0, Math.min(lines, size) - (size - index));
  return Math.min(Math.max(line, least), index, Math.max(0, lines - 1));
}

const viewed = (state: State, change: Partial<LogView>): Step => [{...state, logView: {...state.logView, ...change}}];

/** Put on the newest the cursor follows it. */
function movedTo(state: State, to: number, lines: number, line: (from: number, to: number) => number): Step {
  const found = findEntries(state);
  const from = cursorIndexOf(found, state.logView);
  const index = Math.max(0, Math.min(to + from, found.size - 1));
  const seq = index === 0 ? undefined : found.at(index)?.seq;
  return viewed(state, {seq, line: cursorLineOf(found.size, index, line(from, index), lines)});
}

export const logMoved = (state: State, {by, lines}: EventOf<'log.moved'>): Step =>
  movedTo(state, by, lines, (from, to) => state.logView.line + to - from);

/** A page on, the cursor on the same line. */
export const logPaged = (state: State, {by, lines}: EventOf<'log.paged'>): Step =>
  movedTo(state, by * lines, lines, () => state.logView.line);

export function logJumped(state: State, {to, lines}: EventOf<'log.jumped'>): Step {
  const far = to === 'first' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return movedTo(state, far, lines, () => (to === 'first' ? 0 : lines - 1));
}

/** The same share once more: all of them again. */
export const logNarrowed = (state: State, {only}: EventOf<'log.narrowed'>): Step =>
  viewed(state, {only: state.logView.only === only ? 'all' : only});

export const logSearchOpened = (state: State): Step => viewed(state, {before: state.logView.search});

export const logSearched = (state: State, {text}: EventOf<'log.searched'>): Step =>
  state.logView.before === undefined ? [state] : viewed(state, {search: text});

export const logSearchKept = (state: State): Step =>
  viewed(state, {before: undefined, search: state.logView.search.trim()});

/** Out of the prompt back to what was before it; without a prompt, no search. */
export const logSearchCleared = (state: State): Step =>
  viewed(state, {before: undefined, search: state.logView.before ?? ''});
