import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {MINUTE, T0, WALL0} from '../support/builders.ts';
import {frame, gone, listed, logLines, observed, patch, shownIds, statusOf, ticks, told} from './given.ts';

const askDelete: readonly Event[] = [
  {type: 'action.asked', at: T0, action: 'delete', id: 'sb_abcd'},
  {type: 'dialog.typed', at: T0 + 500, text: 'abcd'},
  {type: 'dialog.answered', at: T0 + 600, answer: 'enter'},
];
const accepted: Event = {
  type: 'action.accepted',
  at: T0 + 6200,
  asOf: T0 + 6000,
  action: 'delete',
  id: 'sb_abcd',
  status: 200,
  requestId: 'req_1',
  patch: {id: 'sb_abcd', status: 'deleted'},
};

describe('the likeliest cause', () => {
  const soon: Partial<SandboxPatch> = {expiresAt: WALL0 + 10_000};
  test.each<[string, Partial<SandboxPatch>, Event, string, boolean, string]>([
    ['a delete event', {}, gone(9000, 'a'), 'deleted', false, 'stream | deleted | a | deleted elsewhere'],
    [
      'a 404 and nothing else',
      {},
      gone(9000, 'a', {via: 'read'}),
      'vanished',
      true,
      'read | vanished | a | the server no longer knows it (inferred, found by re-read)',
    ],
    [
      'a 404 after an error',
      {status: 'error'},
      gone(9000, 'a', {via: 'read'}),
      'error',
      true,
      'read | error | a | gone after an error (inferred, found by re-read)',
    ],
    [
      'an event when the time is up',
      soon,
      gone(11_000, 'a'),
      'expired',
      true,
      'stream | expired | a | timed out, disk deleted (inferred)',
    ],
    [
      'a 404 when the time is up',
      soon,
      gone(8000, 'a', {via: 'read'}),
      'expired',
      true,
      'read | expired | a | timed out, disk deleted (inferred, found by re-read)',
    ],
    [
      'an event well before the time is up',
      soon,
      gone(1000, 'a'),
      'deleted',
      false,
      'stream | deleted | a | deleted elsewhere',
    ],
    [
      'an event that says so',
      {},
      gone(9000, 'a', {verb: 'sandbox.expired'}),
      'expired',
      false,
      'stream | expired | a | timed out, disk deleted',
    ],
  ])('%s', (_, over, event, cause, inferred, line) => {
    const state = told(listed(patch('a', over)), event);
    expect(state.rows.get('a')?.tombstone).toMatchObject({cause, inferred, foundAt: 'at' in event ? event.at : 0});
    expect(logLines(state)).toEqual([line]);
  });

  test('what ran out while nobody looked went when its time was up, and is shown from when it was found', () => {
    const state = told(listed(patch('a', soon)), ...ticks(1000, 70_000), gone(70_000, 'a', {via: 'read'}));
    expect(state.rows.get('a')?.tombstone).toMatchObject({diedAt: T0 + 10_000, foundAt: T0 + 70_000});
    const shown = told(state, ...ticks(71_000, 11 * MINUTE));
    expect([shown.rows.has('a'), told(shown, ...ticks(11 * MINUTE, 12 * MINUTE)).rows.has('a')]).toEqual([true, false]);
  });

  test('our own delete, once the server has taken it', () => {
    const sent = told(listed(patch('sb_abcd')), ...askDelete, ...ticks(1000, 6000));
    expect(told(sent, accepted, gone(6500, 'sb_abcd')).rows.get('sb_abcd')?.tombstone).toMatchObject({
      cause: 'deleted by you',
      inferred: false,
    });
    expect(told(sent, gone(6100, 'sb_abcd')).rows.get('sb_abcd')?.tombstone).toMatchObject({
      cause: 'deleted by you',
      inferred: true,
    });
  });

  test('not our own delete, while it is still in its grace', () => {
    const waiting = told(listed(patch('sb_abcd')), ...askDelete, gone(3000, 'sb_abcd'));
    expect(statusOf(waiting, 'sb_abcd')).toBe('† deleted');
    expect(waiting.acts.size).toBe(0);
  });

  test("by the server's clock, not by ours", () => {
    const ahead: Event = {type: 'server.dated', at: T0, skewMs: 60_000};
    expect(statusOf(told(listed(patch('a', {expiresAt: WALL0 + MINUTE})), ahead, gone(1000, 'a')), 'a')).toBe(
      '† expired',
    );
  });
});

describe('a tombstone', () => {
  test('stays in the list where it was, and counts no more', () => {
    const state = told(listed(patch('a'), patch('b'), patch('c')), gone(1000, 'b'), frame(1000));
    expect(shownIds(state)).toEqual(['a', 'b', 'c']);
    expect([state.live, state.counts.toObject(), state.expiring.size]).toEqual([2, {running: 2}, 2]);
  });

  test('goes after ten minutes', () => {
    const dead = told(listed(patch('a'), patch('b')), gone(1000, 'b'));
    expect(shownIds(told(dead, ...ticks(2000, 600_000), frame(600_000)))).toEqual(['a', 'b']);
    expect(shownIds(told(dead, ...ticks(2000, 601_000), frame(601_000)))).toEqual(['a']);
  });

  test('goes when there are more than 200, the oldest first', () => {
    const ids = Array.from({length: 205}, (_, index) => `sb_${index + 100}`);
    const state = told(
      listed(...ids.map((id) => patch(id))),
      ...ids.map((id, index) => gone(1000 + index, id)),
      frame(2000),
    );
    expect([state.tombstones.length, state.rows.size, shownIds(state).at(0)]).toEqual([200, 200, 'sb_105']);
    expect(state.remembered.size).toBe(205);
  });
});

test('at most 10,000 ids of the dead are remembered', () => {
  let state = listed();
  for (let index = 0; index < 10_500; index += 1) state = told(state, gone(index, `x${index}`));
  expect(state.remembered.size).toBeLessThanOrEqual(10_000);
  expect([state.remembered.has('x10499'), state.remembered.has('x1')]).toEqual([true, false]);
  expect(told(state, observed(20_000, patch('x10499'))).rows.size).toBe(0);
});
