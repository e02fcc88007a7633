import {formatClock} from '../model/format.ts';
import type {Sample} from '../model/sample.ts';
import type {Stamp} from '../model/sandbox.ts';
import {executionsPerMinute, FINE_MS, type Series} from '../model/series.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import type {Line} from '../terminal/cells.ts';
import {bar} from './braille.ts';
import {type Plot, paintChart, paintSparkTitle, reachOf} from './chart.ts';
import type {Reach} from './history.ts';
import {type Brush, fitLine, formatCount, lineWidth, span, spread, toned, wrapWords} from './paint.ts';
import {ageText, loadTone, percentText, shareText, type Track, tracksOf} from './tracks.ts';
import {whyUnsampled} from './unsampled.ts';

/** Title and three lines: with less a chart says less than a sparkline. */
const LEAST_CHART_ROWS = 4;
const NARROWEST_CHART = 24;
/** An hour at 12 s a cell, of which a line shows as much as it has cells. */
const SPARK = {slots: 300, cells: 300} as const;
/** Fine slots that are held: what is older is the highest of 12 s, of which no mean can be told. */
const EXACT_SLOTS = 300;

/** How the charts are drawn. */
export type ChartLook = {readonly rangeMs: number; readonly mostRows: number; readonly hasAverages: boolean};

const usualCharts: ChartLook = {rangeMs: 10 * 60_000, mostRows: 12, hasAverages: false};

/** CPU and memory over time and what else is known of the load; at most `height` lines where it has charts. */
export function paintLoad(
  view: RowView,
  state: State,
  height: number,
  brush: Brush,
  look = usualCharts,
): readonly Line[] {
  const series = state.metrics.get(view.row.sandbox.id);
  const sample = series?.latest;
  if (!series || !sample) return paintReason(view, state, brush);
  const reach = reachOf(brush.width, look.rangeMs / FINE_MS);
  const tracks = tracksOf(series, sample, {now: state.now, resolution: 'fine', reach, vcpu: view.row.sandbox.vcpu});
  const numbers = paintNumbers(series, sample, state, brush);
  const plot = plotOf(state, reach, look);
  const rows = chartRows(height - numbers.length, tracks, brush, look.mostRows);
  return [...tracks.flatMap((track, index) => paintChart(track, rows[index] ?? 1, plot, brush)), ...numbers];
}

/** Averages only where every slot is one of samples, but for those of the cell in which older ones begin. */
function plotOf({wall, now}: State, {slots, cells}: Reach, {hasAverages}: ChartLook): Plot {
  const exact = Math.min(slots, EXACT_SLOTS - Math.ceil(slots / cells));
  return {wallOfZero: wall - now, slots, averagedSlots: hasAverages && slots <= EXACT_SLOTS ? exact : 0};
}

const paintReason = (view: RowView, state: State, {width, theme}: Brush): readonly Line[] =>
  wrapWords(whyUnsampled(view, state), width - 2).map((text) =>
    fitLine([span(` ${text}`, theme.styleOf('dim'))], width),
  );

/** Lines for each chart. All show the same time: where not each has room for an axis, the last has it for all. */
function chartRows(height: number, tracks: readonly Track[], {width}: Brush, mostRows: number): readonly number[] {
  const room = Math.floor(height / tracks.length);
  const isTall = room >= LEAST_CHART_ROWS && width >= NARROWEST_CHART;
  const rows = isTall ? Math.min(mostRows, room) : 1;
  const hasAxis = rows !== LEAST_CHART_ROWS || height === room * tracks.length;
  return tracks.map((_, index) => (hasAxis || index < tracks.length - 1 ? rows : rows + 1));
}

/** Lines that two charts with an axis and the numbers under them take at the least. */
export const LEAST_LOAD_ROWS = 2 * LEAST_CHART_ROWS + 1 + 2;

/** Disk and executions, and when this was; that stands at the end of a line with room for it. */
function paintNumbers(series: Series, sample: Sample, state: State, brush: Brush): readonly Line[] {
  const {width, theme} = brush;
  const age = ageText(series, sample, state.now);
  const lines = [
    ...paintDisk(sample, age !== '', brush),
    paintExecutions(series, sample, age === '' ? state.now : undefined, brush),
  ];
  const at = formatClock(state.wall - (state.now - sample.at));
  const restarts = series.restarts > 0 ? `, agent restarted ${formatCount(series.restarts)}x` : '';
  const last = [span(` last sample ${at}${age === '' ? '' : `, ${age}`}${restarts} `, theme.styleOf('dim'))];
  const place = lines.findIndex((line) => lineWidth(line) + lineWidth(last) <= width);
  if (place < 0) return [...lines.map((line) => fitLine(line, width)), fitLine(last, width)];
  return lines.map((line, index) => (index === place ? spread(line, last, width) : fitLine(line, width)));
}

function paintDisk(sample: Sample, isOld: boolean, {theme}: Brush): readonly Line[] {
  const {diskPercent, diskUsedBytes, diskTotalBytes} = sample;
  if (diskPercent === undefined && diskUsedBytes === undefined) return [];
  const dim = theme.styleOf('dim');
  const {full, rest} = bar(diskPercent ?? 0, 10);
  const share = shareText(diskUsedBytes, diskTotalBytes);
  const percent = percentText(diskPercent);
  const line = [
    span(' DISK ', theme.styleOf('bold')),
    toned(isOld ? {...percent, tone: 'dim'} : percent, theme),
    span(share === '' ? '' : `  ${share}`, dim),
  ];
  if (diskPercent === undefined) return [line];
  return [[...line, span('  '), span(full, theme.styleOf(isOld ? 'dim' : loadTone(diskPercent))), span(rest, dim)]];
}

/** Without `now`, for a sample that is old, no rate: it would be one of the past. */
function paintExecutions(series: Series, sample: Sample, now: Stamp | undefined, {theme, width}: Brush): Line {
  const perMinute = now === undefined ? undefined : executionsPerMinute(series, now);
  const numbers: readonly (readonly [string, number | undefined, string])[] = [
    ['active', sample.activeExecutions, ''],
    ['total', sample.totalExecutions, ''],
    ['errors', sample.errorCount, ''],
    ['per min', perMinute === undefined ? undefined : Math.round(perMinute), ''],
    ['p95', sample.p95DurationMs === undefined ? undefined : Math.round(sample.p95DurationMs), ' ms'],
  ];
  const dim = theme.styleOf('dim');
  const told = numbers.flatMap(([name, value, unit]): readonly Line[] =>
    value === undefined ? [] : [[span(` ${name} `, dim), span(`${formatCount(value)}${unit} `)]],
  );
  // Half a number would be another number: what does not fit is left out whole.
  const line = told.filter((_, index) => lineWidth(told.slice(0, index + 1).flat()) <= width - 5).flat();
  return [span(' EXEC', theme.styleOf('bold')), ...(line.length > 0 ? line : [span(' n/a', dim)])];
}

/** The load in one line. */
export function paintPreviewLoad(view: RowView, state: State, brush: Brush): Line {
  const {width, theme} = brush;
  const series = state.metrics.get(view.row.sandbox.id);
  const sample = series?.latest;
  if (!series || !sample) return fitLine([span(` ${whyUnsampled(view, state)}`, theme.styleOf('dim'))], width);
  const look = {now: state.now, resolution: 'coarse', reach: SPARK, vcpu: view.row.sandbox.vcpu} as const;
  const tracks = tracksOf(series, sample, look);
  const each = Math.floor(width / tracks.length);
  const line = tracks.flatMap((track) => paintSparkTitle(track, {...brush, width: each}));
  return lineWidth(line) === width ? line : fitLine(line, width);
}
