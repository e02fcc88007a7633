import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {CellRow} from '../../src/terminal/cellRow.ts';
import {bestScroll, scrolledRows, writeScroll} from '../../src/terminal/scrolling.ts';
import {createScreen, screenLines, write} from '../support/screen.ts';
import {readable, rowWith} from './rows.ts';

const COLUMNS = 20;

const screenOf = (...texts: readonly string[]): readonly CellRow[] => texts.map((text) => rowWith(COLUMNS, text));

/** Rows that have nothing in common. */
const names = ['alpha', 'BRAVO', 'charlie1', 'DELTA22', 'echo333', 'FOXTROT', 'golf55555', 'HOTEL'];
const full = (name: string) => name.repeat(4).slice(0, COLUMNS);
const listFrom = (first: number, count = 6) => screenOf(...names.slice(first, first + count).map(full));

describe('what moved is found', () => {
  test.each([
    ['a list that went up by one', listFrom(0), listFrom(1), {top: 0, bottom: 5, by: 1}],
    ['down by one', listFrom(1), listFrom(0), {top: 0, bottom: 5, by: -1}],
    ['up by two', listFrom(0), listFrom(2), {top: 0, bottom: 5, by: 2}],
    [
      'between a head and a foot that stay',
      screenOf('head', ...names.slice(0, 5).map(full), 'foot'),
      screenOf('head', ...names.slice(1, 6).map(full), 'foot'),
      {top: 1, bottom: 5, by: 1},
    ],
  ])('%s', (_, shown, wanted, scroll) => {
    expect(bestScroll(shown, wanted)).toEqual(scroll);
  });

  test.each([
    ['the same screen', listFrom(0), listFrom(0)],
    ['a screen with nothing of the other', listFrom(0, 3), listFrom(3, 3)],
    ['a gain of a few cells', screenOf('abc', '', ''), screenOf('', 'abc', '')],
    ['one row', listFrom(0, 1), listFrom(1, 1)],
  ])('but not in %s', (_, shown, wanted) => {
    expect(bestScroll(shown, wanted)).toBeUndefined();
  });
});

test.each([
  [{top: 0, bottom: 5, by: 1}, '^[1;6r^[M^[r'],
  [{top: 0, bottom: 5, by: -1}, '^[1;6r^[L^[r'],
  [{top: 3, bottom: 9, by: 2}, '^[4;10r^[4H^[2M^[r'],
])('%o in sequences that the Linux console knows', (scroll, bytes) => {
  expect(readable(writeScroll(scroll))).toBe(bytes);
});

test('a terminal that is told shows what we believe that it shows, with its cursor at home', async () => {
  const anyScroll = fc
    .record({top: fc.nat(5), height: fc.integer({min: 2, max: 8}), by: fc.integer({min: -5, max: 5})})
    .map(({top, height, by}) => ({top, bottom: Math.min(7, top + height - 1), by: by === 0 ? 1 : by}));
  await fc.assert(
    fc.asyncProperty(anyScroll, async (scroll) => {
      const screen = createScreen(COLUMNS, 8);
      await write(screen, names.join('\r\n') + writeScroll(scroll));
      const believed = scrolledRows(screenOf(...names), scroll);
      expect(screenLines(screen)).toEqual(believed.map(({glyphs}) => glyphs.join('').trimEnd()));
      expect([screen.buffer.active.cursorX, screen.buffer.active.cursorY]).toEqual([0, 0]);
    }),
  );
});
