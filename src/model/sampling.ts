import type {EventOf} from './event.ts';
import {isAlive, touchedWith} from './fleet.ts';
import {logged} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import {closeSeries, openSeries, type Series, withSample} from './series.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** How long samples outlive their stream, or their sandbox. */
const KEPT_MS = 60_000;

const withSeries = (state: State, id: string, series: Series): State => ({
  ...state,
  metrics: state.metrics.set(id, series),
  touched: touchedWith(state, id, state.rows.get(id)),
});

export function metricsOpened(state: State, {at, id}: EventOf<'metrics.opened'>): Step {
  return [isAlive(state.rows.get(id)) ? withSeries(state, id, openSeries(at, state.metrics.get(id))) : state];
}

export function metricsClosed(state: State, {at, id}: EventOf<'metrics.closed'>): Step {
  const series = state.metrics.get(id);
  return [series && series.closedAt === undefined ? withSeries(state, id, closeSeries(series, at)) : state];
}

/** Said of each step down. */
export function metricsLimited(state: State, {at, most, failure}: EventOf<'metrics.limited'>): Step {
  const streams = most === 1 ? '1 metric stream at most, if any' : `${most} metric streams at most`;
  const {message, requestId, status} = failure;
  return [logged(state, at, {kind: 'metrics', text: `${streams}: ${message}`, tone: 'warn', requestId, status})];
}

/** Of what is no longer watched nothing is kept. */
export function metricsSampled(state: State, {id, sample}: EventOf<'metrics.sampled'>): Step {
  const series = state.metrics.get(id);
  const longer = series && isAlive(state.rows.get(id)) ? withSample(series, sample) : series;
  return [longer && longer !== series ? withSeries(state, id, longer) : state];
}

/** Only the sampled are looked at: their number is bounded, that of the fleet is not. */
export function samplesFreed(state: State, at: Stamp): State {
  const over = [...state.metrics].filter(([id, series]) => isOver(state, id, series, at)).map(([id]) => id);
  if (over.length === 0) return state;
  const {placed, rows} = state;
  const touched = over.reduce((ids, id) => touchedWith({touched: ids, placed}, id, rows.get(id)), state.touched);
  return {...state, metrics: state.metrics.deleteAll(over), touched};
}

function isOver(state: State, id: string, {closedAt}: Series, at: Stamp): boolean {
  const row = state.rows.get(id);
  const endedAt = row ? (closedAt ?? row.tombstone?.diedAt) : Number.NEGATIVE_INFINITY;
  return endedAt !== undefined && at - endedAt >= KEPT_MS;
}
