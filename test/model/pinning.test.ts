import {expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {selectWantedMetrics} from '../../src/model/wanted.ts';
import {MINUTE, T0} from '../support/builders.ts';
import {begun, ended, frame, gone, listed, opened, paged, patch, shownIds, tick, ticks, told} from './given.ts';

const pin = (ms: number, id: string): Event => ({type: 'pin.toggled', at: T0 + ms, id});
const down = (ms: number): Event => ({type: 'cursor.moved', at: T0 + ms, by: 1});

const [a, b, c] = ['a', 'b', 'c'].map((id) => patch(id));
const fleet = [a, b, c].filter((each) => each !== undefined);

test('p brings a sandbox to the top at once, in any order, and the same key takes it back', () => {
  const pinned = told(listed(...fleet), down(1000), down(1100), pin(1200, 'c'));
  expect([shownIds(pinned), pinned.cursor]).toEqual([['c', 'a', 'b'], {id: 'c', index: 0}]);
  const inverted = told(pinned, {type: 'sort.inverted', at: T0 + 1300});
  expect(shownIds(inverted)).toEqual(['c', 'b', 'a']);
  const back = told(pinned, pin(1400, 'c'));
  expect([shownIds(back), back.cursor, back.pinned.size]).toEqual([['a', 'b', 'c'], {id: 'c', index: 2}, 0]);
});

test('only what the cursor is on', () => {
  expect(told(listed(...fleet), pin(1200, 'b')).pinned.size).toBe(0);
});

test('a pinned sandbox is sampled though it is not on the screen', () => {
  const state = {...told(listed(...fleet), pin(1200, 'a'), down(1300), tick(2000)), order: begun().order};
  expect(selectWantedMetrics(state)).toEqual(['b', 'a']);
});

test('no more than 20', () => {
  const many = Array.from({length: 22}, (_, index) => patch(`sb_${String(index).padStart(2, '0')}`));
  const sought = (ms: number, id: string): Event => ({type: 'cursor.sought', at: T0 + ms, id});
  const all = many.flatMap(({id}, index) => [sought(1000 + index, id), pin(1000 + index, id)]);
  const state = told(listed(...many), ...all);
  expect([state.pinned.size, state.notice?.text]).toEqual([20, '20 are pinned: take one down with p first']);
});

test('what is gone stays pinned as long as its tombstone, and no longer', () => {
  const dead = told(listed(...fleet), pin(1000, 'a'), gone(2000, 'a'), frame(5000));
  expect([dead.pinned.has('a'), shownIds(dead)[0]]).toEqual([true, 'a']);
  expect(told(dead, ...ticks(6000, 11 * MINUTE)).pinned.size).toBe(0);
});

test('a filter lets through what it lets through, pinned or not', () => {
  const edit: Event = {type: 'filter.edited', at: T0 + 3000, text: 'id=b'};
  const state = told(listed(...fleet), pin(1000, 'a'), {type: 'filter.opened', at: T0 + 2000}, edit);
  expect(shownIds(state)).toEqual(['b']);
});

test('a list that is read again leaves it pinned', () => {
  const state = told(
    listed(...fleet),
    pin(1000, 'a'),
    opened(2000),
    paged(2100, 2, fleet),
    ended(2200, 2),
    frame(9000),
  );
  expect([...state.pinned]).toEqual(['a']);
});
