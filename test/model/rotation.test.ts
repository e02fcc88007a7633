import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {selectWantedMetrics} from '../../src/model/wanted.ts';
import {sample, T0} from '../support/builders.ts';
import {begun, ended, frame, opened, paged, patch, play, session, tick, ticks, told} from './given.ts';

const ids = Array.from({length: 100}, (_, index) => `sb_${String(index).padStart(2, '0')}`);
const byCpu = {column: 'cpu', descending: true} as const;

const fleetOf = (metricsLimit: number, over: Parameters<typeof begun>[0] = {}): State =>
  told(
    begun({session: {...session, metricsLimit}, sort: byCpu, screen: {columns: 80, rows: 24, listRows: 4}, ...over}),
    opened(0),
    paged(
      0,
      1,
      ids.map((id) => patch(id)),
    ),
    ended(0, 1),
    frame(0),
  );

const turnOf = (state: State): readonly string[] => state.rotation?.ids ?? [];

/** A stream for each, and a sample a second later. */
const sampled = (ms: number, turn: readonly string[]): readonly Event[] =>
  turn.flatMap((id): readonly Event[] => [
    {type: 'metrics.opened', at: T0 + ms, id},
    {type: 'metrics.sampled', id, sample: sample({at: T0 + ms + 1000, cpuPercent: 5})},
  ]);

describe('sorted by a load, those that nobody looks at are sampled in turns', () => {
  test('an eighth of the streams, behind what is looked at', () => {
    const state = told(fleetOf(16), tick(1000));
    const wanted = selectWantedMetrics(state);
    expect(wanted.slice(0, 4)).toEqual(['sb_00', 'sb_01', 'sb_02', 'sb_03']);
    expect(wanted.slice(4).filter((id) => !wanted.slice(0, 4).includes(id)).length).toBeLessThanOrEqual(2);
    expect(turnOf(state)).toHaveLength(2);
  });

  test('each for 15 s, and all before the first again', () => {
    let state = told(fleetOf(16), tick(1000));
    const turns: string[] = [];
    for (let at = 1000; turns.length < 100; at += 15_000) {
      const turn = turnOf(state);
      turns.push(...turn);
      const closed = turn.map((id): Event => ({type: 'metrics.closed', at: T0 + at + 14_500, id, reason: ''}));
      state = told(
        state,
        {type: 'stream.heard', at: T0 + at},
        ...sampled(at, turn),
        ...ticks(at + 1000, at + 14_000),
        ...closed,
        tick(at + 15_000),
      );
    }
    expect(turns.toSorted()).toEqual(ids);
  });

  test('a turn whose streams the budget holds back lasts a minute at the most', () => {
    const state = told(fleetOf(16), tick(1000));
    const held = told(state, ...ticks(2000, 60_000));
    expect(turnOf(held)).toEqual(turnOf(state));
    expect(turnOf(told(held, tick(61_000)))).not.toEqual(turnOf(state));
  });

  test('fewer where the server allows fewer requests', () => {
    const told100 = {
      type: 'budget.changed',
      at: T0,
      budget: {limit: 100, remaining: 90, resetAt: T0 + 60_000},
    } as const;
    expect(turnOf(told(fleetOf(64), tick(1000)))).toHaveLength(8);
    expect(turnOf(told(fleetOf(64), told100, tick(1000)))).toHaveLength(2);
  });

  test('only what runs', () => {
    const stopped = ids.slice(0, 99).map(
      (id): Event => ({
        type: 'sandbox.observed',
        at: T0 + 500,
        asOf: T0 + 500,
        via: 'event',
        patch: {id, status: 'stopped'},
      }),
    );
    expect(turnOf(told(fleetOf(64), ...stopped, tick(1000)))).toEqual(['sb_99']);
  });

  test('also while a filter asks for a load: nobody would ever come in', () => {
    const sort = {column: 'id', descending: false} as const;
    const edit: Event = {type: 'filter.edited', at: T0 + 600, text: 'cpu>80'};
    const state = told(fleetOf(16, {sort}), {type: 'filter.opened', at: T0 + 500}, edit, tick(1000));
    expect(selectWantedMetrics(told(state, tick(2000)))).toEqual(turnOf(state));
    expect(turnOf(state)).toHaveLength(2);
  });
});

describe('not', () => {
  test('while nothing on the screen rests on samples', () => {
    const state = told(fleetOf(16, {sort: {column: 'expires', descending: false}}), ...ticks(1000, 30_000));
    expect(state.rotation).toBeUndefined();
  });

  test('once the sort is another', () => {
    const sort: Event = {type: 'sort.chosen', at: T0 + 2000, column: 'id'};
    expect(told(fleetOf(16), tick(1000), sort, tick(3000)).rotation).toBeUndefined();
  });

  test('with --metrics 0', () => {
    expect(told(fleetOf(0), tick(1000)).rotation).toBeUndefined();
  });

  test('at the cost of a request of its own: streams are opened by the runtime, at its pace', () => {
    expect(play(fleetOf(16), tick(1000)).effects).toEqual([]);
  });
});
