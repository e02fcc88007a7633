import {formatClock} from '../model/format.ts';
import type {Millis} from '../model/sandbox.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {brailleLines, cellValues, columnsOf, sparkline} from './braille.ts';
import type {Reach} from './history.ts';
import {formatMinute} from './moment.ts';
import {type Brush, fitBlock, fitLine, lineWidth, span, spread, toned} from './paint.ts';
import {averageOf, peakOf, type Track} from './tracks.ts';

/** ` 100│` */
const AXIS_CELLS = 5;
/** Cells of a chart this wide. */
const cellsOf = (width: number): number => Math.max(1, width - AXIS_CELLS - 1);

/** What fills a chart of this width. */
export const reachOf = (width: number, slots: number): Reach => ({slots, cells: cellsOf(width)});

/** What a chart shows beside its track. */
export type Plot = {
  /** What makes wall time of a stamp: wall minus now. */
  readonly wallOfZero: Millis;
  /** How many slots it reaches back. */
  readonly slots: number;
  /** Of so many of them mean and 95th percentile are told; 0: not at all. */
  readonly averagedSlots: number;
};

/**
 * Title with the last value and the peak, the chart, and the time axis when there is room for it: exactly `height`
 * lines. Under three lines there is a sparkline in place of the chart.
 */
export function paintChart(track: Track, height: number, plot: Plot, brush: Brush): readonly Line[] {
  if (height <= 0) return [];
  const title = paintTitle(track, plot, brush);
  if (height === 1) return [paintSparkTitle(track, brush, plot.slots)];
  const axisRows = height >= 5 ? 1 : 0;
  const area = paintArea(track, height - 1 - axisRows, plot, brush);
  const axis = axisRows === 0 ? [] : [paintAxis(track, plot, brush)];
  return fitBlock([title, ...area, ...axis], brush.width, height);
}

function paintTitle(track: Track, plot: Plot, {width, theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const left = [
    span(` ${track.title} `, theme.styleOf('bold')),
    toned(track.value, theme),
    span(track.age === '' ? '' : `  ${track.age}`, dim),
    span(track.base === '' ? '' : `  ${track.base}`, dim),
  ];
  const room = width - lineWidth(left);
  const right = summaries(track, plot).find((text) => cellWidth(text) <= room);
  return right === undefined ? fitLine(left, width) : spread(left, [span(right, dim)], width);
}

/** What the chart comes to, the fullest first. */
function summaries(track: Track, {wallOfZero, slots, averagedSlots}: Plot): readonly string[] {
  const peak = peakOf(track);
  if (!peak) return [];
  const at = wallOfZero + peak.at;
  const highest = `peak ${track.format(peak.value)} ${isShort(track, slots) ? formatClock(at) : formatMinute(at)} `;
  const average = averageOf(track, averagedSlots);
  if (!average) return [`  ${highest}`];
  const {mean, p95} = average;
  const told = `avg ${track.format(mean)}  p95 ${track.format(p95)}`;
  return [`  ${spanText(track, slots)}: ${told}  ${highest}`, `  ${told}  ${highest}`, `  ${highest}`];
}

/** In a short time a minute says too little. */
const isShort = ({slotMs}: Track, slots: number): boolean => slots * slotMs <= 2 * 60_000;

const spanText = ({slotMs}: Track, slots: number): string => `${Math.round((slots * slotMs) / 60_000)}m`;

function paintArea(track: Track, height: number, {slots}: Plot, {width, theme}: Brush): readonly Line[] {
  const dim = theme.styleOf('dim');
  const points = columnsOf(track.values, track.lastSlot, {slots, cells: cellsOf(width)});
  return brailleLines(points, height, track.most).map((text, row) => [
    span(`${fitCells(axisLabel(track.most, row, height), AXIS_CELLS - 1, 'right')}│`, dim),
    ...gapsApart(text).map((part) => span(part, theme.styleOf(part.startsWith('░') ? 'dim' : 'busy'))),
  ]);
}

function paintAxis(track: Track, {slots}: Plot, {width, theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const from = [span(' '.repeat(AXIS_CELLS), dim), span(`-${spanText(track, slots)}`, dim)];
  return fitLine(spread(from, [span('now', dim)], AXIS_CELLS + cellsOf(width)), width);
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

/** `CPU ▁▁▂▃▅▆ 71%`: the last `slots` in one line; without a number, as many as it has cells. */
export function paintSparkTitle(track: Track, {width, theme}: Brush, slots?: number): Line {
  const left = [span(` ${track.title} `, theme.styleOf('bold'))];
  const right = [
    span(' '),
    span(fitCells(track.value.text, 4, 'right'), theme.styleOf(track.value.tone)),
    ...sparkNote(track, width).map((text) => span(text, theme.styleOf('dim'))),
    span(' '),
  ];
  const cells = width - lineWidth(left) - lineWidth(right);
  if (cells < 1) return fitLine([...left, ...right], width);
  const {values, lastSlot, most} = track;
  const shown = slots === undefined ? values.slice(-cells) : cellValues(columnsOf(values, lastSlot, {slots, cells}));
  const drawn = sparkline(shown, most);
  return fitLine([...left, span(fitCells(drawn, cells), theme.styleOf('busy')), ...right], width);
}
