import {formatClock} from '../model/format.ts';
import type {Sample} from '../model/sample.ts';
import {isPlainId} from '../model/sandbox.ts';
import {selectSampled} from '../model/select.ts';
import {executionsPerMinute, type Series} from '../model/series.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {bar} from './braille.ts';
import {paintChart, paintSparkTitle} from './chart.ts';
import {type Brush, blankLine, fitBlock, fitLine, formatCount, joined, lineWidth, span, toned} from './paint.ts';
import {type RecordField, recordFields, sizeOf} from './record.ts';
import {loadTone, percentText, shareText, tracksOf} from './tracks.ts';

const LABEL_CELLS = 10;
/** From here on the record stands in two columns. */
const TWO_COLUMNS = 76;
const MOST_CHART_ROWS = 12;
/** Title, three lines and the time axis: with less a chart says less than a sparkline. */
const LEAST_CHART_ROWS = 4;
const NARROWEST_CHART = 24;

/** Everything known of one sandbox: the record, its load over time, and how old that is. Exactly `height` lines. */
export function paintDetail(view: RowView | undefined, state: State, height: number, brush: Brush): readonly Line[] {
  const {width} = brush;
  if (!view) return fitBlock([[span(' No sandbox is selected.', brush.theme.styleOf('dim'))]], width, height);
  const record = paintRecord(view, state, brush);
  const load = paintLoad(view, state, height - record.length - 1, brush);
  return fitBlock([...record, blankLine(width), ...load], width, height);
}

function paintRecord(view: RowView, state: State, brush: Brush): readonly Line[] {
  if (brush.width < TWO_COLUMNS) return recordFields.map((field) => paintField(field, view, state, brush));
  const half = Math.ceil(recordFields.length / 2);
  // The left half holds the longest line, of the expiry.
  const left = Math.ceil(brush.width * 0.575);
  return recordFields.slice(0, half).map((field, row) => {
    const other = recordFields[half + row];
    return [
      ...paintField(field, view, state, {...brush, width: left}),
      ...(other ? paintField(other, view, state, {...brush, width: brush.width - left}) : []),
    ];
  });
}

function paintField({label, parts}: RecordField, view: RowView, state: State, {width, theme}: Brush): Line {
  const cells = joined(parts(view, state).map((part) => toned(part, theme)));
  return fitLine([span(` ${fitCells(label, LABEL_CELLS)}`, theme.styleOf('dim')), ...cells], width);
}

function paintLoad(view: RowView, state: State, height: number, brush: Brush): readonly Line[] {
  const series = state.metrics.get(view.row.sandbox.id);
  const sample = series?.latest;
  if (!series || !sample) return [[span(` ${whyUnsampled(view, state)}`, brush.theme.styleOf('dim'))]];
  const tracks = tracksOf(series, sample, {now: state.now, resolution: 'fine', vcpu: view.row.sandbox.vcpu});
  const numbers = [...paintDisk(sample, brush), ...paintExecutions(series, sample, state, brush)];
  const room = Math.floor((height - numbers.length) / tracks.length);
  const isTall = room >= LEAST_CHART_ROWS && brush.width >= NARROWEST_CHART;
  const rows = isTall ? Math.min(MOST_CHART_ROWS, room) : 1;
  const epoch = {wallOfZero: state.wall - state.now};
  return [...tracks.flatMap((track) => paintChart(track, rows, epoch, brush)), ...numbers];
}

/** Why there is no number: never a zero, never silence. */
function whyUnsampled({sampling, row}: RowView, state: State): string {
  if (sampling !== 'none') return 'waiting for the first sample';
  if (row.tombstone) return 'not sampled: it is gone';
  if (row.sandbox.status !== 'running') return 'not sampled: only running sandboxes are';
  if (!isPlainId(row.sandbox.id)) return 'not sampled: its id holds characters that no request may carry';
  const {sampled, running} = selectSampled(state);
  return `not sampled: ${formatCount(sampled)} of ${formatCount(running)} running sandboxes are`;
}

function paintDisk({diskPercent, diskUsedBytes, diskTotalBytes}: Sample, brush: Brush): readonly Line[] {
  if (diskPercent === undefined && diskUsedBytes === undefined) return [];
  const {theme, width} = brush;
  const {full, rest} = bar(diskPercent ?? 0, 10);
  const share = shareText(diskUsedBytes, diskTotalBytes);
  const line = [
    span(' DISK ', theme.styleOf('bold')),
    toned(percentText(diskPercent), theme),
    span(share === '' ? '' : `  ${share}`, theme.styleOf('dim')),
    ...(diskPercent === undefined
      ? []
      : [span('  '), span(full, theme.styleOf(loadTone(diskPercent))), span(rest, theme.styleOf('dim'))]),
  ];
  return [fitLine(line, width)];
}

function paintExecutions(series: Series, sample: Sample, state: State, {theme, width}: Brush): readonly Line[] {
  const perMinute = executionsPerMinute(series, state.now);
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
  const at = formatClock(state.wall - (state.now - sample.at));
  const restarts = series.restarts > 0 ? `, agent restarted ${formatCount(series.restarts)}x` : '';
  return [
    fitLine([span(' EXEC', theme.styleOf('bold')), ...(line.length > 0 ? line : [span(' n/a', dim)])], width),
    fitLine([span(` last sample ${at}${restarts}`, dim)], width),
  ];
}

/** The selected sandbox in two lines, for where there is no room for the whole. */
export function paintPreview(view: RowView | undefined, state: State, brush: Brush): readonly Line[] {
  const {theme, width} = brush;
  if (!view) return [blankLine(width), blankLine(width)];
  const {sandbox} = view.row;
  const dim = theme.styleOf('dim');
  const first = [
    span(` ${sandbox.id}  `, theme.styleOf('bold')),
    toned(sizeOf(sandbox), theme),
    span(`  node ${sandbox.nodeId ?? '?'}`, dim),
    ...(sandbox.publicHost === undefined ? [] : [span(`  ${sandbox.publicHost}`, dim)]),
  ];
  return [fitLine(first, width), paintPreviewLoad(view, state, brush)];
}

function paintPreviewLoad(view: RowView, state: State, brush: Brush): Line {
  const {width, theme} = brush;
  const series = state.metrics.get(view.row.sandbox.id);
  const sample = series?.latest;
  if (!series || !sample) return fitLine([span(` ${whyUnsampled(view, state)}`, theme.styleOf('dim'))], width);
  const tracks = tracksOf(series, sample, {now: state.now, resolution: 'coarse', vcpu: view.row.sandbox.vcpu});
  const each = Math.floor(width / tracks.length);
  const line = tracks.flatMap((track) => paintSparkTitle(track, {...brush, width: each}));
  return lineWidth(line) === width ? line : fitLine(line, width);
}
