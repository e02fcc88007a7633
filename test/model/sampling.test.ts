import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {sample, T0} from '../support/builders.ts';
import {failure, frame, gone, listed, logLines, patch, play, shownIds, ticks, told} from './given.ts';

const streaming = (ms: number, id = 'a'): Event => ({type: 'metrics.opened', at: T0 + ms, id});
const closed = (ms: number, id = 'a'): Event => ({type: 'metrics.closed', at: T0 + ms, id, reason: 'not wanted'});
const sampled = (ms: number, cpuPercent: number, id = 'a'): Event => ({
  type: 'metrics.sampled',
  id,
  sample: sample({at: T0 + ms, cpuPercent}),
});

describe('samples', () => {
  const running = listed(patch('a'), patch('b'));

  test('are kept while the stream is open', () => {
    const state = told(running, streaming(0), sampled(1000, 40), sampled(3000, 60));
    expect(state.metrics.get('a')?.latest?.cpuPercent).toBe(60);
  });

  test.each<[string, readonly Event[]]>([
    ['of an unknown sandbox', [streaming(0, 'x'), sampled(1000, 40, 'x')]],
    ['of one that has no stream', [sampled(1000, 40)]],
    ['that come late', [streaming(0), sampled(3000, 60), sampled(1000, 40)]],
    ['of a dead one', [streaming(0), sampled(500, 60), gone(600, 'a'), sampled(1000, 40)]],
  ])('%s are dropped', (_, events) => {
    const before = told(running, ...events.slice(0, -1));
    expect(told(before, ...events.slice(-1))).toBe(before);
  });

  test('are freed a minute after the stream is closed', () => {
    const state = told(running, streaming(0), sampled(1000, 40), closed(2000));
    expect(told(state, ...ticks(3000, 61_000)).metrics.size).toBe(1);
    expect(told(state, ...ticks(3000, 62_000)).metrics.size).toBe(0);
    expect(told(state, closed(9000))).toBe(state);
  });

  test('are freed a minute after the sandbox has died, stream or not', () => {
    const state = told(running, streaming(0), sampled(1000, 40), gone(2000, 'a'));
    expect(told(state, ...ticks(3000, 62_000)).metrics.size).toBe(0);
  });

  test('of an earlier stream are there when it is opened again', () => {
    const state = told(running, streaming(0), sampled(1000, 40), closed(2000), streaming(3000));
    expect(state.metrics.get('a')).toMatchObject({closedAt: undefined, latest: {cpuPercent: 40}});
  });

  test('move their row when it is sorted by them', () => {
    const byCpu = told(running, {type: 'sort.chosen', at: T0 - 60_000, column: 'cpu'}, streaming(0), streaming(0, 'b'));
    const state = told(byCpu, sampled(1000, 10), sampled(1000, 20, 'b'), frame(1100));
    expect(shownIds(state)).toEqual(['b', 'a']);
    expect(shownIds(told(state, sampled(3000, 30), frame(3100)))).toEqual(['a', 'b']);
  });
});

describe('what the server tells of itself', () => {
  test('the budget', () => {
    const budget = {limit: 100, remaining: 87, resetAt: T0 + 38_000};
    const state = told(listed(), {type: 'budget.changed', at: T0, budget});
    expect(state.budget).toEqual(budget);
    expect(told(state, {type: 'budget.changed', at: T0 + 1, budget: {...budget}})).toBe(state);
  });

  test.each([
    ['the first reading', [-700], -700],
    ['a better one', [-700, -100], -100],
    ['a worse one', [-100, -700], -100],
    ['a clock set back', [50_000, 1000], 1000],
  ])('its clock: %s', (_, readings, skewMs) => {
    const events = readings.map((reading): Event => ({type: 'server.dated', at: T0, skewMs: reading}));
    expect(told(listed(), ...events).skewMs).toBe(skewMs);
  });

  test('events nobody can read are counted, told once a name, and make the list due', () => {
    const odd = (ms: number, name: string): Event => ({type: 'event.unread', at: T0 + ms, name, excerpt: '{"x":'});
    const {state, effects} = play(
      listed(),
      odd(100, 'blip'),
      odd(200, 'blip'),
      odd(300, 'blop'),
      ...ticks(1000, 31_000),
    );
    expect(state.unread.toObject()).toEqual({blip: 2, blop: 1});
    expect(logLines(state)).toEqual([
      'stream | unread | event "blip" not understood: {"x":',
      'stream | unread | event "blop" not understood: {"x":',
    ]);
    expect(effects).toEqual([{do: 'list', run: 2}]);
  });

  test('however many names it makes up', () => {
    const events = Array.from(
      {length: 500},
      (_, index): Event => ({type: 'event.unread', at: T0, name: `n${index}`, excerpt: ''}),
    );
    const {unread} = told(listed(), ...events);
    expect([unread.size, unread.get('others')]).toEqual([101, 400]);
  });
});

test('a limit on the streams is a line of the log, with what to do', () => {
  const message = 'too many open files: raise `ulimit -n` or watch fewer metrics';
  const state = told(listed(patch('a')), {
    type: 'metrics.limited',
    at: T0,
    most: 12,
    failure: failure({kind: 'exhausted', message}),
  });
  expect(logLines(state)).toEqual([`client | metrics | 12 metric streams at most: ${message}`]);
});
