import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {T0} from '../support/builders.ts';
import {listed, observed, patch, play, ticks} from './given.ts';

describe('a hint with an id', () => {
  const hint = (ms: number, id: string): Event => ({type: 'hint.received', at: T0 + ms, verb: 'changed', id});
  const read = (id: string) => ({do: 'read', id, priority: 'check'});

  test('has that sandbox read at once, and no list', () => {
    const {state, effects} = play(listed(patch('a')), ...ticks(1000, 10_000), hint(10_000, 'a'));
    expect(effects).toEqual([read('a')]);
    const {effects: later} = play(
      state,
      observed(10_100, patch('a', {status: 'paused'}), {via: 'read', asOf: 10_000}),
      ...ticks(11_000, 20_000),
    );
    expect(later).toEqual([]);
  });

  test('asks anew what is being asked, which may have left before the change', () => {
    const {state, effects} = play(listed(patch('a')), hint(10_000, 'a'), hint(10_050, 'a'));
    expect(effects).toEqual([read('a'), read('a')]);
    expect([state.suspects.size, state.checking]).toEqual([1, 1]);
  });

  test('of many asks no more at once than other doubts do', () => {
    const ids = Array.from({length: 20}, (_, index) => `s${index}`);
    const {state, effects} = play(listed(...ids.map((id) => patch(id))), ...ids.map((id) => hint(10_000, id)));
    expect(effects).toHaveLength(6);
    expect(state.suspects.size).toBe(20);
  });

  test('of nobody we know has the list read as well: the id may be that of the event', () => {
    const {effects} = play(listed(), ...ticks(1000, 10_000), hint(10_000, 'evt_1'), ...ticks(11_000, 14_000));
    expect(effects).toEqual([read('evt_1'), {do: 'list', run: 2}]);
  });
});
