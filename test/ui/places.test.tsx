import {expect, test} from 'vitest';
import {columns} from '../../src/model/columns.ts';
import {regions} from '../../src/ui/regions.ts';
import {sketch} from './fleet.ts';
import {show} from './show.tsx';

const eventLines = (picture: string) =>
  picture.split('\n').filter((line) => /^│? \d\d:\d\d:\d\d (?:you| {3}) [a-z]/.test(line)).length;

test.each([
  [24, 3],
  [23, 2],
  [22, 2],
  [21, 1],
  [20, 1],
])('at 80x%i the preview is there, and %i events', (rows, events) => {
  const picture = show(sketch(), 80, rows);
  expect(picture).toMatch(/^ CPU .*MEM /m);
  expect(eventLines(picture)).toBe(events);
  expect(regions(80, rows, 'list').list.rows).toBeGreaterThanOrEqual(rows / 2);
});

test.each([
  [110, 30],
  [120, 40],
  [149, 60],
])('at %ix%i the foot of the list has the newest three events', (columns, rows) => {
  expect(eventLines(show(sketch(), columns, rows))).toBe(3);
});

test('with a pane of their own the events are not told twice', () => {
  expect(show(sketch(), 160, 48).match(/14:02:07/g)).toHaveLength(1);
});

test('the last column does not touch the border', () => {
  const lines = show(sketch(), 160, 48).split('\n').slice(4, 14);
  for (const line of lines) expect(line.slice(0, 98)).toMatch(/^│.* │$/);
});

test.each([
  [80, 24],
  [160, 48],
])('at %ix%i no line of the sort menu is cut', (width, rows) => {
  const picture = show(sketch({overlay: {kind: 'sort', index: 0}}), width, rows);
  const menu = picture.split('\n').filter((line) => columns.some(({header}) => line.includes(` ${header} `)));
  expect(menu.length).toBeGreaterThanOrEqual(columns.length);
  expect(picture.match(/│[> ] [↑↓ ] [^│]*…[^│]*│/g)).toBeNull();
});
