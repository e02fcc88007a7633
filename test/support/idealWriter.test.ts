import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {byteLength, createIdealWriter} from './idealWriter.ts';
import {FRAME, listFrames} from './listFrames.ts';
import {createScreen, write} from './screen.ts';
import {readScreen, seenOf, type WholeScreen} from './wholeScreen.ts';

const ESC = '\u001b';

/** What a terminal shows after each of these, one after the other. */
async function screens(columns: number, rows: number, ...written: readonly string[]): Promise<readonly WholeScreen[]> {
  const terminal = createScreen(columns, rows);
  const shown: WholeScreen[] = [];
  for (const text of written) {
    await write(terminal, text);
    shown.push(readScreen(terminal));
  }
  return shown;
}

/** The ideal bytes of the last of these screens, with ESC shown as `^`. */
async function idealOf(columns: number, rows: number, ...written: readonly string[]): Promise<string> {
  const ideal = createIdealWriter(columns, rows);
  const painted = (await screens(columns, rows, ...written)).map((screen) => ideal.paint(screen));
  return (painted.at(-1) ?? '').replaceAll(ESC, '^');
}

const at = (row: number, column: number, text: string) => `${ESC}[${row};${column}H${text}`;

const cases: readonly (readonly [string, readonly string[], string])[] = [
  ['nothing for the same screen', ['abc', ''], ''],
  ['a line', ['abc'], '\rabc'],
  ['two lines', ['abc\r\ndef'], '\rabc\r\ndef'],
  ['one cell, by its place', ['abcdefghij', at(1, 5, 'X')], '^[5GX'],
  ['the cell before, by backspaces', ['abc', at(1, 3, 'x'), at(1, 2, 'x')], '\b\bx'],
  ['another row of the same column', ['ab\r\ncdef', at(1, 2, 'X'), at(2, 3, 'X')], '\nX'],
  ['a row above', [at(3, 1, 'abc'), at(1, 4, 'X')], '^[1dX'],
  ['far away', [at(4, 1, 'abc'), at(2, 7, 'X')], '^[2;7HX'],
  ['a short gap, written again', ['abcdefghij', at(1, 2, 'X'), at(1, 2, 'xc') + at(1, 5, 'X')], '\bxcdX'],
  ['a gap in another style, jumped', [`abc${ESC}[1mde${ESC}[mfg`, at(1, 3, 'X') + at(1, 6, 'X')], '^[3GX^[6GX'],
  ['a style', [`${ESC}[1;32mab${ESC}[m cd`], '\r^[1;32mab ^[mcd'],
  ['only what differs of a style', [`${ESC}[31ma${ESC}[32mb`], '\r^[31ma^[32mb'],
  ['one attribute off, another on', [`${ESC}[1;31ma${ESC}[22;2mb`], '\r^[1;31ma^[22;2mb'],
  ['a blank without its foreground', [`${ESC}[31ma${ESC}[32m ${ESC}[31mb`], '\r^[31ma b'],
  ['a blank that shows', [`${ESC}[7m ${ESC}[m`], '\r^[7m '],
  ['a tail, erased', ['abcdefgh', at(1, 3, `${ESC}[K`)], '^[3G^[K'],
  ['a tail shorter than that, blanked', ['abcd', at(1, 3, '  ')], '\b\b  '],
  ['a coloured tail', [`${ESC}[44m${ESC}[2K`], '\r^[44m^[K'],
  ['a wide character as a whole', ['世界', at(1, 3, '外')], '\b\b外'],
  ['after the last column by an absolute motion', [at(1, 10, 'X'), at(2, 10, 'Y')], '^[2;10HY'],
];

describe('in ten columns and four rows the ideal bytes are', () => {
  test.each(cases)('%s', async (_, written, bytes) => {
    expect(await idealOf(10, 4, ...written)).toBe(bytes);
  });
});

const LETTERS = 'abcdefgh';
const listFrom = (first: number) =>
  Array.from({length: 6}, (_, row) => at(row + 1, 1, (LETTERS[first + row] ?? '').repeat(10))).join('');

test('a list that scrolls is scrolled: one line is written, not six', async () => {
  expect(await idealOf(10, 6, listFrom(0), listFrom(1))).toBe('^[1;6r^[S^[r^[6Hgggggggggg');
  expect(await idealOf(10, 6, listFrom(1), listFrom(0))).toBe('^[1;6r^[T^[raaaaaaaaaa');
});

test('a character of two bytes counts as two', () => {
  expect(byteLength('─é')).toBe(5);
});

/** What another implementation of such a writer, in another language, needs for these frames. */
const KNOWN_BYTES = 18_542;

test('sixty frames of a list cost no more than another ideal writer needs for them', async () => {
  const {columns, rows} = FRAME;
  const ideal = createIdealWriter(columns, rows);
  const painted = (await screens(columns, rows, ...listFrames(60))).map((screen) => byteLength(ideal.paint(screen)));
  const sum = painted.reduce((total, bytes) => total + bytes, 0);
  expect(sum).toBeLessThanOrEqual(KNOWN_BYTES);
  expect(sum).toBeGreaterThan(0.9 * KNOWN_BYTES);
});

/** Text, styles, motions, erasing and scrolling, as programs write them. */
const piece = fc.oneof(
  {weight: 6, arbitrary: fc.constantFrom('x', 'hello', '   ', '世', 'a b c', 'é', '──────', '          ', '界x')},
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({min: 1, max: 6}), fc.integer({min: 1, max: 20}))
      .map(([row, column]) => at(row, column, '')),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('', '31', '1;32;44', '7', '4', '2;41', '38;5;99', '22', '24', '27', '91;103', '48;2;9;200;9')
      .map((parameters) => `${ESC}[${parameters}m`),
  },
  {weight: 1, arbitrary: fc.constantFrom(`${ESC}[K`, `${ESC}[2;5r${ESC}[S${ESC}[r`, `${ESC}[2T`, `${ESC}[M`)},
);

const frames = fc.array(
  fc.array(piece, {maxLength: 12}).map((pieces) => pieces.join('')),
  {
    minLength: 1,
    maxLength: 8,
  },
);

test('a terminal that gets the ideal bytes shows the same screens', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async (written) => {
      const wanted = await screens(20, 6, ...written);
      const ideal = createIdealWriter(20, 6);
      const shown = await screens(20, 6, ...wanted.map((screen) => ideal.paint(screen)));
      expect(shown.map(seenOf)).toEqual(wanted.map(seenOf));
    }),
    {numRuns: 200},
  );
});
