import type {EventOf} from './event.ts';
import {noticed} from './logging.ts';
import {emptyRing, itemAt, lastItems, type Ring, ringSize, withItem} from './ring.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import type {BuildLogLine} from './template.ts';

/** The log of one build, over the view. Lines are numbered from 0 over the whole log. */
export type BuildLog = {
  readonly buildId: string;
  /** Numbers the openings of logs: closed and opened again it is another one, followed from its first line. */
  readonly opening: number;
  readonly lines: Ring<BuildLogLine>;
  /** Told so far, those that were dropped included. */
  readonly total: number;
  readonly phase: 'opening' | 'live' | 'lost' | 'ended';
  /** Why it is lost, or how it ended. */
  readonly reason: string | undefined;
  /** The first line shown; undefined: the end is followed. */
  readonly from: number | undefined;
  readonly wraps: boolean;
  readonly showsTimes: boolean;
  /** What is looked for, in capitals or not; empty: nothing. */
  readonly search: string;
  /** The search that Esc goes back to while the prompt is open; undefined: it is closed. */
  readonly before: string | undefined;
};

const MOST_LINES = 5000;
/** Of one line, in UTF-16 units. */
const MOST_TEXT = 2048;

export const openBuildLog = (buildId: string, opening: number): BuildLog => ({
  buildId,
  opening,
  lines: emptyRing(MOST_LINES),
  total: 0,
  phase: 'opening',
  reason: undefined,
  from: undefined,
  wraps: false,
  showsTimes: true,
  search: '',
  before: undefined,
});

/** Number of the oldest line that is held. */
export const firstHeld = ({lines, total}: BuildLog): number => total - ringSize(lines);

export const logLineAt = (log: BuildLog, number: number): BuildLogLine | undefined =>
  itemAt(log.lines, number - firstHeld(log));

/** Opened from its first line. */
export const withBuildLogOpened = ({builds, ...state}: State, buildId: string): State => {
  const openings = builds.openings + 1;
  return {...state, builds: {...builds, openings, log: openBuildLog(buildId, openings)}};
};

const withLog = (state: State, log: BuildLog | undefined): State => ({...state, builds: {...state.builds, log}});

/** A key for the log. */
function looked<E>(change: (log: BuildLog, event: E) => BuildLog) {
  return (state: State, event: E): Step => {
    const {log} = state.builds;
    return [log ? withLog(state, change(log, event)) : state];
  };
}

/** News of another build's log is late: it is not shown any more. */
function shown<E extends {readonly buildId: string}>(change: (log: BuildLog, event: E) => BuildLog) {
  return looked<E>((log, event) => (log.buildId === event.buildId ? change(log, event) : log));
}

/** The same log once more goes on where it was. */
export function buildLogShown(state: State, {buildId}: EventOf<'buildLog.shown'>): Step {
  return [state.builds.log?.buildId === buildId ? state : withBuildLogOpened(state, buildId)];
}

export const buildLogClosed = (state: State): Step => [withLog(state, undefined)];

/** From its first line: what was held is told again. */
export const buildLogOpened = shown<EventOf<'buildLog.opened'>>((log) => ({
  ...log,
  lines: emptyRing(MOST_LINES),
  total: 0,
  phase: 'live',
  reason: undefined,
}));

export const buildLogTold = shown<EventOf<'buildLog.told'>>((log, {lines}) => ({
  ...log,
  lines: lines.map(shortened).reduce(withItem, log.lines),
  total: log.total + lines.length,
  phase: 'live',
}));

const shortened = (line: BuildLogLine): BuildLogLine =>
  line.text.length > MOST_TEXT ? {...line, text: `${line.text.slice(0, MOST_TEXT)}…`} : line;

export const buildLogLost = shown<EventOf<'buildLog.lost'>>((log, {reason}) => ({...log, phase: 'lost', reason}));

export const buildLogEnded = shown<EventOf<'buildLog.ended'>>((log, {reason, status}) => ({
  ...log,
  phase: 'ended',
  reason: reason ?? status,
}));

/** A number beyond the ends is put on the nearest line. */
export const buildLogScrolled = looked<EventOf<'buildLog.scrolled'>>((log, {to}) => ({
  ...log,
  from: to === undefined ? undefined : Math.max(firstHeld(log), Math.min(to, log.total - 1)),
}));

export const buildLogWrapped = looked((log) => ({...log, wraps: !log.wraps}));
export const buildLogTimed = looked((log) => ({...log, showsTimes: !log.showsTimes}));
export const buildLogSearchOpened = looked((log) => ({...log, before: log.search}));
export const buildLogSearched = looked<EventOf<'buildLog.searched'>>((log, {text}) =>
  log.before === undefined ? log : {...log, search: text},
);
export const buildLogSearchCleared = looked((log) => ({...log, search: log.before ?? '', before: undefined}));

/** Enter: the first find from the line shown first; what is not there is said. */
export function buildLogSearchKept(state: State, {at, first}: EventOf<'buildLog.searchKept'>): Step {
  const {log} = state.builds;
  if (!log) return [state];
  const kept = withLog(state, {...log, search: log.search.trim(), before: undefined});
  return log.search.trim() === '' ? [kept] : [found(kept, at, first)];
}

export const buildLogFoundNext = (state: State, {at, first, by}: EventOf<'buildLog.foundNext'>): Step => [
  found(state, at, first + by, by),
];

export const isFound = ({search}: Pick<BuildLog, 'search'>, text: string): boolean =>
  search.trim() !== '' && text.toLowerCase().includes(search.trim().toLowerCase());

/** Goes on at the other end where there is none any more. */
function found(state: State, at: Stamp, start: number, by: -1 | 1 = 1): State {
  const {log} = state.builds;
  if (!log) return state;
  const size = ringSize(log.lines);
  const oldest = firstHeld(log);
  for (let step = 0; step < size; step += 1) {
    const number = oldest + ((((start - oldest + by * step) % size) + size) % size);
    if (isFound(log, logLineAt(log, number)?.text ?? '')) return withLog(state, {...log, from: number});
  }
  return noticed(state, at, `"${log.search}" is not in the log`, 'warn');
}

/** What is held, as it would be read in a file: times in UTC. */
export function buildLogSaveAsked(state: State): Step {
  const {log} = state.builds;
  if (!log) return [state];
  const lines = lastItems(log.lines, ringSize(log.lines));
  const text = lines.map((line) => `${written(line)}\n`).join('');
  return [state, {do: 'save', what: 'log', path: `hopx-top-${log.buildId}.log`, text}];
}

const written = ({at, level, text}: BuildLogLine): string =>
  [at === undefined ? '' : new Date(at).toISOString(), level ?? '', text].filter((part) => part !== '').join(' ');
