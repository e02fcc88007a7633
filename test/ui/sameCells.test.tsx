import {describe, expect, test, vi} from 'vitest';
import type {WriterName} from '../../bench/writers.tsx';
import type {State} from '../../src/model/state.ts';
import {startAppScreen} from '../support/appScreen.ts';
import {sketch} from './fleet.ts';
import {question, states} from './states.ts';

// Before Ink is loaded: where Ink itself colours, both of its writers shall do it.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '1';
});

const sizes = [
  [30, 5],
  [40, 10],
  [60, 15],
  [80, 24],
  [120, 40],
  [200, 60],
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
