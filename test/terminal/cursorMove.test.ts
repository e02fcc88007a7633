import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cursorMove} from '../../src/terminal/cursorMove.ts';
import {createScreen, write} from '../support/screen.ts';
import {readable} from './rows.ts';

const END = undefined;

const cases: readonly (readonly [string, readonly [number, number | undefined], readonly [number, number], string])[] =
  [
    ['nowhere: nothing', [3, 7], [3, 7], ''],
    ['home', [9, 30], [0, 0], '^[H'],
    ['to the start of the row', [3, 40], [3, 0], '\r'],
    ['one to the left', [3, 7], [3, 6], '\b'],
    ['three to the left', [3, 17], [3, 14], '\b\b\b'],
    ['four to the left', [3, 17], [3, 13], '^[4D'],
    ['one to the right', [3, 7], [3, 8], '^[C'],
    ['a few to the right', [3, 7], [3, 12], '^[5C'],
    ['far to the right, where the place has fewer digits', [3, 1], [3, 11], '^[12G'],
    ['one down in the same column', [3, 7], [4, 7], '\v'],
    ['three down in the same column', [3, 7], [6, 7], '\v\v\v'],
    ['four down in the same column', [3, 7], [7, 7], '^[8d'],
    ['one up in the same column', [3, 7], [2, 7], '^M'],
    ['two up in the same column', [3, 7], [1, 7], '^[2d'],
    ['to the start of the next row', [3, 7], [4, 0], '\r\v'],
    ['somewhere else', [3, 7], [10, 40], '^[11;41H'],
    ['to the start of a far row', [3, 7], [20, 0], '^[21H'],
    ['one down and one to the left', [3, 7], [4, 6], '\b\v'],
    ['from the end of a row to its start', [3, END], [3, 0], '\r'],
    ['from the end of a row to the start of the next', [3, END], [4, 0], '\r\v'],
    ['from the end of a row to somewhere in it', [3, END], [3, 12], '\r^[13G'],
    ['from the end of a row to the end of the next', [3, END], [4, 79], '^[5;80H'],
  ];

describe('the cheapest way', () => {
  test.each(cases)('%s', (_, [row, column], [toRow, toColumn], bytes) => {
    expect(readable(cursorMove({row, column}, toRow, toColumn))).toBe(bytes);
  });
});

const [COLUMNS, ROWS] = [130, 24];

const place = fc.record({row: fc.nat(ROWS - 1), column: fc.nat(COLUMNS - 1)});

/** Puts the cursor there with a letter, so that the last column leaves the terminal waiting at its end. */
const arrive = (row: number, column: number) => `\u001b[${row + 1};${column + 1}H\u001b[1Dx`;

test('it arrives, from any cell, and from the end of a row after its last cell was written', async () => {
  const screen = createScreen(COLUMNS, ROWS);
  await fc.assert(
    fc.asyncProperty(place, fc.boolean(), place, async (from, isAtEnd, to) => {
      const start = isAtEnd ? `\u001b[${from.row + 1};${COLUMNS}Hx` : arrive(from.row, Math.max(1, from.column));
      const column = isAtEnd ? undefined : Math.max(1, from.column);
      await write(screen, start + cursorMove({row: from.row, column}, to.row, to.column));
      const {cursorX, cursorY} = screen.buffer.active;
      expect([cursorY, cursorX]).toEqual([to.row, to.column]);
    }),
    {numRuns: 300},
  );
});

test('from the end of a row it goes by absolute moves or a return only', () => {
  fc.assert(
    fc.property(fc.nat(ROWS - 1), place, (row, to) => {
      const bytes = readable(cursorMove({row, column: undefined}, to.row, to.column));
      expect(bytes).toMatch(/^(\r|\^\[\d*(;\d+)?H)/);
    }),
  );
});

test('no move is longer than saying row and column', () => {
  fc.assert(
    fc.property(place, place, (from, to) => {
      const absolute = `\u001b[${to.row + 1};${to.column + 1}H`;
      expect(cursorMove(from, to.row, to.column).length).toBeLessThanOrEqual(absolute.length);
    }),
  );
});
