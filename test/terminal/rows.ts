import {blankRow, type CellRow, putLine} from '../../src/terminal/cellRow.ts';
import type {Line, Span, Style} from '../../src/terminal/cells.ts';
import {penOf} from '../../src/terminal/pens.ts';

export const span = (text: string, style: Style = {}): Span => ({text, style});

/** A row of so many cells with these spans at its start. */
export function rowWith(columns: number, ...line: readonly (Span | string)[]): CellRow {
  const row = blankRow(columns);
  putLine(row, 0, columns, spansOf(line));
  return row;
}

const spansOf = (line: readonly (Span | string)[]): Line =>
  line.map((each) => (typeof each === 'string' ? span(each) : each));

/** The cells parted by bars; nothing between two bars is the second half of a wide character. */
export const cellsOf = ({glyphs}: CellRow): string => glyphs.join('|');

/** Under each cell its style: the letter given to it, `.` for plain, `?` for one that is not told. */
export const stylesOf = ({pens}: CellRow, letters: Readonly<Record<string, Style>> = {}): string => {
  const known = new Map(Object.entries(letters).map(([letter, style]) => [penOf(style), letter]));
  return pens.map((pen) => known.get(pen) ?? (pen === 0 ? '.' : '?')).join('');
};

/** Bytes as they can be read: ESC is `^`. */
export const readable = (bytes: string): string => bytes.replaceAll('\u001b', '^');
