import {describe, expect, test} from 'vitest';
import type {Effect, Event} from '../../src/model/event.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {MINUTE, SECOND, T0, WALL0} from '../support/builders.ts';
import {failure, listed, logLines, logOf, observed, patch, play, tick, ticks, told} from './given.ts';

const HOUR = 3600;

/** Lives until an hour from now unless `over` says otherwise. */
const one = (over: Partial<SandboxPatch> = {}): State => listed(patch('a', over));
const set = (seconds: number, ms = 1000): Event => ({
  type: 'action.asked',
  at: T0 + ms,
  action: 'timeout',
  id: 'a',
  timeoutSeconds: seconds,
});
const answer = (how: 'enter' | 'yes' | 'no', ms = 2000): Event => ({type: 'dialog.answered', at: T0 + ms, answer: how});
const accepted = (expiresAt: number, ms = 1500): Event => ({
  ...{type: 'action.accepted', at: T0 + ms, asOf: T0 + ms - 20, action: 'timeout', id: 'a', status: 200},
  requestId: 'r_1',
  patch: {id: 'a', expiresAt},
});
const sends = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'send' ? [[effect.action, effect.timeoutSeconds]] : []));

describe('an exact timeout', () => {
  test('that is later than its end now is sent at once, as it was asked for', () => {
    const {state, effects} = play(one(), set(2 * HOUR));
    expect([sends(effects), state.dialog]).toEqual([[['timeout', 7200]], undefined]);
  });

  test.each([
    ['sooner than its end now', one(), 1800],
    ['of what would never end', one({expiresAt: null, timeoutSeconds: null}), 48 * HOUR],
  ])('%s asks first, with Cancel in focus', (_, fleet, seconds) => {
    const {state, effects} = play(fleet, set(seconds));
    expect([sends(effects), state.dialog]).toMatchObject([
      [],
      {action: 'timeout', consent: 'confirm', focus: 'cancel'},
    ]);
    expect(play(state, answer('enter')).state.acts.size).toBe(0);
    expect(sends(play(state, answer('no')).effects)).toEqual([]);
    expect(sends(play(state, answer('yes')).effects)).toEqual([['timeout', seconds]]);
  });

  test('asks about a row that has changed since anew', () => {
    const asked = told(one(), set(1800), observed(1500, patch('a', {status: 'paused'})));
    expect(asked.dialog?.changed).toBe('status is now paused, it was running');
    expect(sends(play(asked, answer('yes', 1600)).effects)).toEqual([]);
  });

  test.each([
    ['an hour ahead', 60 * MINUTE],
    ['an hour behind', -60 * MINUTE],
  ])('is not taken for longer because our clock is %s', (_, skewMs) => {
    // The server's clock, from its answers, stands `skewMs` from ours; its sandbox has an hour to live by it.
    const fleet = told(one({expiresAt: WALL0 + skewMs + 60 * MINUTE}), {type: 'server.dated', at: T0, skewMs});
    expect(play(fleet, set(1800)).state.dialog?.action).toBe('timeout');
    expect(sends(play(fleet, set(2 * HOUR)).effects)).toEqual([['timeout', 7200]]);
  });

  test('of which it is not told when it ends is read first', () => {
    const {state, effects} = play(one({expiresAt: undefined as never}), ...ticks(1000, 70_000), set(1800, 70_500));
    expect(sends(effects)).toEqual([]);
    expect(effects.at(-1)).toEqual({do: 'read', id: 'a', priority: 'act'});
    const later = play(state, observed(71_000, patch('a', {expiresAt: WALL0 + 10 * MINUTE}), {via: 'read'}));
    expect(sends(later.effects)).toEqual([['timeout', 1800]]);
  });

  test('that turns out to be shorter once it was read is not sent', () => {
    const {state} = play(one(), ...ticks(1000, 70_000), set(1800, 70_500));
    const later = play(state, observed(71_000, patch('a'), {via: 'read'}));
    expect(sends(later.effects)).toEqual([]);
    expect(later.state.notice?.text).toBe('a: not sent: its life would be shorter, which was not agreed to: E asks');
  });

  test('is done with the answer, and the journal knows before, after and how long it took', () => {
    const state = told(one(), set(2 * HOUR), accepted(WALL0 + 2 * HOUR * SECOND));
    expect(logLines(state).at(-1)).toBe('you | timeout | a | timeout set 15:02:11 -> 16:02:11');
    expect(logOf(state).at(-1)).toMatchObject({
      requestId: 'r_1',
      change: {before: '2025-11-14T15:02:11.000Z', after: '2025-11-14T16:02:11.000Z', latencyMs: 500},
    });
  });

  test('names the day of an end that is not today', () => {
    const state = told(one(), set(72 * HOUR), accepted(WALL0 + 72 * HOUR * SECOND));
    expect(state.notice?.text).toBe('a timeout set 15:02:11 -> 17 Nov 14:02');
    expect(logLines(state).at(-1)).toBe('you | timeout | a | timeout set 15:02:11 -> 17 Nov 14:02');
  });

  test('whose answer is an earlier end than before is an alarm, unless a shorter life was agreed to', () => {
    const early = accepted(WALL0 + 10 * MINUTE, 2500);
    const alarm = told(one(), set(2 * HOUR), early);
    expect(alarm.notice).toMatchObject({tone: 'danger', text: 'a: expires EARLIER than before: 15:02:11 -> 14:12:11'});
    const agreed = told(one(), set(600), answer('yes'), early);
    expect(agreed.notice).toMatchObject({tone: 'plain', text: 'a timeout set 15:02:11 -> 14:12:11'});
  });

  test('without an answer is decided by a read, and not sent again', () => {
    const lostAnswer: Event = {type: 'action.unknown', at: T0 + 1500, action: 'timeout', id: 'a', failure: failure()};
    const {state, effects} = play(one(), set(2 * HOUR), lostAnswer);
    expect(effects.at(-1)).toEqual({do: 'read', id: 'a', priority: 'act'});
    const untouched = play(state, observed(1600, patch('a'), {via: 'read'}));
    expect(untouched.state.notice?.text).toBe('a: timeout did not happen');
    const moved = play(state, observed(1600, patch('a', {expiresAt: WALL0 + 2 * HOUR * SECOND}), {via: 'read'}));
    expect([moved.state.notice?.text, sends([...untouched.effects, ...moved.effects])]).toEqual([
      'a timeout set 15:02:11 -> 16:02:11',
      [],
    ]);
  });
});

describe('a token', () => {
  const renew: Event = {type: 'action.asked', at: T0 + 1000, action: 'refresh', id: 'a'};
  const endsAt = WALL0 + 24 * HOUR * SECOND;

  test('is renewed without a question; only its new end is told', () => {
    const {state, effects} = play(one(), renew, {
      ...{type: 'action.accepted', at: T0 + 1200, asOf: T0 + 1000, action: 'refresh', id: 'a', status: 200},
      requestId: 'r_2',
      patch: {id: 'a', tokenExpiresAt: endsAt},
    });
    expect(sends(effects)).toEqual([['refresh', undefined]]);
    expect([state.notice?.text, state.acts.size]).toEqual(['a token renewed until 15 Nov 14:02', 0]);
    expect(state.rows.get('a')?.sandbox.tokenExpiresAt).toBe(endsAt);
  });

  test('without an answer is never said not to have been renewed', () => {
    const lostAnswer: Event = {type: 'action.unknown', at: T0 + 1500, action: 'refresh', id: 'a', failure: failure()};
    const reads = [2000, 5000, 10_000, 20_000].map((ms) => observed(ms, patch('a'), {via: 'read'}));
    const state = told(one(), renew, lostAnswer, ...reads, ...ticks(2000, 60_000));
    expect(logLines(state).at(-1)).toBe('you | refresh | a | nobody knows whether it happened');
    expect(logLines(state).some((line) => line.includes('did not happen'))).toBe(false);
    const seen = told(
      one({tokenExpiresAt: WALL0}),
      renew,
      lostAnswer,
      observed(2000, patch('a', {tokenExpiresAt: endsAt}), {via: 'read'}),
    );
    expect(seen.notice?.text).toBe('a token renewed until 15 Nov 14:02');
  });

  test('of a sandbox that has gone is refused', () => {
    const {effects, state} = play(
      told(one(), {type: 'sandbox.gone', at: T0 + 1, asOf: T0 + 1, id: 'a', via: 'event'}),
      renew,
    );
    expect([sends(effects), state.notice?.text]).toEqual([[], 'refresh: it is gone (deleted): nothing left to renew']);
  });
});

test('nothing waits for a sandbox whose timeout was asked without a time', () => {
  const {state, effects} = play(one(), {type: 'action.asked', at: T0 + 1000, action: 'timeout', id: 'a'}, tick(2000));
  expect([sends(effects), state.acts.size]).toEqual([[], 0]);
});
