import {describe, expect, test, vi} from 'vitest';
import {fleetState} from '../../bench/fleet.ts';
import type {WriterName} from '../../bench/writers.tsx';
import type {State} from '../../src/model/state.ts';
import {startAppScreen} from '../support/appScreen.ts';
import {bytesOf} from '../support/keys.ts';
import {sketch} from './fleet.ts';
import {question, states} from './states.ts';

// Before Ink is loaded: where Ink itself colours, both of its writers shall do it.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

/** Wide screens are looked at after each key. */
const sizes = [
  [40, 10],
  [80, 24],
] as const;

const withHostileNames = states.hostile ?? sketch();

const shown: Readonly<Record<string, State>> = {
  ...states,
  'help, second page': sketch({overlay: {kind: 'help', index: 1}}),
  'help, last page': sketch({overlay: {kind: 'help', index: 9}}),
  'sort menu over wide names': {...withHostileNames, overlay: {kind: 'sort', index: 0}},
  'question over wide names': {...withHostileNames, dialog: question},
  'help over wide names': {...withHostileNames, overlay: {kind: 'help', index: 0}},
  'detail of a wide name': {...withHostileNames, detailOpen: true},
};

async function seenWith(writer: WriterName, state: State, size: {readonly columns: number; readonly rows: number}) {
  using app = await startAppScreen(state, size, writer);
  return {cells: app.seen(), lines: app.lines()};
}

describe.each(sizes)("painted cells and Ink's own text are the same at %ix%i", (columns, rows) => {
  test.each(Object.entries(shown))('%s', async (_, state) => {
    const grid = await seenWith('grid', state, {columns, rows});
    const ink = await seenWith('ink', state, {columns, rows});
    expect(grid.lines.join('').trim()).not.toBe('');
    expect(grid.lines).toEqual(ink.lines);
    expect(grid.cells).toEqual(ink.cells);
  });
});

const keys =
  'j j G k pageUp enter j escape / p y 3 enter escape o j enter ? pageDown escape D . . . . escape 4 j escape > I g'.split(
    ' ',
  );

test.each([
  [60, 15],
  [80, 24],
  [160, 48],
])('and after each key at %ix%i', async (columns, rows) => {
  using grid = await startAppScreen(fleetState(200), {columns, rows}, 'grid');
  using ink = await startAppScreen(fleetState(200), {columns, rows}, 'ink');
  for (const key of keys) {
    await grid.type(bytesOf(key));
    await ink.type(bytesOf(key));
    expect(grid.lines(), key).toEqual(ink.lines());
    expect(grid.seen(), key).toEqual(ink.seen());
  }
});

test('and after each of many sizes, with a question open', async () => {
  using grid = await startAppScreen(sketch({dialog: question}), {columns: 80, rows: 24}, 'grid');
  for (const [columns, rows] of [
    ...sizes,
    [120, 40],
    [41, 11],
    [1, 1],
    [33, 70],
    [200, 60],
    [110, 30],
    [80, 24],
  ] as const) {
    await grid.resize({columns, rows});
    const fresh = await seenWith('ink', sketch({dialog: question}), {columns, rows});
    expect(grid.lines()).toEqual(fresh.lines);
    expect(grid.seen()).toEqual(fresh.cells);
  }
});
