import {describe, expect, test} from 'vitest';
import type {CellRow} from '../../src/terminal/cellRow.ts';
import {changedRuns} from '../../src/terminal/changedRuns.ts';
import {PLAIN_PEN, penAfter, penOf} from '../../src/terminal/pens.ts';
import {rowWith, span} from './rows.ts';

const GREEN = {colour: 'green'} as const;
const BOLD = {bold: true} as const;
const BAR = {inverse: true} as const;

/** `2-4 ab` for cells 2 and 3 written with these glyphs, `5- erased` from there to the end. */
const runsOf = (shown: CellRow, wanted: CellRow) =>
  changedRuns(shown, wanted, 0).map(({from, to, isErase}) =>
    isErase ? `${from}- erased` : `${from}-${to} ${wanted.glyphs.slice(from, to).join('')}`,
  );

const runs = (shown: string, wanted: string) => runsOf(rowWith(10, shown), rowWith(10, wanted));

describe('only what differs is written', () => {
  test.each([
    ['nothing of the same row', runs('abc', 'abc'), []],
    ['one cell', runs('abcdef', 'abXdef'), ['2-3 X']],
    ['two places', runs('abcdefghij', 'XbcdefghiX'), ['0-1 X', '9-10 X']],
    ['the last cell', runs('abcdefghij', 'abcdefghiX'), ['9-10 X']],
    ['a mark that came', runs('abe', 'abe\u0301'), ['2-3 e\u0301']],
  ])('%s', (_, written, wanted) => {
    expect(written).toEqual(wanted);
  });

  test('the same glyph in another style', () => {
    expect(runsOf(rowWith(6, 'abc'), rowWith(6, 'a', span('b', GREEN), 'c'))).toEqual(['1-2 b']);
  });

  test('a row of the other length is compared as far as the wanted one goes', () => {
    expect(runsOf(rowWith(3, 'abc'), rowWith(5, 'abcde'))).toEqual(['3-5 de']);
  });
});

describe('a wide character is written whole', () => {
  test.each([
    ['another one', runs('a漢b', 'a字b'), ['1-3 字']],
    ['letters over its first half', runs('a漢b', 'ax b'), ['1-3 x ']],
    ['letters over its second half', runs('a漢b', 'a xb'), ['1-3  x']],
    ['over two letters', runs('axyb', 'a漢b'), ['1-3 漢']],
    ['over halves of two others', runs('漢字ab', 'x漢yab'), ['0-4 x漢y']],
    ['moved by one, through all that it cuts', runs('漢漢漢x', 'x漢漢漢'), ['0-7 x漢漢漢']],
  ])('%s', (_, written, wanted) => {
    expect(written).toEqual(wanted);
  });
});

describe('the end of a row', () => {
  test.each([
    ['four blanks or more are erased', runs('abcdef', 'ab'), ['2- erased']],
    ['three are written', runs('abcde', 'ab'), ['2-5    ']],
    ['text, then an erase', runs('abcdefgh', 'aX'), ['1-2 X', '2- erased']],
    ['blanks that stood there count for nothing', runs('a     c', 'a'), ['6-7  ']],
    ['not where text stands behind', runs('abcdefghij', 'a        j'), ['1-9         ']],
  ])('%s', (_, written, wanted) => {
    expect(written).toEqual(wanted);
  });

  test('a bar is never erased: an erase would have the plain background', () => {
    const bar = rowWith(10, span('ab        ', BAR));
    expect(runsOf(rowWith(10, 'ab'), bar)).toEqual(['0-10 ab        ']);
    expect(runsOf(bar, rowWith(10, 'ab'))).toEqual(['0-2 ab', '2- erased']);
  });

  test('nor is a background of a colour', () => {
    const [row, blue] = [rowWith(10, 'ab'), penAfter(PLAIN_PEN, '44')];
    row.pens.fill(blue, 2);
    expect(runsOf(rowWith(10, 'abcdefghij'), row)).toEqual(['2-10         ']);
  });
});

describe('a run has one pen', () => {
  const pensOf = (wanted: CellRow, shown = rowWith(10)) =>
    changedRuns(shown, wanted, 0).map(({from, to, pen}) => [from, to, pen]);

  test('another style is another run', () => {
    const row = rowWith(10, span('ab', GREEN), span('cd', BOLD), 'ef');
    expect(pensOf(row)).toEqual([
      [0, 2, penOf(GREEN)],
      [2, 4, penOf(BOLD)],
      [4, 6, PLAIN_PEN],
    ]);
  });

  test('blanks are written with the pen before or behind them', () => {
    const row = rowWith(10, span('a b', GREEN), '  ', span('c', BOLD));
    const letters = rowWith(10, 'xxxxxx');
    expect(pensOf(row, letters)).toEqual([
      [0, 5, penOf(GREEN)],
      [5, 6, penOf(BOLD)],
    ]);
    expect(pensOf(rowWith(10, '  ', span('c', BOLD)), letters)).toEqual([[0, 6, penOf(BOLD)]]);
  });

  test('but blanks of a bar with the bar, and none with a pen that would mark them', () => {
    const row = rowWith(10, '  ', span(' a ', BAR), '  x');
    expect(pensOf(row, rowWith(10, 'xxxxxxxy'))).toEqual([
      [0, 2, PLAIN_PEN],
      [2, 5, penOf(BAR)],
      [5, 8, PLAIN_PEN],
    ]);
  });
});
