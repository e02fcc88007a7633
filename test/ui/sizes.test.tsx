import fc from 'fast-check';
import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import {selectCursorView} from '../../src/model/select.ts';
import type {State} from '../../src/model/state.ts';
import type {Line} from '../../src/terminal/cells.ts';
import {cellWidth} from '../../src/terminal/text.ts';
import {paintDetail, paintPreview} from '../../src/ui/detail.ts';
import {paintDialog} from '../../src/ui/dialog.ts';
import {paintEvents} from '../../src/ui/events.ts';
import {paintFooter} from '../../src/ui/footer.ts';
import {paintHeader} from '../../src/ui/header.ts';
import {paintListTitle} from '../../src/ui/listTitle.ts';
import {lineWidth} from '../../src/ui/paint.ts';
import {paintDetailPane, paintEventsPane, paintListPane, paintPreviewPane} from '../../src/ui/panes.ts';
import {regions, shownOf} from '../../src/ui/regions.ts';
import {paintNextExpiring, paintOneLine} from '../../src/ui/small.ts';
import {paintSortMenu} from '../../src/ui/sortMenu.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {sketch, wave} from './fleet.ts';
import {show, sized} from './show.tsx';
import {names, question, states} from './states.ts';

const theme = createTheme({colour: true});

const anyState = fc.constantFrom(...Object.keys(states));
const anySize = fc.record({columns: fc.integer({min: 1, max: 200}), rows: fc.integer({min: 1, max: 60})});

test('every size has a screen of exactly its rows, and no line is wider than the terminal', () => {
  fc.assert(
    fc.property(anyState, anySize, (name, {columns, rows}) => {
      const lines = show(states[name] ?? sketch(), columns, rows).split('\n');
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
    }),
    {numRuns: 40},
  );
}, 30_000);

test.each(Object.keys(states))('1x1 does not crash: %s', (name) => {
  expect(show(states[name] ?? sketch(), 1, 1).split('\n')).toHaveLength(1);
});

/** Each painter and the cells its lines must take. */
const painters: Readonly<Record<string, (state: State, columns: number, rows: number) => readonly Line[]>> = {
  header: (state, width) => paintHeader(state, {width, theme}),
  'list title': (state, width) => [paintListTitle(state, {width, theme})],
  footer: (state, width) => [paintFooter(state, {width, theme})],
  detail: (state, width, height) => paintDetail(selectCursorView(state), state, height, {width, theme}),
  preview: (state, width) => paintPreview(selectCursorView(state), state, {width, theme}),
  events: (state, width, height) => paintEvents(state, height, {width, theme}),
  'next to expire': (state, width, height) => paintNextExpiring(state, height, {width, theme}),
  'one line': (state, width) => [paintOneLine(state, {width, theme})],
};

describe.each(Object.entries(painters))('%s', (_, paint) => {
  test('paints lines of exactly the width it is given', () => {
    fc.assert(
      fc.property(anyState, anySize, (name, {columns, rows}) => {
        const state = sized(states[name] ?? sketch(), columns, rows);
        for (const line of paint(state, columns, rows)) expect(lineWidth(line)).toBe(columns);
      }),
      {numRuns: 60},
    );
  });
});

test('the panes fill what the regions give them, to the cell', () => {
  fc.assert(
    fc.property(anyState, anySize, (name, {columns, rows}) => {
      const state = sized(states[name] ?? sketch(), columns, rows);
      const place = regions(columns, rows, shownOf(state));
      if (place.kind !== 'list' && place.kind !== 'detail') return;
      const list = paintListPane(state, place, theme);
      if (place.kind === 'list') {
        expect(list).toHaveLength(place.list.rows);
        for (const line of list) expect(lineWidth(line)).toBe(place.list.columns);
        const used = list.length + place.headerRows + place.footerRows + place.previewRows + (place.events?.rows ?? 0);
        expect(used).toBe(rows);
      }
      const detail = paintDetailPane(state, place, theme);
      expect(detail).toHaveLength(place.detail?.rows ?? 0);
      for (const line of detail) expect(lineWidth(line)).toBe(place.detail?.columns);
      expect(paintPreviewPane(state, place, theme)).toHaveLength(place.previewRows);
      expect(paintEventsPane(state, place, theme)).toHaveLength(place.events?.rows ?? 0);
    }),
    {numRuns: 150},
  );
});

test('a question and a menu are no larger than the screen and have straight edges', () => {
  fc.assert(
    fc.property(anySize, (screen) => {
      for (const lines of [
        paintDialog(states.question ?? sketch(), question, screen, theme),
        paintSortMenu(states['sort menu'] ?? sketch(), screen, theme),
      ]) {
        expect(lines.length).toBeLessThanOrEqual(screen.rows);
        expect(new Set(lines.map(lineWidth)).size).toBe(1);
        expect(lineWidth(lines[0] ?? [])).toBeLessThanOrEqual(screen.columns);
      }
    }),
  );
});

test('the list has as many rows as the regions say, whatever covers it', () => {
  expect(regions(80, 24, 'list').listRows).toBe(12);
  expect(regions(80, 24, 'detail').listRows).toBe(12);
  expect(regions(60, 15, 'list')).toMatchObject({kind: 'list', listRows: 10, previewRows: 0});
  expect(regions(59, 15, 'list').kind).toBe('counts');
  expect(regions(40, 10, 'list').kind).toBe('counts');
  expect(regions(39, 10, 'list').kind).toBe('line');
  expect(regions(110, 30, 'list')).toMatchObject({framed: true, events: undefined});
  expect(regions(150, 40, 'list').events).toBeDefined();
});

test('wide and hostile names keep the columns under one another', () => {
  const state = sized(states.hostile ?? sketch(), 80, 24);
  const rows = paintListPane(state, regions(80, 24, 'list'), theme).slice(2, 2 + names.length);
  const others = rows.filter(([first]) => !first?.text.startsWith('>'));
  const columnsAt = others.map((line) => line.map((_, index) => lineWidth(line.slice(0, index))).join(' '));
  expect(others).toHaveLength(names.length - 1);
  expect(new Set(columnsAt).size).toBe(1);
});

test('a sample that comes in changes no width', () => {
  const before = show(sketch({metrics: ImmutableMap()}), 80, 24).split('\n')[4];
  const after = show(sketch({metrics: ImmutableMap({sb_9f3a71c204: wave()})}), 80, 24).split('\n')[4];
  expect(cellWidth(before ?? '')).toBe(cellWidth(after ?? ''));
});
