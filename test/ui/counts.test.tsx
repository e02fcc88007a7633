import {expect, test} from 'vitest';
import {orderOf} from '../../src/model/order.ts';
import type {State} from '../../src/model/state.ts';
import {row, sandbox, T0} from '../support/builders.ts';
import {sketch, stateOf} from './fleet.ts';
import {show} from './show.tsx';

const title = (state: State) => show(state, 80, 24).split('\n')[2] ?? '';

const dead = {tombstone: {diedAt: T0 - 12_000, cause: 'expired', inferred: true}} as const;
const alive = Array.from({length: 120}, (_, index) => row({sandbox: sandbox({id: `sb_${index}`})}));
const gone = Array.from({length: 59}, (_, index) => row({sandbox: sandbox({id: `old_${index}`}), ...dead}));

const order = (ids: readonly string[]) =>
  orderOf(
    ids.map((id, index) => ({id, key: index})),
    false,
  );

test('of 120 sandboxes and 59 tombstones the list says so', () => {
  expect(title(stateOf([...alive, ...gone]))).toMatch(/^ 120 sandboxes, 59 gone {2,}sort/);
  expect(title(stateOf(alive))).toMatch(/^ 120 sandboxes {2,}sort/);
  expect(title(stateOf(alive.slice(0, 1)))).toMatch(/^ 1 sandbox {2,}sort/);
});

const filtered = (ids: readonly string[], over: Partial<State['filter']> = {}) => {
  const state = stateOf([...alive, ...gone]);
  const filter = {...state.filter, active: {...state.filter.active, text: 'template=x'}, ...over};
  return {...state, order: order(ids), filter};
};

test('what a filter lets through is counted among the living; the dead apart', () => {
  expect(title(filtered(['sb_1', 'sb_2', 'old_1']))).toContain('template=x   (2 of 120, 1 gone)');
  expect(title(filtered(['sb_1', 'sb_2']))).toContain('(2 of 120)');
});

test('so it is while the filter is typed', () => {
  expect(title(filtered(['sb_1', 'old_1'], {draft: 'template=x'}))).toMatch(/ 1 of 120, 1 gone$/);
});

test('nothing that matches is nothing of the living', () => {
  expect(show(filtered([]), 80, 24)).toContain('0 of 120 match.');
});

test('while the first list is read the dead are not among what has come', () => {
  const reading = {...sketch().listing, phase: 'reading' as const, endedAt: undefined};
  expect(title({...stateOf([...alive, ...gone]), listing: reading})).toMatch(/^ 120 of \?, 59 gone/);
});

test('where the counts do not fit, the least needed go; none is cut to another number', () => {
  const counts = (columns: number) =>
    show(stateOf([...alive, ...gone]), columns, 15)
      .split('\n')[1]
      ?.trim();
  expect(counts(60)).toBe('run 120  gone 59  0 of 120 sampled');
  expect(show(sketch(), 40, 10).split('\n')[1]).toBe(' run 5  crt 1  pau 1  err 1  <10m 3');
  expect(show(sketch(), 45, 12).split('\n')[1]).toBe(' run 5  crt 1  pau 1  err 1  gone 1  <10m 3');
});
