import {describe, expect, test} from 'vitest';
import {failureOf} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import {createLifecycle} from '../../src/runtime/lifecycle.ts';
import {settle} from '../support/settle.ts';
import {follow} from './lifecycleBench.ts';
import {bench} from './ports.ts';

describe('signals become events', () => {
  const lost = failureOf('unreachable', 'connection reset');

  test('connecting, opened, lost with the time of the next try', async () => {
    const {push, events, clock, stop} = await follow();
    push({type: 'connecting', attempt: 2});
    push({type: 'opened'});
    clock.advance(100);
    push({type: 'lost', failure: lost, attempt: 3, retryInMs: 4_000});
    await settle();
    expect(events).toEqual([
      {type: 'stream.connecting', at: 0, attempt: 2},
      {type: 'stream.opened', at: 0},
      {type: 'stream.lost', at: 100, failure: lost, attempt: 3, retryAt: 4_100},
    ]);
    await stop();
  });

  test('signs of life are told once a second', async () => {
    const {push, events, clock, stop} = await follow();
    for (let times = 0; times < 30; times += 1) {
      push({type: 'heard'});
      await settle();
      clock.advance(100);
    }
    expect(events.map((event) => 'at' in event && event.at)).toEqual([0, 1_000, 2_000]);
    await stop();
  });

  const patch = {id: 'a', status: 'running'};
  test.each([
    [
      {kind: 'observed', patch, verb: 'sandbox.updated'},
      {type: 'sandbox.observed', asOf: 9, via: 'event', patch, verb: 'sandbox.updated'},
    ],
    [
      {kind: 'gone', id: 'a', verb: 'deleted', version: undefined},
      {type: 'sandbox.gone', asOf: 9, via: 'event', id: 'a', verb: 'deleted'},
    ],
    [
      {kind: 'gone', id: 'a', verb: 'deleted', version: 77},
      {type: 'sandbox.gone', asOf: 9, via: 'event', id: 'a', verb: 'deleted', version: 77},
    ],
    [
      {kind: 'snapshot', patches: [patch]},
      {type: 'snapshot.observed', asOf: 9, patches: [patch]},
    ],
    [
      {kind: 'hint', verb: 'changed'},
      {type: 'hint.received', verb: 'changed'},
    ],
    [
      {kind: 'hint', verb: 'changed', id: 'a'},
      {type: 'hint.received', verb: 'changed', id: 'a'},
    ],
    [
      {kind: 'unread', name: 'odd', excerpt: '{"x":'},
      {type: 'event.unread', name: 'odd', excerpt: '{"x":'},
    ],
  ] as const)('the news %o', async (value, event) => {
    const {push, events, clock, stop} = await follow();
    clock.advance(9);
    push({type: 'message', value});
    await settle();
    expect(events).toEqual([{...event, at: 9}]);
    await stop();
  });

  test('a batch is news of each of its rows', async () => {
    const {push, events, stop} = await follow();
    const news = [
      {kind: 'observed', patch, verb: 'sandboxes.updated'},
      {kind: 'hint', verb: 'sandboxes.updated', id: 'b'},
    ] as const;
    push({type: 'message', value: {kind: 'batch', news}});
    await settle();
    expect(events).toEqual([
      {type: 'sandbox.observed', at: 0, asOf: 0, via: 'event', patch, verb: 'sandboxes.updated'},
      {type: 'hint.received', at: 0, verb: 'sandboxes.updated', id: 'b'},
    ]);
    await stop();
  });

  test('a comment, or a message that says only that it lives, is a heartbeat', async () => {
    const {push, events, clock, stop} = await follow();
    push({type: 'message', value: {kind: 'alive'}});
    await settle();
    clock.advance(15_000);
    push({type: 'beat'});
    push({type: 'beat'});
    await settle();
    expect(events).toEqual([
      {type: 'stream.heard', at: 0, isBeat: true},
      {type: 'stream.heard', at: 15_000, isBeat: true},
    ]);
    await stop();
  });

  test('429 on the stream holds the other requests back too', async () => {
    const {push, ports, clock, stop} = await follow();
    const failure = failureOf('rate-limited', 'slow down', {retryAfterMs: 8_000});
    push({type: 'lost', failure, attempt: 1, retryInMs: 8_000});
    await settle();
    let hasLeft = false;
    void ports.governor.admit('list').then(() => {
      hasLeft = true;
    });
    clock.advance(7_999);
    await settle();
    expect(hasLeft).toBe(false);
    clock.advance(1);
    await settle();
    expect(hasLeft).toBe(true);
    await stop();
  });
});

describe('a stream that is given up', () => {
  test.each([
    ['unsupported', 'stream.unsupported'],
    ['bad-request', 'stream.unsupported'],
    ['bad-answer', 'stream.unsupported'],
    ['unauthorized', 'access.denied'],
    ['forbidden', 'access.denied'],
  ] as const)('%s is %s, and only asking tries it again', async (kind, type) => {
    const {push, types, reconnect, sandboxStreams, clock, stop} = await follow();
    push({type: 'ended', failure: failureOf(kind, 'no')});
    await settle();
    clock.advance(3_600_000);
    await settle();
    expect(types()).toEqual([type]);
    expect(sandboxStreams).toHaveLength(1);
    reconnect();
    await settle();
    expect(sandboxStreams).toHaveLength(2);
    await stop();
  });

  test('one that breaks without a word is given up too', async () => {
    const streamSandboxes: Api['streamSandboxes'] = () => {
      throw new TypeError('x is not a function');
    };
    const {types, mistakes, stop} = await follow({streamSandboxes});
    expect(types()).toEqual(['stream.unsupported']);
    expect(mistakes).toEqual([]);
    await stop();
  });
});

test('asked to connect anew, an open stream is dropped and followed again, without a word of failure', async () => {
  const {push, reconnect, sandboxStreams, types, stop} = await follow();
  push({type: 'opened'});
  await settle();
  reconnect();
  await settle();
  expect(sandboxStreams.map(({isOver}) => isOver())).toEqual([true, false]);
  push({type: 'opened'});
  await settle();
  expect(types()).toEqual(['stream.opened', 'stream.opened']);
  await stop();
});

test('one that is being connected is left to connect', async () => {
  const {push, reconnect, sandboxStreams, clock, stop} = await follow();
  clock.advance(60_000);
  push({type: 'connecting', attempt: 1});
  await settle();
  clock.advance(1_900);
  reconnect();
  await settle();
  expect(sandboxStreams).toHaveLength(1);
  await stop();
});

test('r drops an attempt to connect that hangs, and begins another', async () => {
  const {push, reconnect, sandboxStreams, clock, types, stop} = await follow();
  push({type: 'connecting', attempt: 1});
  await settle();
  clock.advance(2_000);
  reconnect();
  await settle();
  expect(sandboxStreams.map(({isOver}) => isOver())).toEqual([true, false]);
  reconnect();
  await settle();
  expect(sandboxStreams).toHaveLength(2);
  expect(types()).toEqual(['stream.connecting']);
  await stop();
});

test('r drops a wait for the limiter as well, without a way past it', async () => {
  const made = bench();
  made.ports.governor.refuse(30_000);
  const lifecycle = createLifecycle(made.ports);
  made.ports.tasks.start(lifecycle.follow);
  await settle();
  made.clock.advance(10_000);
  lifecycle.reconnect();
  await settle();
  expect(made.sandboxStreams).toEqual([]);
  made.clock.advance(20_000);
  await settle();
  expect(made.sandboxStreams).toHaveLength(1);
  await made.stop();
});

test('r cuts the back-off short', async () => {
  const {sandboxStreams, reconnect, stop} = await follow();
  let isHurried = false;
  void sandboxStreams[0]?.options.hurry?.().then(() => {
    isHurried = true;
  });
  await settle();
  expect(isHurried).toBe(false);
  reconnect();
  await settle();
  expect(isHurried).toBe(true);
  await stop();
});

test.each(['open', 'given up', 'waiting for the limiter'])('stopping ends a stream that is %s', async (phase) => {
  const {push, ports, reconnect, events, stop, clock} = await follow();
  if (phase !== 'open') push({type: 'ended', failure: failureOf('unsupported', 'no')});
  await settle();
  if (phase === 'waiting for the limiter') {
    ports.governor.refuse(60_000);
    reconnect();
    await settle();
  }
  const before = events.length;
  await stop();
  expect(events).toHaveLength(before);
  expect(clock.waiting()).toBe(0);
});
