import {expect, test} from 'vitest';
import {readAnsiRow} from '../../src/terminal/ansiRow.ts';
import type {Style} from '../../src/terminal/cells.ts';
import {cellsOf, stylesOf} from './rows.ts';

const letters: Readonly<Record<string, Style>> = {
  g: {colour: 'green'},
  G: {colour: 'green', bold: true},
  b: {inverse: true},
};

const read = (line: string, columns: number) => {
  const row = readAnsiRow(line.replaceAll('^', '\u001b'), columns);
  return [cellsOf(row), stylesOf(row, letters)];
};

test.each([
  ['text without codes', 'ab', 4, 'a|b| | ', '....'],
  ['a style from where it begins to where it ends', 'a^[32mbc^[39md', 5, 'a|b|c|d| ', '.gg..'],
  ['one style within another', '^[32ma^[1mb^[22mc^[0md', 4, 'a|b|c|d', 'gGg.'],
  ['a reset without a number', '^[7ma^[mb', 3, 'a|b| ', 'b..'],
  ['a line that is too long is cut', 'abc^[32mdef', 4, 'a|b|c|d', '...g'],
  ['a wide character that is cut is blank', 'abc漢', 4, 'a|b|c| ', '....'],
  ['a wide character across a code', '漢^[32m字', 5, '漢||字|| ', '..gg.'],
  ['a mark after a code joins nobody', 'e^[32m\u0301a', 3, 'e|a| ', '.g.'],
  ['sequences that are no style move nothing', 'a^[5Cb^[2Kc^[?25ld^7e', 6, 'a|b|c|d|e| ', '......'],
  ['a sequence that has no end is shown, not obeyed', 'a^[31', 5, 'a|3|1| | ', '.....'],
])('%s', (_, line, columns, cells, styles) => {
  expect(read(line, columns)).toEqual([cells, styles]);
});
