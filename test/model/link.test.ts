import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {
  begun,
  ended,
  failure,
  listed,
  logLines,
  lost,
  observed,
  opened,
  paged,
  patch,
  play,
  statusOf,
  tick,
  ticks,
  told,
} from './given.ts';

const refused: Event = {
  type: 'access.denied',
  at: T0 + 5000,
  failure: failure({kind: 'unauthorized', message: 'invalid key', status: 401}),
};
const unsupported: Event = {type: 'stream.unsupported', at: T0, reason: 'the server has no such stream'};
const refresh = (ms: number): Event => ({type: 'refresh.asked', at: T0 + ms});
const phases = (state: State, ...events: readonly Event[]) =>
  events.reduce<{state: State; seen: string[]}>(
    ({state: before, seen}, event) => {
      const next = told(before, event);
      return {state: next, seen: [...seen, next.link.phase]};
    },
    {state, seen: []},
  ).seen;

describe('connecting', () => {
  test('the list is read once the stream is open, not before', () => {
    expect(play(begun(), {type: 'stream.connecting', at: T0, attempt: 1}, tick(1000)).effects).toEqual([]);
    expect(play(begun(), opened(0)).effects).toEqual([{do: 'list', run: 1}]);
  });

  test('rows appear page by page, events at once, and LIVE comes with the whole list', () => {
    const first = told(begun(), opened(0), paged(1000, 1, [patch('a')]));
    expect([statusOf(first, 'a'), first.link.phase, first.listing.phase]).toEqual(['running', 'connecting', 'reading']);
    const second = told(first, observed(1100, patch('z', {status: 'paused'})));
    expect(statusOf(second, 'z')).toBe('paused');
    expect(told(second, paged(1200, 1, [patch('b')]), ended(1300, 1)).link.phase).toBe('live');
  });

  test('what stood there before us is not news, what comes after the first reading is', () => {
    const state = told(listed(patch('a')), observed(1000, patch('b'), {verb: 'sandbox.created'}));
    expect(logLines(state)).toEqual(['stream | created | b | agent-py311 us-east']);
  });

  test('a stream that never opens does not keep the list from being read', () => {
    const {effects} = play(begun(), lost(0), tick(1000));
    expect(effects).toEqual([{do: 'list', run: 1}]);
    expect(told(begun(), lost(0), tick(1000), paged(1100, 1, [patch('a')]), ended(1100, 1)).link.phase).toBe('stale');
  });
});

describe('a gap', () => {
  test.each([
    ['the server closed the stream', {}, 'stale'],
    ['the server has an error', {kind: 'server'}, 'stale'],
    ['the connection broke', {kind: 'unreachable', status: undefined}, 'stale'],
  ] as const)('%s: %s gives %s', (message, over, phase) => {
    const state = told(listed(patch('a')), lost(5000, {message, ...over}));
    expect([state.link.phase, state.link.reason, state.link.attempt, state.link.retryAt]).toEqual([
      phase,
      message,
      1,
      T0 + 7000,
    ]);
    expect(statusOf(state, 'a')).toBe('running');
  });

  test('a host that then cannot be reached is OFFLINE', () => {
    const refused = lost(7000, {kind: 'unreachable', status: undefined, message: 'refused'});
    expect(told(listed(patch('a')), lost(5000), refused).link.phase).toBe('offline');
  });

  test('it lasts from the last byte until a list asked for after the reopening has been read', () => {
    const cut = [{type: 'stream.heard', at: T0 + 3000}, lost(5000)] as const;
    const before = told(listed(patch('a')), ...cut);
    expect(before.link.staleSince).toBe(T0 + 3000);
    expect(phases(before, opened(7000), paged(7100, 2, [patch('a')]), ended(7200, 2))).toEqual([
      'stale',
      'stale',
      'live',
    ]);
  });

  test('a reading that began before the reopening does not end it', () => {
    const reading = told(
      listed(patch('a')),
      refresh(4000),
      lost(5000),
      opened(7000),
      paged(7100, 2, [patch('a')], 4000),
    );
    const {state, effects} = play(reading, ended(7200, 2));
    expect(state.link.phase).toBe('stale');
    expect(effects).toEqual([{do: 'list', run: 3}]);
    expect(told(state, paged(7300, 3, [patch('a')]), ended(7400, 3)).link.phase).toBe('live');
  });

  test('what the re-read finds is told as found by it, and counted at the end', () => {
    const pages = [patch('a', {status: 'paused'}), patch('c')];
    const state = told(listed(patch('a')), lost(5000), opened(7000), paged(7100, 2, pages), ended(16_000, 2));
    expect(logLines(state)).toEqual([
      'client | gap | stream lost: the server closed the stream; next try in 2s',
      'list | paused | a | running -> paused (found by re-read)',
      'list | created | c | agent-py311 us-east (found by re-read)',
      'client | gap end | out of touch for 16s; list read again: 2 changes found that no event told',
    ]);
  });

  test('one reason is told once, however often it is met', () => {
    const state = told(listed(), lost(1000), lost(2000), lost(3000), lost(4000, {message: 'timed out'}));
    expect(logLines(state)).toEqual([
      'client | gap | stream lost: the server closed the stream; next try in 2s',
      'client | stream | stream lost: timed out; next try in 2s',
    ]);
  });

  test('a new stream opened beside the old one is read after, without a gap', () => {
    const {state, effects} = play(listed(patch('a')), opened(9000));
    expect([state.link.phase, state.link.staleSince]).toEqual(['live', undefined]);
    expect(effects).toEqual([{do: 'list', run: 2}]);
  });

  test.each([
    ['the machine slept', {type: 'clock.ticked', at: T0 + 60_000, wall: WALL0 + 60_000}],
    ['the wall clock was set an hour on', {type: 'clock.ticked', at: T0 + 1000, wall: WALL0 + 3_600_000}],
    ['the wall clock was set an hour back', {type: 'clock.ticked', at: T0 + 1000, wall: WALL0 - 3_600_000}],
  ] as const)('%s: nothing is sure any more', (_, jump) => {
    const {state, effects} = play(listed(patch('a')), jump);
    expect(state.link.phase).toBe('stale');
    expect(effects).toEqual([{do: 'reconnect'}]);
    const reopened = play(state, opened(61_000));
    expect(reopened.effects).toEqual([{do: 'list', run: 2}]);
    expect(told(reopened.state, paged(61_100, 2, [patch('a')]), ended(61_200, 2)).link.phase).toBe('live');
  });
});

describe('without a stream', () => {
  test('the list is read now, and 5 s after each end', () => {
    const polled = play(begun(), unsupported);
    expect([polled.state.link.phase, polled.effects]).toEqual(['poll', [{do: 'list', run: 1}]]);
    const read = told(polled.state, paged(1000, 1, [patch('a')]), ended(1500, 1));
    expect(play(read, ...ticks(2000, 6000)).effects).toEqual([]);
    expect(play(read, ...ticks(2000, 7000)).effects).toEqual([{do: 'list', run: 2}]);
  });

  test('with few requests a minute it is read less often', () => {
    const budget = {limit: 10, remaining: 10, resetAt: T0 + 60_000};
    const read = told(
      begun(),
      {type: 'budget.changed', at: T0, budget},
      unsupported,
      paged(0, 1, []),
      paged(0, 1, []),
      ended(0, 1),
    );
    expect(read.listing.nextAt).toBe(T0 + 24_000);
  });

  test('when the list fails it says so, and comes back by itself', () => {
    const polled = told(begun(), unsupported, paged(1000, 1, [patch('a')]), ended(1000, 1), ...ticks(2000, 6000));
    const down = told(polled, {
      type: 'list.failed',
      at: T0 + 6500,
      run: 2,
      failure: failure({kind: 'unreachable', message: 'no route'}),
    });
    expect([down.link.phase, down.link.staleSince, statusOf(down, 'a')]).toEqual(['offline', T0 + 1000, 'running']);
    const up = play(down, tick(7500));
    expect(up.effects).toEqual([{do: 'list', run: 3}]);
    expect(told(up.state, paged(8000, 3, [patch('a')]), ended(8000, 3)).link.phase).toBe('poll');
  });
});

describe('access denied', () => {
  test('nothing happens by itself, not even after a day', () => {
    const denied = told(listed(patch('a')), refused);
    expect([denied.link.phase, denied.link.reason]).toEqual(['auth', 'invalid key']);
    expect(play(denied, ...ticks(6000, 200_000)).effects).toEqual([]);
  });

  test('a list may say it too', () => {
    const state = told(begun(), opened(0), {
      type: 'list.failed',
      at: T0,
      run: 1,
      failure: failure({kind: 'forbidden', status: 403}),
    });
    expect([state.link.phase, state.listing.nextAt]).toEqual(['auth', undefined]);
  });

  test('r tries again, stream and list', () => {
    const {state, effects} = play(listed(patch('a')), refused, refresh(9000));
    expect(state.link.phase).toBe('connecting');
    expect(effects).toEqual([{do: 'reconnect'}, {do: 'list', run: 2}]);
  });
});

test.each([
  ['live', listed(), [{do: 'list', run: 2}]],
  ['stale', told(listed(), lost(1000)), [{do: 'reconnect'}, {do: 'list', run: 2}]],
  ['poll', told(begun(), unsupported, ended(0, 1)), [{do: 'reconnect'}, {do: 'list', run: 2}]],
])('r while %s', (_, state, effects) => {
  expect(play(state, refresh(2000)).effects).toEqual(effects);
});

test('the usual silence is learned from the gaps between heartbeats, up to a minute', () => {
  const heard = (...seconds: readonly number[]) =>
    told(listed(), ...seconds.map((second) => ({type: 'stream.heard', at: T0 + second * 1000, isBeat: true}) as const))
      .link.heartbeatMs;
  expect(heard(15)).toBeUndefined();
  expect(heard(0, 15)).toBe(15_000);
  expect(heard(0, 15, 16)).toBeCloseTo(14_700);
  expect(heard(0, 15, 45)).toBe(30_000);
  expect(heard(0, 600)).toBe(60_000);
});

test('a stream that was asked for again and still is not there is not logged twice', () => {
  const polling = told(begun(), unsupported, ended(0, 1));
  const again = told(polling, refresh(2000), unsupported);
  expect(again.link.phase).toBe('poll');
  expect(again.log.total).toBe(polling.log.total);
});

test('r says that it reads, and then what came of it', () => {
  const asked = told(begun(), opened(0), ended(10, 1), refresh(2000));
  expect(asked.notice?.text).toBe('reading the list again…');
  expect(told(asked, paged(2100, 2, [patch('a')]), ended(2400, 2)).notice?.text).toBe('list read in 0.3 s: 1 alive');
  const failing: Event = {type: 'list.failed', at: T0 + 2400, run: 2, failure: failure({message: 'no answer'})};
  expect(told(asked, failing).notice?.text).toBe('list not read: no answer');
});
