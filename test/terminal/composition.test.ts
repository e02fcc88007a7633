import {describe, expect, test} from 'vitest';
import type {Line} from '../../src/terminal/cells.ts';
import {type Composition, createComposition} from '../../src/terminal/composition.ts';
import {cellWidth, sanitize} from '../../src/terminal/text.ts';
import {cellsOf, span, stylesOf} from './rows.ts';

const GREEN = {colour: 'green'} as const;

const lines = (...texts: readonly string[]): readonly Line[] => texts.map((text) => [span(text)]);

const pictureOf = (composition: Composition) => composition.compose().map(({glyphs}) => glyphs.join(''));

type Place = {readonly x: number; readonly y: number; readonly columns: number};

/** A canvas that shows what `paint` gives, and the mark that Ink's frame has where it is. */
function canvasAt(composition: Composition, {x, y, columns}: Place, paint: () => readonly Line[]) {
  const mark = composition.newMark();
  const remove = composition.put(mark, {place: () => ({x, y}), columns, paint});
  return {mark, remove};
}

function startList(columns: number, rows: number, paint: () => readonly Line[]) {
  const composition = createComposition({columns, rows});
  const {mark, remove} = canvasAt(composition, {x: 0, y: 0, columns}, paint);
  const whole = Array.from({length: rows}, () => mark.repeat(columns));
  composition.setFrame(whole.join('\n'));
  return {composition, mark, remove, whole};
}

test('a frame of text is on the screen, in its styles; what it does not reach is blank', () => {
  const composition = createComposition({columns: 6, rows: 3});
  composition.setFrame('ab\u001b[32mcd\u001b[39m\nef');
  const rows = composition.compose();
  expect(pictureOf(composition)).toEqual(['abcd  ', 'ef    ', '      ']);
  expect(stylesOf(rows[0] ?? {glyphs: [], pens: []}, {g: GREEN})).toBe('..gg..');
});

test('what is too long or too deep for the screen is not shown', () => {
  const composition = createComposition({columns: 3, rows: 2});
  composition.setFrame('abcdef\nghi\njkl');
  expect(pictureOf(composition)).toEqual(['abc', 'ghi']);
});

test('a canvas is painted where its mark stands, as it is now, and text stays beside it', () => {
  let load = '10%';
  const composition = createComposition({columns: 8, rows: 2});
  const {mark} = canvasAt(composition, {x: 2, y: 1, columns: 4}, () => [[span(load, GREEN)]]);
  composition.setFrame(`head\n> ${mark.repeat(4)} <`);
  expect(pictureOf(composition)).toEqual(['head    ', '> 10%  <']);
  load = '9%';
  expect(pictureOf(composition)).toEqual(['head    ', '> 9%   <']);
});

test('a row that says the same is the very same row, and one that was given is never changed', () => {
  let load = '10%';
  const {composition} = startList(3, 2, () => lines('abc', load));
  const before = composition.compose();
  expect(composition.compose()).toEqual(before);
  expect(composition.compose()[1]).toBe(before[1]);
  load = '9%';
  const after = composition.compose();
  expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false]);
  expect(before.map(({glyphs}) => glyphs.join(''))).toEqual(['abc', '10%']);
});

test('a mark whose canvas is gone, or paints fewer lines, is blank', () => {
  const {composition, remove} = startList(3, 2, () => lines('abc'));
  expect(pictureOf(composition)).toEqual(['abc', '   ']);
  remove();
  expect(pictureOf(composition)).toEqual(['   ', '   ']);
});

describe('what Ink lays over a canvas', () => {
  const overlay = ([first = '', second = '', third = '']: readonly string[]) =>
    [first, `${second.slice(0, 2)}[${'ok'}]${second.slice(6)}`, third].join('\n');

  test('covers it, and around it the canvas goes on changing', () => {
    let letter = 'a';
    const {composition, whole} = startList(8, 3, () => lines(...Array.from({length: 3}, () => letter.repeat(8))));
    composition.setFrame(overlay(whole));
    expect(pictureOf(composition)).toEqual(['aaaaaaaa', 'aa[ok]aa', 'aaaaaaaa']);
    letter = 'b';
    expect(pictureOf(composition)).toEqual(['bbbbbbbb', 'bb[ok]bb', 'bbbbbbbb']);
  });

  test('gone, the canvas is whole again', () => {
    const {composition, whole} = startList(8, 3, () => lines('abcdefgh', 'ijklmnop', 'qrstuvwx'));
    composition.setFrame(overlay(whole));
    pictureOf(composition);
    composition.setFrame(whole.join('\n'));
    expect(pictureOf(composition)).toEqual(['abcdefgh', 'ijklmnop', 'qrstuvwx']);
  });
});

/** A canvas over the middle of another: columns 2 to 6. */
function withDialog(list: string, dialog: string) {
  const {composition, mark} = startList(8, 1, () => lines(list));
  const over = canvasAt(composition, {x: 2, y: 0, columns: 4}, () => lines(dialog));
  composition.setFrame(mark.repeat(2) + over.mark.repeat(4) + mark.repeat(2));
  return cellsOf(composition.compose()[0] ?? {glyphs: [], pens: []});
}

describe('a canvas over another is whole, whatever wide character it cuts', () => {
  test.each([
    ['none', 'abcdefgh', 'a|b|+|-|-|+|g|h'],
    ['at its left edge', 'a漢defgh', 'a| |+|-|-|+|g|h'],
    ['at its right edge', 'abcde漢h', 'a|b|+|-|-|+| |h'],
    ['at both', 'a漢漢漢h', 'a| |+|-|-|+| |h'],
    ['and one that only touches it', '漢cdef漢', '漢||+|-|-|+|漢|'],
  ])('%s', (_, list, cells) => {
    expect(withDialog(list, '+--+')).toBe(cells);
  });

  test('a wide character of its own at its edge too', () => {
    expect(withDialog('漢字漢字', '漢字')).toBe('漢||漢||字||字|');
    expect(withDialog('a漢漢漢h', '漢字')).toBe('a| |漢||字|| |h');
  });
});

test('a canvas that reaches over the edge of the screen is cut there', () => {
  const composition = createComposition({columns: 4, rows: 1});
  const {mark} = canvasAt(composition, {x: 1, y: 0, columns: 9}, () => lines('ab漢defgh'));
  composition.setFrame(`-${mark.repeat(9)}`);
  expect(pictureOf(composition)).toEqual(['-ab ']);
});

test('of another size: the old frame is gone, and the canvases are shown in the next one', () => {
  const {composition, mark} = startList(4, 2, () => lines('abcd', 'efgh'));
  composition.resize({columns: 6, rows: 1});
  expect(pictureOf(composition)).toEqual(['      ']);
  composition.setFrame(`${mark.repeat(4)}!`);
  expect(pictureOf(composition)).toEqual(['abcd! ']);
});

test('lines in place of a frame are shown until there is one', () => {
  const composition = createComposition({columns: 5, rows: 2});
  composition.setLines([[span('first', GREEN)], [], [span('too deep')]]);
  expect(pictureOf(composition)).toEqual(['first', '     ']);
  composition.setFrame('frame');
  expect(pictureOf(composition)).toEqual(['frame', '     ']);
});

test('marks are one cell each, nothing that passed the sanitizer has one, and 6,400 of them differ', () => {
  const {newMark} = createComposition({columns: 1, rows: 1});
  const marks = Array.from({length: 6400}, newMark);
  expect(new Set(marks).size).toBe(6400);
  for (const mark of marks) expect([cellWidth(mark), sanitize(mark).includes(mark)]).toEqual([1, false]);
  expect(newMark()).toBe(marks[0]);
});

test('a mark that is in use does not come round again', () => {
  const composition = createComposition({columns: 4, rows: 2});
  const mark = composition.newMark();
  composition.put(mark, {place: () => ({x: 0, y: 0}), columns: 4, paint: () => []});
  for (let count = 0; count < 7000; count += 1) expect(composition.newMark()).not.toBe(mark);
});
