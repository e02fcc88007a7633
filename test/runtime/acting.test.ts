import {describe, expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Answer, Api} from '../../src/api/types.ts';
import {type ActionId, sandboxActions} from '../../src/model/actions.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {type ActEffect, createActing} from '../../src/runtime/acting.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

type Reply = () => Answer<SandboxPatch | undefined>;

/** A server that answers every act by `reply`. */
const acting = (reply: Reply) => {
  const answer = async () => reply();
  const script: Partial<Api> = {
    pauseSandbox: answer,
    resumeSandbox: answer,
    startSandbox: answer,
    stopSandbox: answer,
    deleteSandbox: answer,
    setTimeout: answer,
  };
  const made = bench(script);
  return {...made, act: createActing(made.ports).act};
};

const effect = (action: ActionId, over: Partial<ActEffect> = {}): ActEffect => ({do: 'act', action, id: 'a', ...over});

const fails =
  (...told: Parameters<typeof apiError>): Reply =>
  () => {
    throw apiError(...told);
  };

describe('each action is one request', () => {
  const requests: Readonly<Record<ActionId, readonly [string, ...unknown[]]>> = {
    pause: ['pauseSandbox', 'a'],
    resume: ['resumeSandbox', 'a'],
    stop: ['stopSandbox', 'a'],
    start: ['startSandbox', 'a'],
    extend: ['setTimeout', 'a', 5_400],
    delete: ['deleteSandbox', 'a'],
  };

  test.each(sandboxActions.map(({id}) => id))('%s', async (action) => {
    const {act, calls} = acting(() => answered(undefined));
    await act(effect(action, action === 'extend' ? {timeoutSeconds: 5_400} : {}));
    expect(calls.map(({method, args}) => [method, ...args])).toEqual([requests[action]]);
  });

  test('an extension without its seconds never leaves: it might shorten a life', async () => {
    const {act, calls, events} = acting(() => answered(undefined));
    await act(effect('extend'));
    expect(calls).toEqual([]);
    expect(events).toMatchObject([{type: 'action.refused', failure: {message: /not sent/}}]);
  });
});

describe('outcomes', () => {
  test('success carries its request id and what the reply said', async () => {
    const patch = {id: 'a', status: 'paused'};
    const {act, events} = acting(() => answered(patch, {requestId: 'req_9', sentAt: 4}));
    await act(effect('pause'));
    expect(events).toEqual([
      {
        type: 'action.accepted',
        at: 0,
        asOf: 4,
        action: 'pause',
        id: 'a',
        status: 200,
        requestId: 'req_9',
        patch,
      },
    ]);
  });

  test.each([
    ['400', 'refused', fails('bad-request', 'no', {status: 400})],
    ['402', 'refused', fails('payment', 'no', {status: 402})],
    ['403', 'refused', fails('forbidden', 'no', {status: 403})],
    ['404', 'refused', fails('not-found', 'no', {status: 404})],
    ['405', 'refused', fails('unsupported', 'no', {status: 405})],
    ['409', 'refused', fails('conflict', 'no', {status: 409})],
    ['429 for a quota', 'refused', fails('quota', 'no', {status: 429})],
    ['read-only', 'refused', fails('read-only', 'no')],
    ['500', 'unknown', fails('server', 'no', {status: 500, mayHaveHappened: true})],
    ['503', 'unknown', fails('server', 'no', {status: 503, mayHaveHappened: true, retryAfterMs: 1_000})],
    ['no answer', 'unknown', fails('timed-out', 'no', {mayHaveHappened: true})],
    ['cut after it left', 'unknown', fails('unreachable', 'no', {mayHaveHappened: true})],
    ['never connected', 'refused', fails('unreachable', 'no', {mayHaveHappened: false})],
  ])('%s is %s, and is not sent again', async (_, outcome, reply) => {
    const {act, calls, types, clock} = acting(reply);
    await act(effect('stop'));
    clock.advance(3_600_000);
    await settle();
    expect(types()).toEqual([`action.${outcome}`]);
    expect(calls).toHaveLength(1);
  });

  test('a mistake of ours is unknown too, never a success', async () => {
    const {act, types} = acting(() => {
      throw new TypeError('x is not a function');
    });
    await act(effect('stop'));
    expect(types()).toEqual(['action.unknown']);
  });

  test('404 on delete keeps its request id: whether that is success is not decided here', async () => {
    const {act, events} = acting(fails('not-found', 'Sandbox not found', {status: 404, requestId: 'req_3'}));
    await act(effect('delete'));
    expect(events).toMatchObject([
      {type: 'action.refused', action: 'delete', id: 'a', failure: {kind: 'not-found', requestId: 'req_3'}},
    ]);
  });
});

describe('429', () => {
  const refusal = fails('rate-limited', 'slow down', {status: 429, retryAfterMs: 20_000});

  test('was not executed: queued, sent again when the limiter allows', async () => {
    let call = 0;
    const {act, calls, events, clock} = acting(() => {
      call += 1;
      return call === 1 ? refusal() : answered(undefined);
    });
    const done = act(effect('pause'));
    await settle();
    expect(events).toEqual([{type: 'action.queued', at: 0, action: 'pause', id: 'a', until: 20_000}]);
    clock.advance(19_999);
    await settle();
    expect(calls).toHaveLength(1);
    clock.advance(1);
    await done;
    expect(calls).toHaveLength(2);
    expect(events[1]).toMatchObject({type: 'action.accepted', at: 20_000});
  });

  test('for ever is refused in the end', async () => {
    const {act, calls, types, clock} = acting(refusal);
    const done = act(effect('pause'));
    for (let tries = 0; tries < 8; tries += 1) {
      await settle();
      clock.advance(20_000);
    }
    await done;
    expect(calls).toHaveLength(6);
    expect(types().slice(-2)).toEqual(['action.queued', 'action.refused']);
    expect(clock.waiting()).toBe(0);
  });

  test('does not hold the act on another sandbox back', async () => {
    let call = 0;
    const {act, calls} = acting(() => {
      call += 1;
      return call === 1 ? refusal() : answered(undefined);
    });
    void act(effect('pause'));
    await settle();
    await act(effect('pause', {id: 'b'}));
    expect(calls.map(({args}) => args[0])).toEqual(['a', 'b']);
  });

  test('an act that would be over the limit says so before it waits', async () => {
    const {act, calls, events, ports, clock} = acting(() => answered(undefined));
    ports.governor.learn({limit: 100, remaining: 0, resetAt: 9_000});
    const done = act(effect('pause'));
    await settle();
    expect(calls).toEqual([]);
    expect(events).toMatchObject([{type: 'action.queued', until: 10_000}]);
    clock.advance(10_000);
    await done;
    expect(calls).toHaveLength(1);
  });

  test('stopping while it is queued sends nothing', async () => {
    const {act, calls, stop, clock} = acting(refusal);
    const done = act(effect('delete'));
    await settle();
    await stop();
    await done;
    expect(calls).toHaveLength(1);
    expect(clock.waiting()).toBe(0);
  });
});
