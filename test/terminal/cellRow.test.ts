import {describe, expect, test} from 'vitest';
import {copyCells, copyRow, putLine, putText} from '../../src/terminal/cellRow.ts';
import {PLAIN_PEN} from '../../src/terminal/pens.ts';
import {cellsOf, rowWith, span, stylesOf} from './rows.ts';

const GREEN = {colour: 'green'} as const;
const BAR = {inverse: true} as const;
const letters = {g: GREEN, b: BAR};

const put = (text: string, columns: number, column = 0, end = columns) => {
  const row = rowWith(columns, '-'.repeat(columns));
  const behind = putText(row, column, end, text, PLAIN_PEN);
  return [cellsOf(row), behind];
};

describe('text in cells', () => {
  test.each([
    ['stands where it is put, and nowhere else', put('ab', 5, 2), '-|-|a|b|-', 4],
    ['stops at its end', put('abcdef', 6, 1, 4), '-|a|b|c|-|-', 4],
    ['a wide character takes two', put('漢a', 4), '漢||a|-', 3],
    ['a wide character that fits to the last cell is whole', put('a漢', 3), 'a|漢|', 3],
    ['a wide character that would be cut is a blank, and nothing comes after it', put('ab漢c', 3), 'a|b| ', 3],
    ['a mark joins the letter before it', put('e\u0301a', 3), 'e\u0301|a|-', 2],
    ['a mark joins a wide character, not its second half', put('漢\u0301a', 4), '漢\u0301||a|-', 3],
    ['a mark on the last letter is kept', put('ae\u0301', 2), 'a|e\u0301', 2],
    ['a mark with nothing before it joins nobody', put('\u0301a', 3, 1), '-|a|-', 2],
    ['a control character is made visible', put('\u001b[m\u0007', 6), '␛|[|m|␇|-|-', 4],
  ])('%s', (_, shown, cells, behind) => {
    expect(shown).toEqual([cells, behind]);
  });
});

test('a blank shows no more than its background: it has no colour of text, and keeps a bar', () => {
  expect(stylesOf(rowWith(6, span('a b', GREEN), span('c d', BAR)), letters)).toBe('g.gbbb');
});

test('what is left of a cut wide character in a bar is bar', () => {
  expect(stylesOf(rowWith(3, span('ab漢', BAR)), letters)).toBe('bbb');
});

test('what is left of one that something else cuts is bar too', () => {
  const row = rowWith(6, span('a漢漢b', BAR));
  putLine(row, 2, 4, [span('xx')]);
  expect([cellsOf(row), stylesOf(row, letters)]).toEqual(['a| |x|x| |b', 'bb..bb']);
  const copy = rowWith(6);
  copyCells(rowWith(6, span('a漢漢b', BAR)), copy, 2, 4);
  expect([cellsOf(copy), stylesOf(copy, letters)]).toEqual([' | | | | | ', '..bb..']);
});

test('a line leaves blank what it does not reach', () => {
  const row = rowWith(6, span('xxxxxx', BAR));
  putLine(row, 1, 4, [span('a')]);
  expect([cellsOf(row), stylesOf(row, letters)]).toEqual(['x|a| | |x|x', 'b...bb']);
});

test('a copy of a row stays what it is when the row changes', () => {
  const row = rowWith(3, span('漢a', BAR));
  const copy = copyRow(row);
  putText(row, 0, 3, 'xyz', 0);
  expect(copy).toEqual(rowWith(3, span('漢a', BAR)));
});

describe('a line put over the half of a wide character leaves no half of it', () => {
  const over = (column: number, end: number) => {
    const row = rowWith(8, 'a漢b字c');
    putLine(row, column, end, [span('x'.repeat(end - column))]);
    return cellsOf(row);
  };

  test.each([
    ['from its second half on', [2, 4], 'a| |x|x|字||c| '],
    ['up to its first half', [0, 2], 'x|x| |b|字||c| '],
    ['between two of them', [2, 5], 'a| |x|x|x| |c| '],
  ] as const)('%s', (_, [column, end], cells) => {
    expect(over(column, end)).toBe(cells);
  });
});

describe('cells copied from another row', () => {
  const copied = (from: string, to: string, start: number, end: number) => {
    const row = rowWith(6, to);
    copyCells(rowWith(6, from), row, start, end);
    return cellsOf(row);
  };

  test.each([
    ['stand at the same place', copied('abcdef', '------', 2, 4), '-|-|c|d|-|-'],
    ['a wide one whole', copied('a漢b', '------', 1, 3), '-|漢||-|-|-'],
    ['one cut at its first half is blank', copied('a漢b', '------', 2, 4), '-|-| |b|-|-'],
    ['one cut at its second half is blank', copied('a漢b', '------', 0, 2), 'a| |-|-|-|-'],
    ['one that lies there and is cut by the left edge is blank', copied('abcdef', '-漢---', 2, 4), '-| |c|d|-|-'],
    ['one that lies there and is cut by the right edge is blank', copied('abcdef', '---漢-', 2, 4), '-|-|c|d| |-'],
    ['at both edges of both rows', copied('漢字漢', '漢--漢', 1, 5), ' | |字|| | '],
  ])('%s', (_, shown, cells) => {
    expect(shown).toBe(cells);
  });
});
