import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import type {Sandbox} from '../../src/model/sandbox.ts';
import {closeSeries, openSeries, type Series} from '../../src/model/series.ts';
import type {State} from '../../src/model/state.ts';
import {selectWantedMetrics, selectWantedReads} from '../../src/model/wanted.ts';
import {act, fleet, MINUTE, row, SECOND, sandbox, session, state, T0, WALL0} from '../support/builders.ts';

const numbered = (count: number) => Array.from({length: count}, (_, index) => ({id: `sb_${index}`}));
const screen = (listRows: number) => ({columns: 80, rows: 24, listRows});
const cursorOn = (id: string) => ({cursor: {id, index: 0}});

const open = openSeries(T0 - MINUTE);
const metrics = (series: {readonly [id: string]: Series}) => ({metrics: ImmutableMap(Object.entries(series))});

const pausing = act({id: 'sb_1'});

describe('the metric streams that should be open', () => {
  const six = fleet(numbered(6), {screen: screen(3), top: 1, ...cursorOn('sb_3')});
  const limited = (metricsLimit: number, over: Partial<State> = {}) =>
    selectWantedMetrics({...six, session: {...session, metricsLimit}, ...over});

  test('are the one under the cursor, then the visible ones, up to the limit', () => {
    expect(selectWantedMetrics(six)).toEqual(['sb_3', 'sb_1', 'sb_2']);
    expect(limited(2)).toEqual(['sb_3', 'sb_1']);
    expect(limited(0)).toEqual([]);
  });

  test('are of running sandboxes only, with an id that can stand in a path', () => {
    const state = fleet([{id: 'a', status: 'paused'}, {id: 'b'}, {id: 'c/../d'}, {id: 'e', status: 'hibernating'}], {
      screen: screen(9),
      ...cursorOn('a'),
    });
    expect(selectWantedMetrics(state)).toEqual(['b']);
    const tombstone = {diedAt: T0, foundAt: T0, cause: 'deleted', inferred: false} as const;
    const rows = state.rows.set('b', row({sandbox: sandbox({id: 'b'}), tombstone}));
    expect(selectWantedMetrics({...state, rows})).toEqual([]);
  });

  test('no new one is asked for while the list scrolls; those that are open stay', () => {
    const scrolling = {...metrics({sb_1: open, sb_5: open, sb_2: closeSeries(open, T0)}), scrolledAt: T0 - 299};
    expect(selectWantedMetrics({...six, ...scrolling})).toEqual(['sb_1']);
    expect(selectWantedMetrics({...six, scrolledAt: T0 + 50})).toEqual([]);
    expect(selectWantedMetrics({...six, scrolledAt: T0 - 300})).toEqual(['sb_3', 'sb_1', 'sb_2']);
  });

  test('a turn takes the place of the last visible one, never of the one under the cursor', () => {
    const rotation = {ids: ['sb_5'], turnedAt: T0, round: [], done: 0};
    expect(limited(2, {rotation})).toEqual(['sb_3', 'sb_5']);
    expect(limited(1, {rotation})).toEqual(['sb_3']);
    expect(selectWantedMetrics({...six, rotation}, 2)).toEqual(['sb_3', 'sb_5']);
  });

  test('are none when the key is refused, nor on the way out', () => {
    expect(selectWantedMetrics({...six, link: {...six.link, phase: 'auth'}})).toEqual([]);
    expect(selectWantedMetrics({...six, quitting: true})).toEqual([]);
  });
});

const firstWanted = (state: State) => selectWantedReads(state)[0];

describe('the record that should be read whole', () => {
  const sparse = {id: 'sb_1', expiresAt: undefined, vcpu: undefined};
  const resting = (over: Partial<State> = {}, told: Partial<Sandbox> & {readonly id: string} = sparse) =>
    firstWanted(fleet([told], {...cursorOn(told.id), lastKeyAt: T0 - 300, scrolledAt: T0 - 300, ...over}));

  test('is that of the cursor, when the list left something out', () => {
    expect(resting()).toBe('sb_1');
    expect(resting({}, {id: 'sb_1'})).toBeUndefined();
    expect(resting({}, {id: 'sb_1', expiresAt: null, timeoutSeconds: null})).toBeUndefined();
    expect(resting({cursor: {id: undefined, index: 0}, screen: screen(0)})).toBeUndefined();
  });

  test('is asked for once the cursor has come to rest', () => {
    expect(resting({lastKeyAt: T0 - 299})).toBeUndefined();
    expect(resting({scrolledAt: T0 - 100})).toBeUndefined();
  });

  test('is read once, though the server keeps something back', () => {
    const rows = ImmutableMap({sb_1: row({sandbox: sandbox(sparse), readAsOf: T0 - SECOND})});
    expect(resting({rows})).toBeUndefined();
  });

  test('is read again after a minute, while the detail is on the screen', () => {
    const old = {rows: ImmutableMap({sb_1: row({asOf: T0 - 61 * SECOND, readAsOf: T0 - 90 * SECOND})})};
    expect(resting(old)).toBeUndefined();
    expect(resting({...old, detailOpen: true})).toBe('sb_1');
    expect(resting({...old, screen: {columns: 120, rows: 40, listRows: 30}})).toBe('sb_1');
    const fresh = {rows: ImmutableMap({sb_1: row({asOf: T0 - 61 * SECOND, readAsOf: T0 - 59 * SECOND})})};
    expect(resting({...fresh, detailOpen: true})).toBeUndefined();
  });

  test('waits for an act on it to be done', () => {
    expect(resting({acts: ImmutableMap({sb_1: pausing})})).toBeUndefined();
  });

  test.each(['offline', 'auth'] as const)('is not asked for when %s', (phase) => {
    expect(resting({link: {...state().link, phase}})).toBeUndefined();
  });

  test('leaves the reserve of the budget to acts', () => {
    const budget = {limit: 100, remaining: 20, resetAt: T0 + 30 * SECOND};
    expect(resting({budget})).toBeUndefined();
    expect(resting({budget: {...budget, remaining: 21}})).toBe('sb_1');
    expect(resting({budget: {...budget, resetAt: T0}})).toBe('sb_1');
  });

  test('is not that of a gone sandbox, nor of one whose id cannot stand in a path', () => {
    expect(resting({}, {...sparse, id: '../etc'})).toBeUndefined();
    const tombstone = {diedAt: T0, foundAt: T0, cause: 'deleted', inferred: false} as const;
    expect(resting({rows: ImmutableMap({sb_1: row({sandbox: sandbox(sparse), tombstone})})})).toBeUndefined();
  });
});

describe('out of a budget that has them to spare, also', () => {
  const sparse = {vcpu: undefined, expiresAt: undefined};
  const seen = (over: Partial<State> = {}, told: Partial<Sandbox> = sparse) =>
    firstWanted(
      fleet([{id: 'a'}, {id: 'b', ...told}, {id: 'c', ...told}], {screen: screen(3), ...cursorOn('a'), ...over}),
    );

  test('a visible one of which the list did not tell what it shows', () => {
    expect(seen()).toBe('b');
    expect(seen({}, {vcpu: undefined})).toBeUndefined();
    expect(seen({screen: screen(1)})).toBeUndefined();
    expect(seen({scrolledAt: T0 - 100})).toBeUndefined();
  });

  test('one that is about to expire, once: somebody may have given it a longer life', () => {
    const expiring = (inMs: number, toldAt: number) => {
      const expiresAt = WALL0 + inMs;
      const rows = ImmutableMap({a: row({sandbox: sandbox({id: 'a', expiresAt}), expiryAsOf: toldAt})});
      return firstWanted(fleet([{id: 'a', expiresAt}], {rows, cursor: {id: undefined, index: 0}}));
    };
    expect(expiring(2 * MINUTE, T0 - MINUTE)).toBe('a');
    expect(expiring(2 * MINUTE + 1, T0 - MINUTE)).toBeUndefined();
    expect(expiring(MINUTE, T0 - 30 * SECOND)).toBeUndefined();
    expect(expiring(MINUTE, T0 - 61 * SECOND)).toBe('a');
    expect(expiring(-1, T0 - 10 * MINUTE)).toBeUndefined();
  });

  test('but never of the second half of it', () => {
    const budget = {limit: 100, remaining: 50, resetAt: T0 + 30 * SECOND};
    expect(seen({budget})).toBeUndefined();
    expect(seen({budget: {...budget, remaining: 51}})).toBe('b');
  });

  test('what is overdue does not keep the next from being looked at, nor does one that was just asked for', () => {
    const overdue = Array.from({length: 30}, (_, index) => ({id: `z${index}`, expiresAt: WALL0 - 1000 - index}));
    const expiresAt = WALL0 + MINUTE;
    const state = fleet([...overdue, {id: 'a', expiresAt}], {cursor: {id: undefined, index: 0}});
    const told = {...state, rows: state.rows.update('a', row(), (one) => ({...one, expiryAsOf: T0 - 10 * MINUTE}))};
    expect(selectWantedReads(told)).toContain('a');
    const asked = {...told, rows: told.rows.update('a', row(), (one) => ({...one, readAsOf: T0 - SECOND}))};
    expect(selectWantedReads(asked)).not.toContain('a');
  });
});
