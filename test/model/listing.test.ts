import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {T0} from '../support/builders.ts';
import {
  begun,
  ended,
  failure,
  gone,
  listed,
  logLines,
  observed,
  opened,
  paged,
  patch,
  play,
  statusOf,
  tick,
  ticks,
  told,
} from './given.ts';

const refresh = (ms: number): Event => ({type: 'refresh.asked', at: T0 + ms});
const failed = (ms: number, run: number, over = {}): Event => ({
  type: 'list.failed',
  at: T0 + ms,
  run,
  failure: failure(over),
});
const cut = (ms: number, run: number, reason?: string): Event => ({
  type: 'list.ended',
  at: T0 + ms,
  run,
  complete: false,
  ...(reason === undefined ? {} : {reason}),
});
const checksOf = (effects: readonly {do: string; id?: string}[]) =>
  effects.flatMap((effect) => (effect.do === 'read' ? [effect.id] : []));
const fleet = (count: number) => Array.from({length: count}, (_, index) => patch(`sb_${index}`));

describe('what is missing from the list', () => {
  test('is asked for by id, and stays until the server says 404', () => {
    const missed = play(
      listed(patch('a'), patch('b')),
      refresh(60_000),
      paged(60_100, 2, [patch('a')]),
      ended(60_200, 2),
    );
    expect(missed.effects).toEqual([
      {do: 'list', run: 2},
      {do: 'read', id: 'b', priority: 'check'},
    ]);
    expect(statusOf(missed.state, 'b')).toBe('running');
    expect(statusOf(told(missed.state, gone(60_500, 'b', {via: 'read', asOf: 60_300})), 'b')).toBe('† vanished');
    expect(statusOf(told(missed.state, observed(60_500, patch('b'), {via: 'read', asOf: 60_300})), 'b')).toBe(
      'running',
    );
  });

  test('is not suspect if it was seen after the reading had begun', () => {
    const {effects} = play(
      listed(),
      refresh(1000),
      paged(1200, 2, [], 1000),
      observed(1300, patch('new')),
      ended(1400, 2),
    );
    expect(checksOf(effects)).toEqual([]);
  });

  test('is asked for six at a time, as answers come in', () => {
    const missing = play(listed(...fleet(20)), refresh(1000), paged(1000, 2, []), ended(1000, 2));
    expect(checksOf(missing.effects)).toHaveLength(6);
    const [first] = checksOf(missing.effects);
    expect(checksOf(play(missing.state, gone(1100, first ?? '', {via: 'read'})).effects)).toHaveLength(1);
    expect(checksOf(play(missing.state, tick(2000)).effects)).toEqual([]);
  });

  test('a later list that shows it ends the doubt', () => {
    const missing = told(listed(...fleet(9)), refresh(1000), paged(1000, 2, []), ended(1000, 2));
    expect(missing.suspects.size).toBe(9);
    const shown = told(missing, refresh(2000), paged(2000, 3, fleet(9)), ended(2000, 3));
    expect([shown.suspects.size, shown.checking]).toEqual([0, 0]);
  });

  test('a check that fails leaves the row, and makes room for the next', () => {
    const missing = told(listed(...fleet(7)), refresh(1000), paged(1000, 2, []), ended(1000, 2));
    const [first] = missing.suspects.keys();
    const {state, effects} = play(missing, {type: 'read.failed', at: T0 + 1100, id: first ?? '', failure: failure()});
    expect(statusOf(state, first ?? '')).toBe('running');
    expect([checksOf(effects).length, state.checking, state.suspects.size]).toEqual([1, 6, 6]);
  });

  test('nothing is missing from a list that was cut', () => {
    const {state, effects} = play(
      listed(patch('a'), patch('b')),
      refresh(1000),
      paged(1000, 2, [patch('a')]),
      cut(1100, 2, 'no cursor'),
    );
    expect([checksOf(effects), state.listing.phase, state.listing.reason]).toEqual([[], 'partial', 'no cursor']);
  });

  test('nor from one that failed half-way', () => {
    const {state, effects} = play(
      listed(patch('a'), patch('b')),
      refresh(1000),
      paged(1000, 2, [patch('a')]),
      failed(1100, 2),
    );
    expect([checksOf(effects), state.listing.phase, state.live]).toEqual([[], 'failed', 2]);
  });

  test('of two snapshots in one chunk the later decides who is there', () => {
    const snapshot = (...ids: readonly string[]): Event => ({
      type: 'snapshot.observed',
      at: T0 + 5000,
      asOf: T0 + 5000,
      patches: ids.map((id) => patch(id)),
    });
    expect(checksOf(play(listed(patch('a')), snapshot('a', 'b'), snapshot('a')).effects)).toEqual(['b']);
  });

  test('a snapshot counts as a complete list', () => {
    const snapshot: Event = {
      type: 'snapshot.observed',
      at: T0 + 5000,
      asOf: T0 + 5000,
      patches: [patch('a', {status: 'paused'})],
    };
    const {state, effects} = play(listed(patch('a'), patch('b')), snapshot);
    expect([statusOf(state, 'a'), checksOf(effects)]).toEqual(['paused', ['b']]);
    expect(logLines(state)).toEqual(['snapshot | paused | a | running -> paused']);
  });
});

test('a cut list is told once, not at every reading', () => {
  const state = told(listed(), refresh(1000), cut(1000, 2), refresh(2000), cut(2000, 3));
  expect(logLines(state)).toEqual(['client | list | the list is not whole: the server cut it; rows may be missing']);
});

describe('when the list is read', () => {
  test('never twice at a time: asked for meanwhile, another follows', () => {
    const {state, effects} = play(begun(), opened(0), refresh(100), refresh(200));
    expect(effects).toEqual([{do: 'list', run: 1}]);
    expect(play(state, paged(300, 1, []), ended(300, 1)).effects).toEqual([{do: 'list', run: 2}]);
  });

  test('again after a minute while live, seldomer when it costs much of the limit', () => {
    expect(listed().listing.nextAt).toBe(T0 + 60_000);
    expect(play(listed(), ...ticks(1000, 60_000)).effects).toEqual([{do: 'list', run: 2}]);
    const budget = {limit: 100, remaining: 50, resetAt: T0 + 60_000};
    const pages = Array.from({length: 50}, () => paged(0, 1, []));
    const big = told(begun(), {type: 'budget.changed', at: T0, budget}, opened(0), ...pages, ended(0, 1));
    expect(big.listing.nextAt).toBe(T0 + 120_000);
  });

  test.each([
    [0, undefined, 1000],
    [1, undefined, 2000],
    [4, undefined, 16_000],
    [9, undefined, 30_000],
    [0, 7000, 7000],
    [0, 0, 1000],
    [0, 10 ** 9, 900_000],
  ])('after %i failures and a server that asks for %s ms it waits %i ms', (failures, retryAfterMs, pause) => {
    const reading = told(begun(), opened(0));
    const state = told({...reading, listing: {...reading.listing, failures}}, failed(0, 1, {retryAfterMs}));
    expect(state.listing.nextAt).toBe(T0 + pause);
  });

  test('the same failure is told once; the end of it begins the count anew', () => {
    const state = told(
      begun(),
      opened(0),
      failed(0, 1),
      tick(1000),
      failed(1000, 2),
      ...ticks(2000, 3000),
      failed(3100, 3),
    );
    expect(state.listing.failures).toBe(3);
    expect(logLines(state)).toEqual(['client | list | list not read: the server has an error']);
    const healed = told(state, ...ticks(4000, 8000), ended(8000, 4));
    expect([healed.listing.failures, healed.link.phase]).toEqual([0, 'live']);
  });

  test('after a row came or went between two pages it is read again, four times at the most', () => {
    let state = told(begun(), opened(0));
    const runs: number[] = [];
    for (let run = 1; run <= 6; run += 1) {
      const disturbed = play(
        state,
        paged(run * 100, run, []),
        gone(run * 100 + 1, `x${run}`),
        paged(run * 100 + 2, run, []),
        ended(run * 100 + 3, run),
      );
      state = disturbed.state;
      for (const effect of disturbed.effects) if (effect.do === 'list') runs.push(effect.run);
      if (state.listing.phase !== 'reading') break;
    }
    expect(runs).toEqual([2, 3, 4, 5]);
  });

  test('one page is one answer: nothing can be skipped in it', () => {
    expect(play(begun(), opened(0), gone(1, 'x'), paged(2, 1, []), ended(3, 1)).effects).toEqual([
      {do: 'list', run: 1},
    ]);
  });

  test('a hint without an id makes it due soon, and many hints make it due once', () => {
    const hint = (ms: number): Event => ({type: 'hint.received', at: T0 + ms, verb: 'changed'});
    const {effects} = play(
      listed(),
      ...ticks(1000, 10_000),
      hint(10_000),
      hint(10_100),
      hint(10_200),
      ...ticks(11_000, 14_000),
    );
    expect(effects).toEqual([{do: 'list', run: 2}]);
  });

  test('hints while it is read do not make one reading follow the other', () => {
    const hint: Event = {type: 'hint.received', at: T0 + 500, verb: 'changed'};
    const read = play(told(begun(), opened(0)), hint, tick(1000), paged(1200, 1, []), ended(1200, 1));
    expect(read.effects).toEqual([]);
    expect(read.state.listing.nextAt).toBe(T0 + 6200);
  });

  test('rows in it that nobody can read do not make it be read again', () => {
    const odd: Event = {type: 'event.unread', at: T0 + 500, name: 'list row', excerpt: '1 without a usable id'};
    const read = told(begun(), opened(0), paged(500, 1, []), odd, ended(1200, 1));
    expect(read.listing.nextAt).toBe(T0 + 61_200);
  });

  test('a page that comes after its reading was given up still tells what it tells', () => {
    const state = told(
      listed(patch('a')),
      refresh(1000),
      failed(2000, 2),
      paged(2500, 2, [patch('a', {status: 'paused'})], 1500),
    );
    expect([statusOf(state, 'a'), state.listing.pages]).toEqual(['paused', 0]);
  });
});
