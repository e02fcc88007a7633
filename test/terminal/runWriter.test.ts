import {describe, expect, test} from 'vitest';
import type {CellRow} from '../../src/terminal/cellRow.ts';
import {changedRuns} from '../../src/terminal/changedRuns.ts';
import {PLAIN_PEN, penOf} from '../../src/terminal/pens.ts';
import {type Head, writeRuns} from '../../src/terminal/runWriter.ts';
import {readable, rowWith, span} from './rows.ts';

const [GREEN, RED, BAR] = [{colour: 'green'}, {colour: 'red'}, {inverse: true}] as const;

const COLUMNS = 10;
const HOME: Head = {cursor: {row: 0, column: 0}, pen: PLAIN_PEN};

/** What is written where the cursor is at home, or as told. */
function written(shown: readonly CellRow[], wanted: readonly CellRow[], head = HOME) {
  const runs = wanted.flatMap((row, at) => changedRuns(shown[at] ?? row, row, at));
  const {text, head: end} = writeRuns(runs, wanted, head);
  return {bytes: readable(text), end};
}

const bytesOf = (shown: CellRow, wanted: CellRow, head?: Head) => written([shown], [wanted], head).bytes;

const row = (...line: Parameters<typeof rowWith> extends [number, ...infer Line] ? Line : never) =>
  rowWith(COLUMNS, ...line);

test('nothing to write is no byte, and the head stays where it is', () => {
  const head = {cursor: {row: 3, column: 4}, pen: penOf(GREEN)};
  expect(written([row('a')], [row('a')], head)).toEqual({bytes: '', end: head});
});

test('text goes where it belongs; the cursor is then behind it, and the pen is not put down', () => {
  expect(written([row('abcdefgh')], [row('abcde', span('XY', GREEN), 'h')])).toEqual({
    bytes: '^[6G^[32mXY',
    end: {cursor: {row: 0, column: 7}, pen: penOf(GREEN)},
  });
});

describe('a gap', () => {
  test.each([
    ['of four cells in the same style is written over', bytesOf(row('abcdefgh'), row('XbcdeYgh')), 'XbcdeY'],
    ['of five is jumped', bytesOf(row('abcdefgh'), row('XbcdefYh')), 'X^[7GY'],
    ['of two-byte characters is jumped sooner', bytesOf(row('a───efgh'), row('X───Yfgh')), 'X^[5GY'],
    [
      'in the style that comes next, too',
      bytesOf(row('a', span('bcd', GREEN)), row('X', span('bcY', GREEN))),
      'X^[32mbcY',
    ],
    ['in a style of its own is jumped', bytesOf(row('a', span('b', RED), 'c'), row('X', span('b', RED), 'Y')), 'X^[CY'],
    [
      'of blanks in any pen that leaves no trace',
      bytesOf(row(span('a  d', GREEN)), row(span('X  Y', GREEN))),
      '^[32mX  Y',
    ],
    [
      'of blanks is jumped with a pen that would mark them',
      bytesOf(row('ab  d'), row(span('Xb', BAR), '  ', span('Y', BAR))),
      '^[7mXb^[5GY',
    ],
  ])('%s', (_, bytes, wanted) => {
    expect(bytes).toBe(wanted);
  });
});

describe('the end of a row', () => {
  test('after the last cell nobody knows where the cursor is: the next move is absolute or begins with a return', () => {
    const shown = [row('abcdefghij'), row('abcdefghij')];
    const wanted = [row('abcdefghiX'), row('abcdefghiX')];
    expect(written(shown, wanted)).toEqual({
      bytes: '^[9CX\r^[9C\vX',
      end: {cursor: {row: 1, column: undefined}, pen: PLAIN_PEN},
    });
  });

  test('an erase moves no cursor', () => {
    expect(written([row('abcdefgh')], [row('aX')])).toEqual({
      bytes: 'aX^[K',
      end: {cursor: {row: 0, column: 2}, pen: PLAIN_PEN},
    });
  });

  test('an erase takes a pen without a mark as it is, but not a bar', () => {
    const [shown, wanted] = [row('abcdefgh'), row('a')];
    expect(bytesOf(shown, wanted, {...HOME, pen: penOf(GREEN)})).toBe('^[C^[K');
    expect(bytesOf(shown, wanted, {...HOME, pen: penOf(BAR)})).toBe('^[ma^[K');
  });
});

describe('the order', () => {
  test('is by style where changes of style cost more than moves', () => {
    const line = (red: string, green: string) => row(span(red, RED), ' ', span(green, GREEN));
    const bytes = written(
      [line('1', '2'), line('3', '4'), line('5', '6')],
      [line('a', 'b'), line('c', 'd'), line('e', 'f')],
    ).bytes;
    expect(bytes.match(/\^\[3[12]m/g)).toHaveLength(2);
  });

  test('begins with the style that is at hand', () => {
    const [shown, wanted] = [row('1', span(' 2', GREEN)), row('a', span(' b', GREEN))];
    expect(bytesOf(shown, wanted, {...HOME, pen: penOf(GREEN)})).toBe('^[3Gb\r^[ma');
  });
});
