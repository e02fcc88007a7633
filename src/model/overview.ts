import {memoryPercent} from './fields.ts';
import {idsFrom, rankOfKey} from './order.ts';
import {isSampled, selectCounts, viewOf} from './select.ts';
import type {State} from './state.ts';
import {type Count, mostFirst, UNTOLD} from './tallies.ts';
import {serverAt} from './times.ts';
import type {RowView} from './view.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Bands of what is left of a life, nearest first; each ends where the next begins. */
const bands = [
  {name: 'under 2 min', upToMs: 2 * MINUTE_MS, tone: 'danger'},
  {name: '2 to 10 min', upToMs: 10 * MINUTE_MS, tone: 'warn'},
  {name: '10 min to 1 h', upToMs: HOUR_MS, tone: 'plain'},
  {name: '1 to 24 h', upToMs: 24 * HOUR_MS, tone: 'plain'},
  {name: 'later', upToMs: Number.POSITIVE_INFINITY, tone: 'plain'},
] as const;

export type Band = Count & {readonly tone: 'danger' | 'warn' | 'plain' | 'dim'};

/** How long the living have to live. Costs the same in a fleet of any size: the order by expiry is kept. */
export function selectLives(state: State): readonly Band[] {
  const now = serverAt(state, state.now);
  const ranks = bands.map(({upToMs}) =>
    upToMs === Number.POSITIVE_INFINITY ? state.expiring.size : rankOfKey(state.expiring, now + upToMs),
  );
  const timed = bands.map(({name, tone}, index) => ({
    name,
    tone,
    count: (ranks[index] ?? 0) - (index === 0 ? 0 : (ranks[index - 1] ?? 0)),
  }));
  return [
    ...timed,
    {name: 'never', count: state.tallies.end.get('none') ?? 0, tone: 'plain'},
    {name: 'not told', count: selectUntoldLives(state), tone: 'dim'},
  ];
}

/** Of so many it is not known whether and when they end. */
export const selectUntoldLives = ({tallies}: State): number => tallies.end.get(UNTOLD) ?? 0;

export const selectOldest = (state: State, count: number): readonly RowView[] =>
  state.created ? idsFrom(state.created, 0, count).flatMap((id) => viewOf(state, id) ?? []) : [];

/** By status in the usual order; by the rest the most first. */
export const selectTally = (state: State, name: 'status' | 'region' | 'template' | 'node'): readonly Count[] =>
  name === 'status'
    ? selectCounts(state).map(({status, count}) => ({name: status, count}))
    : mostFirst(state.tallies[name]);

export type Load = {readonly average: number; readonly most: number; readonly busiest: string};

/** Of those that are sampled, whose number is bounded; undefined where nobody tells it. */
export function selectLoad(state: State, of: 'cpu' | 'memory'): Load | undefined {
  const loads: {readonly id: string; readonly percent: number}[] = [];
  for (const [id, series] of state.metrics) {
    const view = isSampled(series, state.now) ? viewOf(state, id) : undefined;
    const percent = view && (of === 'cpu' ? view.sample?.cpuPercent : memoryPercent(view));
    if (percent !== undefined) loads.push({id, percent});
  }
  const [first, ...rest] = loads;
  if (!first) return undefined;
  const most = rest.reduce((top, each) => (each.percent > top.percent ? each : top), first);
  const average = loads.reduce((sum, {percent}) => sum + percent, 0) / loads.length;
  return {average, most: most.percent, busiest: most.id};
}
