import {expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {told} from '../model/given.ts';
import {row, sandbox, T0} from '../support/builders.ts';
import {sketch, stateOf} from './fleet.ts';
import {show} from './show.tsx';

const title = (state: State) => show(state, 80, 24).split('\n')[2] ?? '';

const dead = {tombstone: {diedAt: T0 - 12_000, foundAt: T0 - 12_000, cause: 'expired', inferred: true}} as const;
const alive = Array.from({length: 120}, (_, index) => row({sandbox: sandbox({id: `sb_${index}`})}));
const gone = Array.from({length: 59}, (_, index) => row({sandbox: sandbox({id: `old_${index}`}), ...dead}));

test('of 120 sandboxes and 59 tombstones the list says so', () => {
  expect(title(stateOf([...alive, ...gone]))).toMatch(/^ 120 sandboxes, 59 gone {2,}sort/);
  expect(title(stateOf(alive))).toMatch(/^ 120 sandboxes {2,}sort/);
  expect(title(stateOf(alive.slice(0, 1)))).toMatch(/^ 1 sandbox {2,}sort/);
});

const typed: readonly Event[] = [
  {type: 'filter.opened', at: T0},
  {type: 'filter.edited', at: T0, text: 'template=x'},
];

const kept: Event = {type: 'filter.kept', at: T0};

/** Of the 120 and the 59 only these are of the template that is asked for. */
const filtered = (ids: readonly string[], ...events: readonly Event[]) => {
  const rows = [...alive, ...gone].map((one) =>
    ids.includes(one.sandbox.id) ? {...one, sandbox: {...one.sandbox, templateName: 'x'}} : one,
  );
  return told(stateOf(rows), ...typed, ...events);
};

test('what a filter lets through is counted among the living; the dead apart', () => {
  expect(title(filtered(['sb_1', 'sb_2', 'old_1'], kept))).toContain('template=x   (2 of 120, 1 gone)');
  expect(title(filtered(['sb_1', 'sb_2'], kept))).toContain('(2 of 120)');
});

test('so it is while the filter is typed', () => {
  expect(title(filtered(['sb_1', 'old_1']))).toMatch(/ 1 of 120, 1 gone$/);
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
