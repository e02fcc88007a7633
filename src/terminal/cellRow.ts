import type {Line} from './cells.ts';
import {blankPen, type Pen, PLAIN_PEN, penOf} from './pens.ts';
import {characterCells, replaceControls} from './text.ts';

/**
 * One row of the screen, cell by cell. A glyph is a character with the marks on it; the second cell of a wide one is
 * `TAIL`. A blank has the pen that shows no more than its background. Mutable, and private to `terminal/`.
 */
export type CellRow = {readonly glyphs: string[]; readonly pens: Pen[]};

export const TAIL = '';
export const BLANK = ' ';

export const blankRow = (columns: number): CellRow => ({
  glyphs: new Array<string>(columns).fill(BLANK),
  pens: new Array<Pen>(columns).fill(PLAIN_PEN),
});

/** Whether two rows show the same at this place. */
export const isSameCell = (a: CellRow, b: CellRow, at: number): boolean =>
  a.glyphs[at] === b.glyphs[at] && a.pens[at] === b.pens[at];

export const copyRow = ({glyphs, pens}: CellRow): CellRow => ({glyphs: [...glyphs], pens: [...pens]});

/**
 * Writes text into the cells from `column` up to `end`; what goes beyond is dropped, a wide character that would be cut
 * is a blank. Gives back the column behind it. Text reaches no cell but through here: controls are made visible.
 */
export function putText(row: CellRow, column: number, end: number, text: string, pen: Pen): number {
  const blank = blankPen(pen);
  let at = column;
  for (const character of replaceControls(text)) {
    const cells = characterCells(character);
    if (cells === 0) {
      putMark(row, at, column, character);
      continue;
    }
    if (at + cells > end) return fillBlanks(row, at, end, blank);
    putCell(row, at, character, character === BLANK ? blank : pen);
    if (cells === 2) putCell(row, at + 1, TAIL, pen);
    at += cells;
  }
  return at;
}

function putCell({glyphs, pens}: CellRow, at: number, glyph: string, pen: Pen): void {
  glyphs[at] = glyph;
  pens[at] = pen;
}

/** A mark joins the character before it; there is none to join at the start of the text. */
function putMark({glyphs}: CellRow, at: number, start: number, mark: string): void {
  const base = glyphs[at - 1] === TAIL ? at - 2 : at - 1;
  if (base >= start) glyphs[base] = `${glyphs[base]}${mark}`;
}

export function fillBlanks(row: CellRow, from: number, end: number, pen: Pen = PLAIN_PEN): number {
  for (let at = from; at < end; at += 1) putCell(row, at, BLANK, pen);
  return Math.max(from, end);
}

/** Writes a painted line into the cells from `column` to `end`; what it leaves free, or halves, is blank. */
export function putLine(row: CellRow, column: number, end: number, line: Line): void {
  blankHalves(row, column, end);
  let at = column;
  for (const {text, style} of line) at = putText(row, at, end, text, penOf(style));
  fillBlanks(row, at, end);
}

/** Of a wide character that reaches over either edge, the half outside. */
function blankHalves(row: CellRow, start: number, end: number): void {
  if (row.glyphs[start] === TAIL) blankHalf(row, start - 1);
  if (row.glyphs[end] === TAIL) blankHalf(row, end);
}

/** What is left of a bar is bar. */
const blankHalf = (row: CellRow, at: number): void => putCell(row, at, BLANK, blankPen(row.pens[at] ?? PLAIN_PEN));

/** Puts cells of another row at the same place. A wide character that is cut by either edge, in either row, is blank. */
export function copyCells(from: CellRow, to: CellRow, start: number, end: number): void {
  blankHalves(to, start, end);
  for (let at = start; at < end; at += 1) putCell(to, at, from.glyphs[at] ?? BLANK, from.pens[at] ?? PLAIN_PEN);
  if (from.glyphs[start] === TAIL) blankHalf(to, start);
  if (from.glyphs[end] === TAIL) blankHalf(to, end - 1);
}
