import type {Millis} from '../model/sandbox.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {brailleLines, columnsOf, sparkline} from './braille.ts';
import type {Reach} from './history.ts';
import {formatMinute} from './moment.ts';
import {type Brush, fitBlock, fitLine, lineWidth, span, spread, toned} from './paint.ts';
import {peakOf, type Track} from './tracks.ts';

/** ` 100│` */
const AXIS_CELLS = 5;
/** A chart shows about this many slots: ten minutes of fine ones. One that is wider than that shows more. */
const USUAL_SLOTS = 300;

/** Cells of a chart this wide. */
const cellsOf = (width: number): number => Math.max(1, width - AXIS_CELLS - 1);

/** Whole slots in each of the two columns of a cell. */
const perColumnOf = (width: number): number => Math.max(1, Math.round(USUAL_SLOTS / (2 * cellsOf(width))));

/** What fills a chart of this width. */
export function reachOf(width: number): Reach {
  const perCell = 2 * perColumnOf(width);
  return {slots: cellsOf(width) * perCell, perCell};
}

/** What makes wall time of a stamp: wall minus now. */
export type Epoch = {readonly wallOfZero: Millis};

/**
 * Title with the last value and the peak, the chart, and the time axis when there is room for it: exactly `height`
 * lines. Under three lines there is a sparkline in place of the chart.
 */
export function paintChart(track: Track, height: number, epoch: Epoch, brush: Brush): readonly Line[] {
  if (height <= 0) return [];
  const title = paintTitle(track, epoch, brush);
  if (height === 1) return [paintSparkTitle(track, brush)];
  const axisRows = height >= 5 ? 1 : 0;
  return fitBlock([title, ...paintArea(track, height - 1 - axisRows, axisRows, brush)], brush.width, height);
}

function paintTitle(track: Track, epoch: Epoch, {width, theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const peak = peakOf(track);
  const left = [
    span(` ${track.title} `, theme.styleOf('bold')),
    toned(track.value, theme),
    span(track.age === '' ? '' : `  ${track.age}`, dim),
    span(track.base === '' ? '' : `  ${track.base}`, dim),
  ];
  const right = peak
    ? [span(`  peak ${track.format(peak.value)} ${formatMinute(epoch.wallOfZero + peak.at)} `, dim)]
    : [];
  return lineWidth(left) + lineWidth(right) <= width ? spread(left, right, width) : fitLine(left, width);
}

function paintArea(track: Track, height: number, axisRows: number, {width, theme}: Brush): readonly Line[] {
  const dim = theme.styleOf('dim');
  const cells = cellsOf(width);
  const per = perColumnOf(width);
  const points = columnsOf(track.values, track.lastSlot, {per, cells});
  const rows = brailleLines(points, height, track.most).map((text, row) => [
    span(`${fitCells(axisLabel(track.most, row, height), AXIS_CELLS - 1, 'right')}│`, dim),
    ...gapsApart(text).map((part) => span(part, theme.styleOf(part.startsWith('░') ? 'dim' : 'busy'))),
  ]);
  if (axisRows === 0) return rows;
  const from = `-${Math.round((cells * 2 * per * track.slotMs) / 60_000)}m`;
  const axis = [span(' '.repeat(AXIS_CELLS), dim), span(from, dim)];
  return [...rows, fitLine(spread(axis, [span('now', dim)], AXIS_CELLS + cells), width)];
}

/** The highest, the middle and the lowest line are named, where there are as many. */
function axisLabel(most: number, row: number, height: number): string {
  if (row === 0) return compact(most);
  if (row === height - 1) return '0';
  return height >= 3 && row === Math.floor((height - 1) / 2) && most >= 2 ? compact(most / 2) : '';
}

/** Four cells at the most up to 100 M: `50`, `2.5k`, `10M`. */
function compact(count: number): string {
  if (count >= 1_000_000) return `${count / 1_000_000}M`;
  return count >= 1000 ? `${count / 1000}k` : String(count);
}

const gapsApart = (text: string): readonly string[] => text.match(/\u2591+|[^\u2591]+/g) ?? [];

/** How old the value is, else the peak where there is room for it. */
function sparkNote(track: Track, width: number): readonly string[] {
  if (track.age !== '') return [`  ${track.age}`];
  const peak = peakOf(track);
  return peak && width >= 34 ? [fitCells(`  peak ${track.format(peak.value)}`, 12)] : [];
}

/** `CPU ▁▁▂▃▅▆ 71%`: the last slots in one line. */
export function paintSparkTitle(track: Track, {width, theme}: Brush): Line {
  const left = [span(` ${track.title} `, theme.styleOf('bold'))];
  const right = [
    span(' '),
    span(fitCells(track.value.text, 4, 'right'), theme.styleOf(track.value.tone)),
    ...sparkNote(track, width).map((text) => span(text, theme.styleOf('dim'))),
    span(' '),
  ];
  const cells = width - lineWidth(left) - lineWidth(right);
  if (cells < 1) return fitLine([...left, ...right], width);
  const drawn = sparkline(track.values.slice(-cells), track.most);
  return fitLine([...left, span(fitCells(drawn, cells), theme.styleOf('busy')), ...right], width);
}
