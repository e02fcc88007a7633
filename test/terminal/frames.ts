import fc from 'fast-check';
import {toAnsi} from '../../src/terminal/ansi.ts';
import {blankRow, type CellRow, putLine} from '../../src/terminal/cellRow.ts';
import type {Line, Span, Style} from '../../src/terminal/cells.ts';
import {cellWidth} from '../../src/terminal/text.ts';
import {type Cell, readCell} from '../support/screen.ts';

/** What a painter gives for the whole screen. */
export type Frame = readonly Line[];

export const rowsOf = (frame: Frame, columns: number): readonly CellRow[] =>
  frame.map((line) => {
    const row = blankRow(columns);
    putLine(row, 0, columns, line);
    return row;
  });

/** The frame as the plainest of programs would write it: everything, line by line. */
export const writtenPlainly = (frame: Frame): string =>
  `\u001b[m\u001b[H\u001b[2J${frame.map((line, row) => `\u001b[${row + 1}H${toAnsi(line)}`).join('')}`;

export type Size = {readonly columns: number; readonly rows: number};

/** Row by row what is seen in each cell; of a blank that carries no mark of its own, only the background. */
export const lookOf = (screen: Parameters<typeof readCell>[0]): readonly string[] =>
  Array.from({length: screen.rows}, (_, y) =>
    Array.from({length: screen.cols}, (_, x) => lookOfCell(readCell(screen, x, y))).join('|'),
  );

function lookOfCell({text, width, colour, background, bold, dim, inverse, underline}: Cell): string {
  const isBlank = width === 1 && (text === '' || text === ' ');
  if (isBlank && !inverse && !underline) return `${background ?? ''}`;
  const flags = [bold, dim, inverse, underline].map(Number).join('');
  return `${isBlank ? ' ' : text} ${width} ${colour ?? ''} ${background ?? ''} ${flags}`;
}

const style: fc.Arbitrary<Style> = fc.oneof(
  {weight: 3, arbitrary: fc.constant({})},
  {
    weight: 4,
    arbitrary: fc.constantFrom<Style>(
      {dim: true},
      {bold: true},
      {colour: 'green'},
      {colour: 'cyan', bold: true},
      {inverse: true},
      {colour: 'red', underline: true},
      {colour: 'brightWhite', bold: true, dim: true, inverse: true, underline: true},
    ),
  },
);

/** Letters, blanks, what our painters draw with, wide characters, and letters with marks on them. */
const character = fc.oneof(
  {weight: 6, arbitrary: fc.constantFrom(...'abcxyz0189%.:')},
  {weight: 4, arbitrary: fc.constant(' ')},
  {weight: 2, arbitrary: fc.constantFrom(...'│─╭╯▁▃▇⣿⠁░·…')},
  {weight: 1, arbitrary: fc.constantFrom('漢', '字', '한', '가')},
  {weight: 1, arbitrary: fc.constantFrom('e\u0301', 'n\u0303\u0323', '漢\u0301')},
);

const text = (most: number) => fc.array(character, {minLength: 1, maxLength: most}).map((parts) => parts.join(''));

const segmenter = new Intl.Segmenter();

/** A line of at most so many cells. */
function cut(line: readonly Span[], columns: number): Line {
  let left = columns;
  return line
    .map((each) => {
      let kept = '';
      for (const {segment} of segmenter.segment(each.text)) {
        const cells = cellWidth(segment);
        if (cells > left) break;
        left -= cells;
        kept += segment;
      }
      return {...each, text: kept};
    })
    .filter(({text}) => text !== '');
}

const line = (columns: number): fc.Arbitrary<Line> =>
  fc
    .array(fc.record({text: text(Math.max(1, Math.ceil(columns / 3))), style}), {maxLength: 6})
    .map((spans) => cut(spans, columns));

/** What may become of a frame. */
type Change = (frame: Frame) => Frame;

/** Something else from a place in a line on, as a number or a countdown changes. */
const patched = ({columns, rows}: Size): fc.Arbitrary<Change> =>
  fc.record({row: fc.nat(rows - 1), at: fc.nat(columns - 1), text: text(6), style}).map((patch) => (frame) => {
    const before = frame[patch.row] ?? [];
    const kept = cut(before, patch.at);
    const room = patch.at - kept.reduce((sum, span) => sum + cellWidth(span.text), 0);
    const padding: Span = {text: ' '.repeat(room), style: {}};
    return frame.with(patch.row, cut([...kept, padding, {text: patch.text, style: patch.style}], columns));
  });

/** A list that was scrolled: rows move, new ones come in. */
const scrolled = ({columns, rows}: Size): fc.Arbitrary<Change> =>
  fc
    .record({
      top: fc.nat(rows - 1),
      by: fc.integer({min: 1, max: 3}),
      isUp: fc.boolean(),
      lines: fc.array(line(columns), {minLength: 3, maxLength: 3}),
    })
    .map(({top, by, isUp, lines}) => (frame) => {
      const [above, moved] = [frame.slice(0, top), frame.slice(top)];
      const fresh = lines.slice(0, Math.min(by, moved.length));
      const rest = moved.slice(fresh.length);
      const next = isUp ? [...rest, ...fresh] : [...fresh, ...moved.slice(0, rest.length)];
      return [...above, ...next];
    });

/** The bar of the cursor goes from one line to another. */
const barred = ({rows}: Size): fc.Arbitrary<Change> =>
  fc
    .nat(rows - 1)
    .map(
      (row) => (frame) =>
        frame.map((each, at) =>
          each.map(({text: words, style: look}) => ({text: words, style: at === row ? {inverse: true} : look})),
        ),
    );

const replaced = ({columns, rows}: Size): fc.Arbitrary<Change> =>
  fc.array(line(columns), {minLength: rows, maxLength: rows}).map((frame) => () => frame);

const change = (size: Size): fc.Arbitrary<Change> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.array(patched(size), {minLength: 1, maxLength: 8}).map(
        (all): Change =>
          (frame) =>
            all.reduce((next, each) => each(next), frame),
      ),
    },
    {weight: 2, arbitrary: scrolled(size)},
    {weight: 2, arbitrary: barred(size)},
    {weight: 1, arbitrary: replaced(size)},
  );

const sizes: readonly Size[] = [
  {columns: 1, rows: 1},
  {columns: 7, rows: 3},
  {columns: 24, rows: 6},
  {columns: 60, rows: 12},
];

/** A terminal and what is shown on it one after the other. */
export const film: fc.Arbitrary<{readonly size: Size; readonly frames: readonly Frame[]}> = fc
  .constantFrom(...sizes)
  .chain((size) =>
    fc
      .tuple(
        fc.array(line(size.columns), {minLength: size.rows, maxLength: size.rows}),
        fc.array(change(size), {minLength: 1, maxLength: 6}),
      )
      .map(([first, changes]) => ({
        size,
        frames: filmOf(first, changes),
      })),
  );

function filmOf(first: Frame, changes: readonly Change[]): readonly Frame[] {
  const frames = [first];
  for (const each of changes) frames.push(each(frames.at(-1) ?? first));
  return frames;
}
