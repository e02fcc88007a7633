import {expect, test} from 'vitest';
import {initialState} from '../../src/model/initial.ts';
import type {Line} from '../../src/terminal/cells.ts';
import {paintFirstFrame} from '../../src/ui/firstFrame.ts';
import {regions} from '../../src/ui/regions.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {show, sized} from './show.tsx';

const session = {profile: 'prod', keyId: 'hopx_live_9f2c', readonly: true, demo: false, metricsLimit: 24};

const start = (host: string) => initialState({session: {...session, host}, now: 0, wall: 0});

const textOf = (line: Line) => line.map(({text}) => text).join('');

const SPINNER = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/;

/** Lines with trailing blanks cut, which Ink does not draw. */
const trimmed = (lines: readonly string[]) => lines.map((line) => line.replace(SPINNER, ' ').trimEnd());

test.each([
  [160, 48],
  [120, 40],
  [80, 24],
  [60, 15],
  [40, 10],
  [30, 5],
])('at %dx%d the first frame is what Ink shows a moment later, but for the spinner', (columns, rows) => {
  const theme = createTheme({colour: false});
  const state = sized(start('api.hopx.dev'), columns, rows);
  const first = paintFirstFrame(state, regions(columns, rows, 'list'), theme).map(textOf);
  const later = show(state, columns, rows).split('\n');
  expect(trimmed(first)).toEqual(trimmed(later).slice(0, first.length));
  expect(trimmed(later).slice(first.length).join('')).toBe('');
});

test('a demo that has no address yet says what it waits for', () => {
  const lines = paintFirstFrame(sized(start(''), 80, 24), regions(80, 24, 'list'), createTheme({colour: false}));
  expect(lines.map(textOf).join('\n')).toContain('Starting the simulated fleet');
});
