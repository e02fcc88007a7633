import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';

import {
  selectColumns,
  selectCounts,
  selectCursorView,
  selectExpiringSoon,
  selectNextExpiring,
  selectSampled,
  selectWindow,
  viewOf,
} from '../../src/model/select.ts';
import {closeSeries, openSeries, type Series, withSample} from '../../src/model/series.ts';
import {act, fleet, MINUTE, SECOND, sample, state, T0, WALL0} from '../support/builders.ts';

const ids = (from: ReturnType<typeof selectWindow>) => from.map((view) => view.row.sandbox.id);
const numbered = (count: number) => Array.from({length: count}, (_, index) => ({id: `sb_${index}`}));
const screen = (listRows: number) => ({columns: 80, rows: 24, listRows});
const cursorOn = (id: string) => ({cursor: {id, index: 0}});

const open = openSeries(T0 - MINUTE);
const sampledAt = (at: number, over: Parameters<typeof sample>[0] = {cpuPercent: 7}) =>
  withSample(open, sample({...over, at}));
const metrics = (series: {readonly [id: string]: Series}) => ({metrics: ImmutableMap(Object.entries(series))});

const pausing = act({id: 'sb_1'});

describe('the window', () => {
  test('holds the lines on the screen, no more', () => {
    const state = fleet(numbered(10_000), {top: 4000, screen: screen(3)});
    expect(ids(selectWindow(state))).toEqual(['sb_4000', 'sb_4001', 'sb_4002']);
    expect(selectWindow({...state, top: 9999})).toHaveLength(1);
    expect(selectWindow({...state, top: 0, screen: screen(0)})).toEqual([]);
  });

  test('looks at the visible rows only, whatever the size of the fleet', () => {
    const looks = (size: number) => {
      const state = fleet(numbered(size), {top: size / 2, screen: screen(20)});
      let looked = 0;
      const rows = new Proxy(state.rows, {
        get(target, name) {
          looked += 1;
          const member = Reflect.get(target, name);
          return typeof member === 'function' ? member.bind(target) : member;
        },
      });
      selectWindow({...state, rows});
      return looked;
    };
    expect(looks(10_000)).toBe(looks(100));
  });

  test('tells the time of the server', () => {
    const line = viewOf(fleet(numbered(1), {skewMs: 3000}), 'sb_0');
    expect(line).toMatchObject({now: T0, wall: WALL0, serverNow: WALL0 + 3000});
  });
});

test('the cursor is on a sandbox, or on nothing', () => {
  expect(selectCursorView(fleet(numbered(3), cursorOn('sb_2')))?.row.sandbox.id).toBe('sb_2');
  expect(selectCursorView(fleet(numbered(3)))).toBeUndefined();
  expect(selectCursorView(fleet(numbered(3), cursorOn('left')))).toBeUndefined();
});

describe('a line', () => {
  const sampling = (series: Series) => viewOf(fleet(numbered(1), metrics({sb_0: series})), 'sb_0');

  test('is not sampled, waits for its first sample, is sampled', () => {
    expect(viewOf(fleet(numbered(1)), 'sb_0')).toMatchObject({sampling: 'none', sample: undefined, bucket: undefined});
    expect(sampling(open)).toMatchObject({sampling: 'waiting', sample: undefined});
    expect(sampling(sampledAt(T0))).toMatchObject({
      sampling: 'sampled',
      sample: {cpuPercent: 7},
      bucket: {cpuPercent: 7},
    });
  });

  test('keeps its sample ten seconds after the stream was closed', () => {
    expect(sampling(closeSeries(sampledAt(T0 - 10 * SECOND), T0))).toMatchObject({sampling: 'sampled'});
    expect(sampling(closeSeries(sampledAt(T0 - 11 * SECOND), T0))).toMatchObject({sampling: 'none', sample: undefined});
    expect(sampling(closeSeries(open, T0))).toMatchObject({sampling: 'none'});
  });

  test('says what is under way', () => {
    const acts = ImmutableMap({sb_1: pausing});
    expect(viewOf(fleet(numbered(2), {acts}), 'sb_1')?.act).toBe(pausing);
    expect(viewOf(fleet(numbered(2), {acts}), 'sb_0')?.act).toBeUndefined();
  });
});

test('counts name the usual statuses first, zeros too, then the odd ones, most frequent first', () => {
  const counts = ImmutableMap({zombie: 2, paused: 3, running: 861, hibernating: 9, archived: 2, lost: 0});
  expect(selectCounts(state({counts})).map(({status, count}) => `${status} ${count}`)).toEqual([
    'running 861',
    'creating 0',
    'paused 3',
    'stopped 0',
    'error 0',
    'hibernating 9',
    'archived 2',
    'zombie 2',
  ]);
});

test('sampled are the open streams that have told something', () => {
  const series = {sb_0: sampledAt(T0), sb_1: open, sb_2: closeSeries(sampledAt(T0), T0)};
  expect(selectSampled(state({...metrics(series), counts: ImmutableMap({running: 861})}))).toEqual({
    sampled: 1,
    running: 861,
  });
});

test('an open stream that has told nothing for half a minute is waited for, and its old number is not shown as now', () => {
  const silent = {...metrics({sb_0: sampledAt(T0 - 31 * SECOND)}), counts: ImmutableMap({running: 1})};
  const shown = viewOf(fleet(numbered(1), silent), 'sb_0');
  expect([shown?.sampling, shown?.sample]).toEqual(['waiting', undefined]);
  expect(selectSampled(state(silent)).sampled).toBe(0);
  const slow = metrics({sb_0: withSample(sampledAt(T0 - 50 * SECOND), sample({cpuPercent: 7, at: T0 - 31 * SECOND}))});
  expect(viewOf(fleet(numbered(1), slow), 'sb_0')?.sampling).toBe('waiting');
});

describe('what expires next', () => {
  const soon = fleet([
    {id: 'later', expiresAt: WALL0 + 20 * MINUTE},
    {id: 'never', expiresAt: null},
    {id: 'now', expiresAt: WALL0 + MINUTE},
    {id: 'untold', expiresAt: undefined},
    {id: 'then', expiresAt: WALL0 + 9 * MINUTE},
  ]);

  test('comes soonest first', () => {
    expect(ids(selectNextExpiring(soon, 2))).toEqual(['now', 'then']);
    expect(ids(selectNextExpiring(soon, 9))).toEqual(['now', 'then', 'later']);
  });

  test('is counted on the clock of the server', () => {
    expect(selectExpiringSoon(soon, 10 * MINUTE)).toBe(2);
    expect(selectExpiringSoon({...soon, skewMs: 11 * MINUTE}, 10 * MINUTE)).toBe(3);
  });
});

describe('the columns worth a place', () => {
  const headers = (series: {readonly [id: string]: Series}) =>
    selectColumns(state(metrics(series)))
      .map(({header}) => header)
      .filter((header) => ['CPU', 'MEM', 'EXEC'].includes(header))
      .join(' ');

  test('are CPU and memory until a server is known to send neither', () => {
    expect(headers({})).toBe('CPU MEM');
    expect(headers({a: open})).toBe('CPU MEM');
    expect(headers({a: sampledAt(T0, {totalExecutions: 4})})).toBe('EXEC');
    expect(headers({a: sampledAt(T0, {totalExecutions: 4}), b: sampledAt(T0, {memoryPercent: 4})})).toBe('CPU MEM');
  });
});
