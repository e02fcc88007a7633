import {chartRanges} from '../model/focus.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import type {Line} from '../terminal/cells.ts';
import {paintFields, paintRecord} from './detail.ts';
import {paintEventsOf} from './events.ts';
import {type ChartLook, LEAST_LOAD_ROWS, paintLoad} from './load.ts';
import {type Brush, blankLine, fitBlock, fitLine, rule, span} from './paint.ts';

/** From here on the record and the events stand beside the charts. */
const BESIDE_COLUMNS = 140;
const SIDE_COLUMNS = 58;
/** With fewer lines, or less than a second column of the record takes, its fields follow one another. */
const ALIGNED_ROWS = 30;
const ALIGNED_COLUMNS = 76;
/** Lines kept for the load, whatever the record takes: two sparklines, two lines of numbers. */
const LOAD_ROWS = 4;
const LEAST_FIELD_ROWS = 2;
/** Events worth as much as taller charts. */
const EVENT_ROWS = 3;
const EVENTS_PART = 0.2;
const MOST_CHART_ROWS = 24;

/** Cells of what stands beside the charts, its border included; 0: there is no room for it. */
export const sideColumns = (width: number): number => (width >= BESIDE_COLUMNS ? SIDE_COLUMNS : 0);

const lookOf = ({focus}: State): ChartLook => ({
  rangeMs: chartRanges.find(({id}) => id === focus.range)?.ms ?? chartRanges[0].ms,
  mostRows: MOST_CHART_ROWS,
  hasAverages: true,
});

/** The load over the chosen time, in exactly `height` lines. */
export function paintCharts(view: RowView | undefined, state: State, height: number, brush: Brush): readonly Line[] {
  const lines = view ? paintLoad(view, state, height, brush, lookOf(state)) : [paintForgotten(state, brush)];
  return fitBlock(lines, brush.width, height);
}

/** The record and under it what happened last. */
export function paintFocusSide(view: RowView | undefined, state: State, height: number, brush: Brush): readonly Line[] {
  if (!view) return fitBlock([], brush.width, height);
  const record = paintRecord(view, state, brush);
  const heading = rule([span('Events', brush.theme.styleOf('bold'))], brush);
  const rows = height - record.length - 2;
  const events = paintEventsOf(view.row.sandbox.id, state, rows, brush);
  return fitBlock([...record, blankLine(brush.width), heading, ...events], brush.width, height);
}

/** Record, charts and events one below the other. */
export function paintOverviewTab(
  view: RowView | undefined,
  state: State,
  height: number,
  brush: Brush,
): readonly Line[] {
  const {width} = brush;
  if (!view) return fitBlock([paintForgotten(state, brush)], width, height);
  const isAligned = height >= ALIGNED_ROWS && width >= ALIGNED_COLUMNS;
  const most = Math.max(LEAST_FIELD_ROWS, height - LOAD_ROWS);
  const record = isAligned ? paintRecord(view, state, brush) : paintFields(view, state, brush).slice(0, most);
  const room = height - record.length;
  const forEvents = Math.max(EVENT_ROWS, Math.floor(room * EVENTS_PART));
  const loadRows = Math.min(room, Math.max(LEAST_LOAD_ROWS, room - forEvents));
  const load = paintLoad(view, state, loadRows, brush, lookOf(state));
  const events = paintEventsOf(view.row.sandbox.id, state, room - load.length, brush);
  return fitBlock([...record, ...load, ...events], width, height);
}

function paintForgotten({cursor}: State, {width, theme}: Brush): Line {
  const said = cursor.id === undefined ? 'No sandbox is selected.' : 'It has been gone for a while: no record is held.';
  return fitLine([span(` ${said}`, theme.styleOf('dim'))], width);
}
