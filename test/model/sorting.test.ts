import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {sample, T0, WALL0} from '../support/builders.ts';
import {begun, ended, frame, gone, listed, observed, opened, paged, patch, shownIds, ticks, told} from './given.ts';

const edited = (text: string, ms = 100): Event => ({type: 'filter.edited', at: T0 + ms, text});
const open: Event = {type: 'filter.opened', at: T0 + 50};
const kept: Event = {type: 'filter.kept', at: T0 + 200};
const cleared: Event = {type: 'filter.cleared', at: T0 + 300};
const three = listed(patch('a', {status: 'running'}), patch('b', {status: 'paused'}), patch('c', {status: 'running'}));

describe('the filter', () => {
  test('is applied while it is typed, to events too', () => {
    const state = told(three, open, edited('status=running'));
    expect([shownIds(state), state.filter.draft]).toEqual([['a', 'c'], 'status=running']);
    const paused = told(state, observed(5000, {id: 'a', status: 'paused'}), observed(5000, patch('d')), frame(5000));
    expect(shownIds(told(paused, {type: 'cursor.moved', at: T0 + 5100, by: 1}, frame(7200)))).toEqual(['c', 'd']);
  });

  test('keeps the row under the cursor where it is until the cursor has left it, so that no other comes under the key', () => {
    const state = told(three, open, edited('status=running'), kept);
    const paused = told(
      state,
      observed(5000, {id: 'a', status: 'paused'}),
      frame(5000),
      ...ticks(6000, 20_000),
      frame(20_000),
    );
    expect([shownIds(paused), paused.cursor]).toEqual([['a', 'c'], {id: 'a', index: 0}]);
    const left = told(paused, {type: 'cursor.moved', at: T0 + 21_000, by: 1}, frame(23_100));
    expect([shownIds(left), left.cursor]).toEqual([['c'], {id: 'c', index: 0}]);
  });

  test('takes a value that is still being typed as a beginning, and as the whole once it is kept', () => {
    const typing = told(three, open, edited('status=run'));
    expect(shownIds(typing)).toEqual(['a', 'c']);
    expect(shownIds(told(typing, kept))).toEqual([]);
    expect(shownIds(told(three, open, edited('status=run ')))).toEqual([]);
  });

  test('that cannot be read yet leaves the last good one in force', () => {
    const state = told(three, open, edited('status=running'), edited('status='));
    expect([shownIds(state), state.filter.mistake]).toEqual([['a', 'c'], expect.any(String)]);
    const done = told(state, kept);
    expect([shownIds(done), done.filter.draft, done.filter.mistake]).toEqual([['a', 'c'], undefined, undefined]);
    expect(done.notice?.text).toContain('still in force: status=running');
  });

  test('Esc in the prompt goes back to what was before it; Esc without a prompt takes the filter away', () => {
    const filtered = told(three, open, edited('status=running'), kept);
    const back = told(filtered, open, edited('status=paused'), cleared);
    expect([shownIds(back), back.filter.draft]).toEqual([['a', 'c'], undefined]);
    expect(shownIds(told(back, cleared))).toEqual(['a', 'b', 'c']);
  });

  test('the prompt begins with what is in force', () => {
    expect(told(three, open, edited('status=running'), kept, open).filter.draft).toBe('status=running');
  });

  test('the cursor stays on its sandbox, or goes to what stands there now', () => {
    const onC = told(three, {type: 'cursor.jumped', at: T0, to: 'last'});
    expect(told(onC, open, edited('status=running')).cursor).toEqual({id: 'c', index: 1});
    expect(told(onC, open, edited('status=paused')).cursor).toEqual({id: 'b', index: 0});
  });

  test('on time lets a row in as soon as its time has come', () => {
    const soon = listed(patch('a', {expiresAt: WALL0 + 603_000}), patch('b', {expiresAt: WALL0 + 3_600_000}));
    const state = told(soon, open, edited('expires<10m', 0));
    expect(shownIds(state)).toEqual([]);
    expect(shownIds(told(state, ...ticks(1000, 3000), frame(3000)))).toEqual([]);
    expect(shownIds(told(state, ...ticks(1000, 4000), frame(4000)))).toEqual(['a']);
  });
});

describe('what time alone moves', () => {
  test('a row that falls silent leaves the sorted for those without a sample', () => {
    const busy: readonly Event[] = [
      {type: 'metrics.opened', at: T0, id: 'c'},
      {type: 'metrics.sampled', id: 'c', sample: sample({at: T0, cpuPercent: 90})},
      {type: 'sort.chosen', at: T0 - 60_000, column: 'cpu'},
    ];
    const state = told(three, ...busy, frame(0));
    expect(shownIds(state)).toEqual(['c', 'a', 'b']);
    expect(shownIds(told(state, ...ticks(1000, 29_000), frame(29_000)))).toEqual(['c', 'a', 'b']);
    expect(shownIds(told(state, ...ticks(1000, 31_000), frame(31_000)))).toEqual(['a', 'b', 'c']);
  });

  test('an age of the dead stands still, until the clock of the server is known better', () => {
    const born = listed(patch('a', {createdAt: WALL0 - 59_000}), patch('b', {createdAt: WALL0 - 5_000}));
    const state = told(born, open, edited('age<1m'), kept, gone(500, 'a'), frame(500));
    expect(shownIds(told(state, ...ticks(1000, 9000), frame(9000)))).toEqual(['a', 'b']);
    const moved: Event = {type: 'cursor.jumped', at: T0 + 1000, to: 'last'};
    const dated: Event = {type: 'server.dated', at: T0 + 2000, skewMs: 3000};
    expect(shownIds(told(state, moved, dated, frame(9000)))).toEqual(['b']);
  });
});

describe('the sort', () => {
  const rows = [
    patch('a', {region: 'x', createdAt: 30}),
    patch('b', {region: 'z', createdAt: 10}),
    patch('c', {region: 'y', createdAt: 20}),
  ];
  const chosen = (column: 'region' | 'cpu' | 'id', descending?: boolean): Event => ({
    type: 'sort.chosen',
    at: T0,
    column,
    ...(descending === undefined ? {} : {descending}),
  });
  const state = told(listed(...rows), {type: 'cursor.moved', at: T0, by: 1});

  test('by a column, in its own direction first, and inverted', () => {
    const byRegion = told(state, chosen('region'));
    expect(shownIds(byRegion)).toEqual(['a', 'c', 'b']);
    expect(shownIds(told(byRegion, {type: 'sort.inverted', at: T0}))).toEqual(['b', 'c', 'a']);
    expect(told(state, chosen('cpu')).sort).toEqual({column: 'cpu', descending: true});
    expect(shownIds(told(state, chosen('region', true)))).toEqual(['b', 'c', 'a']);
  });

  test('keeps the cursor on its sandbox', () => {
    expect(told(state, chosen('region')).cursor).toEqual({id: 'b', index: 2});
  });

  test('steps from column to column, round the ends', () => {
    const step = (by: -1 | 1): Event => ({type: 'sort.stepped', at: T0, by});
    expect(told(state, step(1)).sort.column).toBe('status');
    expect(told(state, step(-1)).sort.column).toBe('node');
    expect(told(state, step(-1), step(1)).sort).toEqual({column: 'id', descending: false});
  });
});

describe('when rows change places', () => {
  const byStatus = told(listed(patch('a', {status: 'paused'}), patch('b', {status: 'running'})), {
    type: 'sort.chosen',
    at: T0 - 60_000,
    column: 'status',
  });
  const swap = observed(10_000, {id: 'a', status: 'stopped'});

  test('with the next frame, not before', () => {
    const changed = told(byStatus, swap);
    expect(shownIds(changed)).toEqual(['a', 'b']);
    expect(shownIds(told(changed, frame(10_010)))).toEqual(['b', 'a']);
  });

  test('not within two seconds of a key', () => {
    const busy = told(byStatus, {type: 'cursor.moved', at: T0 + 9000, by: 1}, swap, frame(10_010));
    expect(shownIds(busy)).toEqual(['a', 'b']);
    expect(shownIds(told(busy, frame(10_999)))).toEqual(['a', 'b']);
    expect(shownIds(told(busy, frame(11_000)))).toEqual(['b', 'a']);
  });

  test('but who comes and who goes does so at once', () => {
    const filtered = told(byStatus, open, edited('status!=stopped'), kept);
    const busy = told(
      filtered,
      {type: 'cursor.moved', at: T0 + 9900, by: 1},
      swap,
      observed(10_000, patch('c')),
      frame(10_010),
    );
    expect(shownIds(busy)).toEqual(['b', 'c']);
  });

  test('a frame in which nothing changed gives the same state', () => {
    expect(told(byStatus, frame(10_000))).toBe(byStatus);
    const settled = told(byStatus, swap, frame(10_000));
    expect(told(settled, frame(20_000))).toBe(settled);
  });
});

test('a filter from the command line holds from the first page on', () => {
  const filter = told(begun(), open, edited('status=paused')).filter.active;
  const state = told(
    begun({filter}),
    opened(0),
    paged(0, 1, [patch('a'), patch('b', {status: 'paused'})]),
    ended(0, 1),
    frame(0),
  );
  expect([shownIds(state), state.live]).toEqual([['b'], 2]);
});
