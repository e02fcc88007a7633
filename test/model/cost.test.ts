import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import {sample, T0} from '../support/builders.ts';
import {frame, gone, listed, observed, patch, tick, told} from './given.ts';

/** Counts every look at a row or at its sandbox: what a change may cost is how many rows it looks at. */
function counting(state: State) {
  let looks = 0;
  const watched = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name, receiver) {
        looks += 1;
        return Reflect.get(object, name, receiver);
      },
    });
  const rows = state.rows.map((row) => watched({...row, sandbox: watched(row.sandbox)}));
  return {
    state: {...state, rows},
    looksOf: (work: (given: State) => void, given: State) => {
      looks = 0;
      work(given);
      return looks;
    },
  };
}

const fleetOf = (count: number): State => {
  const ids = Array.from({length: count}, (_, index) => `sb_${String(index).padStart(6, '0')}`);
  return told(
    listed(...ids.map((id, index) => patch(id, {expiresAt: T0 + (index % 997) * 1000, region: `r${index % 5}`}))),
    {type: 'sort.chosen', at: T0 - 60_000, column: 'expires'},
    {type: 'metrics.opened', at: T0, id: 'sb_000050'},
  );
};

const small = counting(fleetOf(100));
const middle = counting(fleetOf(10_000));
const large = counting(fleetOf(100_000));
const ID = 'sb_000050';

const changes: readonly (readonly [string, Event])[] = [
  ['an event that changes a status', observed(3000, {id: ID, status: 'paused'})],
  ['an event that changes the place in the list', observed(3000, {id: ID, expiresAt: T0 + 1})],
  ['an event that creates', observed(3000, patch('sb_new'))],
  ['an event that deletes', gone(3000, ID)],
  ['a sample', {type: 'metrics.sampled', id: ID, sample: sample({at: T0 + 3000, cpuPercent: 3})}],
  ['a byte', {type: 'stream.heard', at: T0 + 3000}],
  ['a tick', tick(3000)],
  ['the cursor', {type: 'cursor.moved', at: T0 + 3000, by: 1}],
  ['the cursor to the end', {type: 'cursor.jumped', at: T0 + 3000, to: 'last'}],
  ['an act', {type: 'action.asked', at: T0 + 3000, action: 'pause', id: ID}],
  ['a dialog', {type: 'action.asked', at: T0 + 3000, action: 'delete', id: ID}],
];

describe('what it costs does not grow with the fleet: rows looked at with 10,000 and 100,000 are those with 100', () => {
  test.each(changes)('%s, and the frame after it', (_, event) => {
    const work = (given: State) => {
      const [changed] = reduce(given, event);
      reduce(changed, frame(9000));
    };
    const few = small.looksOf(work, small.state);
    expect(middle.looksOf(work, middle.state)).toBeLessThanOrEqual(2 * few);
    expect(large.looksOf(work, large.state)).toBeLessThanOrEqual(2 * few);
  });

  test('the next sandbox, over the whole screen', () => {
    const work = (given: State) => told({...given, detailOpen: true}, {type: 'focus.stepped', at: T0 + 3000, by: 1});
    const few = small.looksOf(work, small.state);
    expect(work(large.state).cursor.index).toBe(large.state.cursor.index + 1);
    expect(large.looksOf(work, large.state)).toBeLessThanOrEqual(2 * few);
  });

  test('the count would show a change that looks at every row', () => {
    const work = (given: State) => reduce(given, {type: 'sort.inverted', at: T0 + 3000});
    expect(large.looksOf(work, large.state)).toBeGreaterThan(100 * small.looksOf(work, small.state));
  });
});

test('a second under a filter on time costs the rows that it lets in or out, not those that stay', () => {
  const looksOf = (count: number) => {
    const late = {type: 'sort.chosen', at: T0 - 60_000, column: 'id'} as const;
    const filtered = told(
      fleetOf(count),
      late,
      {type: 'filter.opened', at: T0 - 60_000},
      {
        type: 'filter.edited',
        at: T0 - 60_000,
        text: 'age<30d',
      },
    );
    const watched = counting(told(filtered, frame(3000)));
    return watched.looksOf((given) => told(given, tick(3500), frame(3600)), watched.state);
  };
  expect(looksOf(10_000)).toBeLessThanOrEqual(looksOf(100) + 20);
});

test('10,000 rows at once are counted and put in order', () => {
  const state = fleetOf(10_000);
  expect([state.live, state.order.size, state.expiring.size, state.counts.get('running')]).toEqual([
    10_000, 10_000, 10_000, 10_000,
  ]);
});
