import {describe, expect, test} from 'vitest';
import {createFrameWriter} from '../../src/terminal/frameWriter.ts';
import {createScreen, screenLines, write} from '../support/screen.ts';
import {readable, rowWith, span} from './rows.ts';

const SIZE = {columns: 12, rows: 5};

const rows = (...texts: readonly string[]) =>
  Array.from({length: SIZE.rows}, (_, at) => rowWith(SIZE.columns, texts[at] ?? ''));

const FIRST = ['one', 'two', 'three', 'four', 'five'];
const NEXT = ['oNe', 'tWo', 'tHree', 'fOur', 'fIve'];

/** What a program that ended badly may leave behind. */
const leftovers: readonly (readonly [string, string])[] = [
  ['words and colours', '\u001b[41;1mwords\r\nand more\u001b[5;5H'],
  ['a scroll region', '\u001b[2;3r'],
  ['a line feed that goes to the first column', '\u001b[20h'],
  ['a mode in which text moves text', '\u001b[4h'],
  ['line drawing instead of letters', '\u001b(0'],
  ['the other character set', '\u001b)0\u000e'],
];

describe('a first frame, and one after the screen was forgotten, is right whatever was left there', () => {
  test.each(leftovers)('%s', async (_, left) => {
    const screen = createScreen(SIZE.columns, SIZE.rows);
    const writer = createFrameWriter(SIZE);
    for (const [first, next] of [
      [FIRST, NEXT],
      [NEXT, FIRST],
    ] as const) {
      await write(screen, left);
      await write(screen, writer.write(rows(...first)));
      expect(screenLines(screen)).toEqual(first);
      await write(screen, writer.write(rows(...next)));
      expect(screenLines(screen)).toEqual(next);
      writer.forget();
    }
  });
});

test('a list under a heading is scrolled right where rows were left to be counted from the top of a region', async () => {
  const names = ['alpha-alpha', 'bravo-bravo', 'charlie-cha', 'delta-delta', 'echo-echo-e', 'foxtrot-fox'];
  const writer = createFrameWriter(SIZE);
  const screen = createScreen(SIZE.columns, SIZE.rows);
  await write(screen, '\u001b[3;5r\u001b[?6h');
  await write(screen, writer.write(rows('heading', ...names.slice(0, 4))));
  const moved = writer.write(rows('heading', ...names.slice(1, 5)));
  expect(readable(moved)).toContain('^[2;5r');
  await write(screen, moved);
  expect(screenLines(screen)).toEqual(['heading', ...names.slice(1, 5)]);
});

test('a frame of many bytes is shown at once by a terminal that can, one of a few is not worth saying so', () => {
  const writer = createFrameWriter({columns: 200, rows: 1});
  const whole = readable(writer.write([rowWith(200, 'x'.repeat(200))]));
  expect(whole).toMatch(/^\^\[\?2026h.*x\^\[\?2026l$/);
  expect(readable(writer.write([rowWith(200, 'y', 'x'.repeat(199))]))).toBe('\ry');
});

test('a list that moved by one line is scrolled, and the bar stays at the last line', async () => {
  const names = ['alpha-alpha', 'bravo-bravo', 'charlie-cha', 'delta-delta', 'echo-echo-e', 'foxtrot-fox'];
  const list = (top: number) =>
    names.slice(top, top + 5).map((name, at) => rowWith(SIZE.columns, span(name, at === 4 ? {inverse: true} : {})));
  const writer = createFrameWriter(SIZE);
  const screen = createScreen(SIZE.columns, SIZE.rows);
  await write(screen, writer.write(list(0)));
  const moved = writer.write(list(1));
  expect(readable(moved)).toMatch(/\^\[1;[45]r\^\[M\^\[r/);
  await write(screen, moved);
  expect(screenLines(screen)).toEqual(names.slice(1));
});
