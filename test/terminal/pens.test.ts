import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Style} from '../../src/terminal/cells.ts';
import {blankPen, PLAIN_PEN, penAfter, penChange, penOf} from '../../src/terminal/pens.ts';
import {createScreen, readCell, write} from '../support/screen.ts';
import {readable} from './rows.ts';

const changes: readonly (readonly [string, Style, Style, string])[] = [
  ['none', {colour: 'red'}, {colour: 'red'}, ''],
  ['a colour', {}, {colour: 'green'}, '^[32m'],
  ['a bright colour', {}, {colour: 'brightRed'}, '^[91m'],
  ['another colour', {colour: 'red'}, {colour: 'green'}, '^[32m'],
  ['back to plain', {colour: 'red', bold: true, inverse: true}, {}, '^[m'],
  ['an attribute more', {colour: 'red'}, {colour: 'red', bold: true}, '^[1m'],
  ['an attribute less', {colour: 'red', inverse: true}, {colour: 'red'}, '^[27m'],
  ['the colour less', {bold: true, colour: 'red'}, {bold: true}, '^[39m'],
  ['bold less, dim stays: 22 takes both', {bold: true, dim: true}, {dim: true}, '^[0;2m'],
  ['bold for dim', {bold: true}, {dim: true}, '^[0;2m'],
  ['bold for dim, a colour stays', {bold: true, colour: 'red'}, {dim: true, colour: 'red'}, '^[22;2m'],
  ['everything else: anew where that is shorter', {bold: true, inverse: true, underline: true}, {dim: true}, '^[0;2m'],
];

describe('the shortest sequence for a change of style', () => {
  test.each(changes)('%s', (_, from, to, bytes) => {
    expect(readable(penChange(penOf(from), penOf(to)))).toBe(bytes);
  });
});

const colours = ['red', 'green', 'grey', 'brightWhite'] as const;

const style: fc.Arbitrary<Style> = fc.record(
  {
    colour: fc.constantFrom(...colours),
    bold: fc.boolean(),
    dim: fc.boolean(),
    inverse: fc.boolean(),
    underline: fc.boolean(),
  },
  {requiredKeys: []},
);

test('after any change a terminal writes as if it had begun plain', async () => {
  const screen = createScreen(4, 1);
  await fc.assert(
    fc.asyncProperty(style, style, async (from, to) => {
      const [before, after] = [penOf(from), penOf(to)];
      await write(screen, `\u001b[H\u001b[m${penChange(PLAIN_PEN, before)}${penChange(before, after)}x`);
      const shown = readCell(screen, 0, 0);
      await write(screen, `\u001b[H\u001b[m${penChange(PLAIN_PEN, after)}x`);
      expect(shown).toEqual(readCell(screen, 0, 0));
      expect(shown.colour).toBe(to.colour && {red: 1, green: 2, grey: 8, brightWhite: 15}[to.colour as 'red']);
    }),
  );
});

test('no change is longer than a reset and the whole style', () => {
  fc.assert(
    fc.property(style, style, (from, to) => {
      const anew = penChange(PLAIN_PEN, penOf(to)).length + '0;'.length;
      expect(penChange(penOf(from), penOf(to)).length).toBeLessThanOrEqual(Math.max(anew, '\u001b[m'.length));
    }),
  );
});

test('styles that look the same are the same pen', () => {
  expect(penOf({colour: 'red', bold: true, dim: false})).toBe(penOf({bold: true, colour: 'red'}));
  expect(penOf({})).toBe(PLAIN_PEN);
});

describe('what Ink and its packages write is read as a terminal reads it', () => {
  test.each([
    ['1;31', {bold: true, colour: 'red'}],
    ['31;39', {}],
    ['1;2;22', {}],
    ['7;0;4', {underline: true}],
    ['', {}],
    ['97', {colour: 'brightWhite'}],
    ['7;27;1', {bold: true}],
    ['999', {}],
  ] as const)('%s', (parameters, wanted) => {
    expect(penAfter(PLAIN_PEN, parameters)).toBe(penOf(wanted));
  });

  test.each(['38;5;31', '38;2;1;4;7', '48;5;4', '38:5:31', '38;5;1;48;2;7;7;7', '3', '9', '41', '104'])(
    '%s comes out as it came in',
    async (parameters) => {
      const screen = createScreen(4, 1);
      await write(screen, `\u001b[H\u001b[${parameters}mx\u001b[m`);
      const wanted = readCell(screen, 0, 0);
      await write(screen, `\u001b[H${penChange(PLAIN_PEN, penAfter(PLAIN_PEN, parameters))}x\u001b[m`);
      expect(readCell(screen, 0, 0)).toEqual(wanted);
    },
  );
});

test('of a blank its background and what is drawn on it are kept, nothing else', () => {
  expect(blankPen(penOf({colour: 'red', bold: true, dim: true}))).toBe(PLAIN_PEN);
  expect(blankPen(penAfter(PLAIN_PEN, '1;31;44'))).toBe(penAfter(PLAIN_PEN, '44'));
  for (const drawn of [{inverse: true}, {underline: true, colour: 'red'}] as const)
    expect(blankPen(penOf(drawn))).toBe(penOf(drawn));
});
