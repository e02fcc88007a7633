import {type Column, columns} from './columns.ts';
import {idsFrom, rankOfKey} from './order.ts';
import {newest} from './ring.ts';
import type {Row} from './sandbox.ts';
import type {Series} from './series.ts';
import type {Moment, State} from './state.ts';
import {serverAt} from './times.ts';
import type {RowView} from './view.ts';

export {isOutdated, listAsOf, selectFreshness} from './freshness.ts';

/** The samples of a closed stream are shown this long, then the row counts as not sampled. */
const CLOSED_SAMPLE_MS = 10_000;
/** An open stream that has told nothing for so long, and for so many of its intervals, is waited for again. */
const SILENT_SAMPLE_MS = 30_000;
const SILENT_INTERVALS = 3;

/** One line, with all that a column may look at; undefined when there is no such row. */
export function viewOf(moment: Moment, id: string): RowView | undefined {
  const row = moment.rows.get(id);
  return row && viewOfRow(moment, row);
}

export function viewOfRow(moment: Moment, row: Row): RowView {
  const {id} = row.sandbox;
  const {now, wall} = moment;
  const series = moment.metrics.get(id);
  const isShown = series && isTelling(series, now);
  return {
    row,
    act: moment.acts.get(id),
    isPinned: moment.pinned.has(id),
    sampling: isShown ? 'sampled' : isOpen(series) ? 'waiting' : 'none',
    sample: isShown ? series.latest : undefined,
    bucket: isShown ? newest(series.fine) : undefined,
    now,
    wall,
    serverNow: serverAt(moment, now),
  };
}

/** The visible lines only: what it costs depends on the window, not on the fleet. */
export const selectWindow = (state: State): readonly RowView[] =>
  viewsOf(state, idsFrom(state.order, state.top, state.screen.listRows));

export const selectCursorView = (state: State): RowView | undefined =>
  state.cursor.id === undefined ? undefined : viewOf(state, state.cursor.id);

/** Statuses that are always counted, in this order, 0 too. */
const usualStatuses = ['running', 'creating', 'paused', 'stopped', 'error'] as const;

/** Live sandboxes by status, unusual ones behind, most frequent first. */
export function selectCounts({counts}: State): readonly {readonly status: string; readonly count: number}[] {
  const usual: readonly string[] = usualStatuses;
  const others = [...counts]
    .filter(([status, count]) => count > 0 && !usual.includes(status))
    .map(([status, count]) => ({status, count}))
    .sort((a, b) => b.count - a.count || (a.status < b.status ? -1 : 1));
  return [...usual.map((status) => ({status, count: counts.get(status) ?? 0})), ...others];
}

/** "18 of 861 sampled": how many of the running ones have a stream that has told something. */
export function selectSampled({metrics, counts, now}: State): {readonly sampled: number; readonly running: number} {
  let sampled = 0;
  // Not `count`: it makes a sequence first, which costs more than all the rest of a frame.
  metrics.forEach((series) => {
    if (isSampled(series, now)) sampled += 1;
  });
  return {sampled, running: counts.get('running') ?? 0};
}

/** Whatever the filter. */
export const selectNextExpiring = (state: State, count: number): readonly RowView[] =>
  viewsOf(state, idsFrom(state.expiring, 0, count));

/** How many have less than this to live, whatever the filter. */
export const selectExpiringSoon = (state: State, withinMs: number): number =>
  rankOfKey(state.expiring, serverAt(state, state.now) + withinMs);

/**
 * The columns worth a place: executions stand in for CPU and memory once samples have come and none of them carries
 * either. Looks at the sampled sandboxes only.
 */
export function selectColumns({metrics}: State): readonly Column[] {
  let isAnySampled = false;
  for (const {latest} of metrics.values()) {
    if (latest?.cpuPercent !== undefined || latest?.memoryPercent !== undefined) return columnsWithLoads;
    if (latest) isAnySampled = true;
  }
  return isAnySampled ? columnsWithExecutions : columnsWithLoads;
}

const columnsWithLoads = columns.filter(({id}) => id !== 'executions');
const columnsWithExecutions = columns.filter(({id}) => id !== 'cpu' && id !== 'mem');

const viewsOf = (state: State, ids: readonly string[]): readonly RowView[] =>
  ids.flatMap((id) => viewOf(state, id) ?? []);

export const isOpen = (series: Series | undefined): boolean => series !== undefined && series.closedAt === undefined;

/** Counted among those that a number on samples rests on. */
export const isSampled = (series: Series, now: number): boolean => isOpen(series) && isTelling(series, now);

/** Its newest sample is young enough to be shown as a number. */
export function isTelling(series: Series, now: number): boolean {
  if (!series.latest) return false;
  const mostMs = isOpen(series)
    ? Math.max(SILENT_SAMPLE_MS, SILENT_INTERVALS * (series.everyMs ?? 0))
    : CLOSED_SAMPLE_MS;
  return now - series.latest.at <= mostMs;
}
