import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {T0, WALL0} from '../support/builders.ts';
import {begun, ended, failure, frame, listed, observed, opened, paged, patch, told} from './given.ts';

const MINUTE_MS = 60_000;
const moved = (ms: number, by: number): Event => ({type: 'cursor.moved', at: T0 + ms, by});

describe('a cursor that nobody has put anywhere', () => {
  const rows = Array.from({length: 10}, (_, index) =>
    patch(`sb_${index}`, {expiresAt: WALL0 + (index + 1) * MINUTE_MS}),
  );
  const byExpiry = told(
    begun({sort: {column: 'expires', descending: false}, screen: {columns: 80, rows: 24, listRows: 4}}),
    opened(0),
    paged(0, 1, rows),
    ended(0, 1),
    frame(0),
  );
  const extended = (by: number): Event => observed(5000, {id: 'sb_0', expiresAt: WALL0 + by * MINUTE_MS + 1000});

  test('follows its sandbox within the first window', () => {
    const state = told(byExpiry, extended(3), frame(9000));
    expect([state.cursor.id, state.cursor.index, state.top]).toEqual(['sb_0', 2, 0]);
  });

  test('and not out of it: what is at the top is what is looked at', () => {
    const state = told(byExpiry, extended(9), frame(9000));
    expect([state.cursor.id, state.cursor.index, state.top]).toEqual(['sb_1', 0, 0]);
  });

  test('a key that sorts has put it where it is', () => {
    const state = told(byExpiry, {type: 'sort.inverted', at: T0 + 5000});
    expect([state.cursor.id, state.cursor.index]).toEqual(['sb_0', 9]);
  });

  test('one that was moved stays on its sandbox, wherever that goes', () => {
    const state = told(byExpiry, moved(100, 1), moved(200, -1), extended(9), frame(9000));
    expect(state.cursor.id).toBe('sb_0');
  });
});

describe('what was said of one row', () => {
  const refused = told(listed(patch('a', {status: 'stopped'}), patch('b')), {
    type: 'action.asked',
    at: T0 + 1000,
    action: 'pause',
    id: 'a',
  });

  test('is gone when the cursor goes on', () => {
    expect(refused.notice?.tone).toBe('warn');
    expect(told(refused, moved(1500, 1)).notice).toBeUndefined();
  });

  test('but not while a delete can be taken back, nor when it is an alarm', () => {
    const deleting = told(
      listed(patch('sb_abcd'), patch('sb_b')),
      {type: 'action.asked', at: T0, action: 'delete', id: 'sb_abcd'},
      {type: 'dialog.typed', at: T0 + 500, text: 'abcd'},
      {type: 'dialog.answered', at: T0 + 600, answer: 'enter'},
      moved(900, 1),
    );
    expect(deleting.notice?.text).toContain('u takes it back');
    const alarm = {text: 'expires EARLIER', tone: 'danger', at: T0} as const;
    expect(told({...refused, notice: alarm}, moved(1500, 1)).notice).toEqual(alarm);
  });

  test('nor is another key said to have done something', () => {
    const failing: Event = {type: 'read.failed', at: T0 + 1200, id: 'b', failure: failure()};
    expect(told(refused, failing).notice).toBe(refused.notice);
  });
});

test('a step of the sort goes by what is shown: executions only where they stand in for the loads', () => {
  const stepped = (count: number) =>
    told(
      begun({sort: {column: 'mem', descending: true}}),
      ...Array.from({length: count}, (): Event => ({type: 'sort.stepped', at: T0, by: 1})),
    ).sort.column;
  expect([stepped(1), stepped(2)]).toEqual(['node', 'id']);
});
