import {levelGlyph} from '../model/format.ts';

/** What one column of a chart knows: a value, a gap (nobody told), or nothing at all (before the first, after now). */
export type Point = number | 'gap' | 'none';

const EMPTY = 0x2800;
/** Dots of the left and of the right half of a braille cell, from the bottom up (Unicode chart U+2800). */
const leftDots = [0x40, 0x04, 0x02, 0x01];
const rightDots = [0x80, 0x20, 0x10, 0x08];
const DOTS = 4;

const GAP = '░';

/**
 * Values by time slot, made into columns that stand on absolute slots: while a slot lasts only the last column changes,
 * and the picture moves on once a cell. Oldest first, two columns for each of `cells` cells, in which `slots` slots
 * have room: a column has one or more of them, or a slot has several columns.
 */
export function columnsOf(
  values: readonly (number | undefined)[],
  lastSlot: number,
  {slots, cells}: {readonly slots: number; readonly cells: number},
): readonly Point[] {
  const firstSlot = lastSlot - values.length + 1;
  const slotAt = (column: number) => Math.floor((column * slots) / (2 * cells)) - firstSlot;
  const firstKnown = values.findIndex((value) => value !== undefined);
  const lastColumn = Math.ceil(((lastSlot + 1) * 2 * cells) / slots) - 1;
  const firstColumn = 2 * (Math.floor(lastColumn / 2) - cells + 1);
  return Array.from({length: 2 * cells}, (_, index): Point => {
    const from = slotAt(firstColumn + index);
    const last = Math.max(from, slotAt(firstColumn + index + 1) - 1);
    if (firstKnown < 0 || last < firstKnown || from >= values.length) return 'none';
    return highestOf(values.slice(Math.max(0, from), last + 1)) ?? (last >= values.length ? 'none' : 'gap');
  });
}

/** The highest: a short peak must not be averaged away. */
function highestOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/**
 * Filled columns, two to a cell, `height` lines from the top down, 0 to `most`. A cell without any value is `░` on
 * every line; a cell with one value shows it alone. Zero is one dot high: it is not a gap.
 */
export function brailleLines(points: readonly Point[], height: number, most: number): readonly string[] {
  const cells = Array.from({length: Math.ceil(points.length / 2)}, (_, cell) => [
    points[2 * cell],
    points[2 * cell + 1],
  ]);
  return Array.from({length: height}, (_, line) =>
    cells.map(([left = 'none', right = 'none']) => glyph(left, right, {line, height, most})).join(''),
  );
}

type Place = {readonly line: number; readonly height: number; readonly most: number};

function glyph(left: Point, right: Point, place: Place): string {
  if (typeof left !== 'number' && typeof right !== 'number') return left === 'gap' || right === 'gap' ? GAP : ' ';
  const bits = dotsOf(left, leftDots, place) | dotsOf(right, rightDots, place);
  return bits === 0 ? ' ' : String.fromCodePoint(EMPTY + bits);
}

function dotsOf(point: Point, dots: readonly number[], {line, height, most}: Place): number {
  if (typeof point !== 'number') return 0;
  const full = Math.max(1, Math.round((Math.min(Math.max(0, point), most) / most) * height * DOTS));
  const here = Math.min(DOTS, full - (height - 1 - line) * DOTS);
  return dots.slice(0, Math.max(0, here)).reduce((bits, dot) => bits | dot, 0);
}

/** One value a cell, the higher of its two columns; undefined is a gap, or not told. */
export const cellValues = (points: readonly Point[]): readonly (number | undefined)[] =>
  Array.from({length: Math.floor(points.length / 2)}, (_, cell) =>
    highestOf(points.slice(2 * cell, 2 * cell + 2).map((point) => (typeof point === 'number' ? point : undefined))),
  );

/** One block a value, the same as in the list for the same load. */
export function sparkline(values: readonly (number | undefined)[], most: number): string {
  const firstKnown = values.findIndex((value) => value !== undefined);
  return values
    .map((value, index) => {
      if (value === undefined) return firstKnown < 0 || index < firstKnown ? ' ' : GAP;
      return levelGlyph((value / most) * 100);
    })
    .join('');
}

/** A share of ten cells or so: `━━━━━━────`. */
export function bar(percent: number, cells: number): {readonly full: string; readonly rest: string} {
  const full = Math.min(cells, Math.max(0, Math.round((percent / 100) * cells)));
  return {full: '━'.repeat(full), rest: '─'.repeat(cells - full)};
}
