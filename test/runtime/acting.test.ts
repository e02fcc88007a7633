import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Answer, Api} from '../../src/api/types.ts';
import {type ActionId, sandboxAction, sandboxActions} from '../../src/model/actions.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {createActing, type SendEffect} from '../../src/runtime/acting.ts';
import {act, state} from '../support/builders.ts';
import {answered} from '../support/fakeApi.ts';
import {fakeFiles} from '../support/fakeFiles.ts';
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
    refreshToken: answer as never,
  };
  const made = bench(script);
  return {...made, ...createActing({...made.ports, files: fakeFiles()})};
};

const effect = (action: ActionId, over: Partial<SendEffect> = {}): SendEffect => ({
  do: 'send',
  action,
  id: 'a',
  ...over,
});
const pause = (id = 'a') => ({do: 'act', action: 'pause', id}) as const;

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
    timeout: ['setTimeout', 'a', 5_400],
    refresh: ['refreshToken', 'a'],
    delete: ['deleteSandbox', 'a'],
  };

  test.each(sandboxActions.map(({id}) => id))('%s', async (action) => {
    const {send, calls} = acting(() =>
      answered(action === 'refresh' ? ({tokenExpiresAt: undefined} as never) : undefined),
    );
    await send(effect(action, sandboxAction(action).request.method === 'PUT' ? {timeoutSeconds: 5_400} : {}));
    expect(calls.map(({method, args}) => [method, ...args])).toEqual([requests[action]]);
  });

  test('an extension without its seconds never leaves: it might shorten a life', async () => {
    const {send, calls, events} = acting(() => answered(undefined));
    await send(effect('extend'));
    expect(calls).toEqual([]);
    expect(events).toMatchObject([{type: 'action.refused', failure: {message: /not sent/}}]);
  });
});

describe('outcomes', () => {
  test('success carries its request id and what the reply said', async () => {
    const patch = {id: 'a', status: 'paused'};
    const {send, events} = acting(() => answered(patch, {requestId: 'req_9', sentAt: 4}));
    await send(effect('pause'));
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
    const {send, calls, types, clock} = acting(reply);
    await send(effect('stop'));
    clock.advance(3_600_000);
    await settle();
    expect(types()).toEqual([`action.${outcome}`]);
    expect(calls).toHaveLength(1);
  });

  test('a mistake of ours is unknown too, never a success', async () => {
    const {send, types} = acting(() => {
      throw new TypeError('x is not a function');
    });
    await send(effect('stop'));
    expect(types()).toEqual(['action.unknown']);
  });

  test('404 on delete keeps its request id: whether that is success is not decided here', async () => {
    const {send, events} = acting(fails('not-found', 'Sandbox not found', {status: 404, requestId: 'req_3'}));
    await send(effect('delete'));
    expect(events).toMatchObject([
      {type: 'action.refused', action: 'delete', id: 'a', failure: {kind: 'not-found', requestId: 'req_3'}},
    ]);
  });
});

describe('429', () => {
  const refusal = fails('rate-limited', 'slow down', {status: 429, retryAfterMs: 20_000, requestId: 'req_4'});

  test('was not executed: told with what the server said and until when; not sent again by itself', async () => {
    const {send, calls, events, clock} = acting(refusal);
    await send(effect('pause'));
    clock.advance(3_600_000);
    await settle();
    expect(events).toMatchObject([
      {type: 'action.queued', at: 0, id: 'a', until: 20_000, failure: {status: 429, requestId: 'req_4'}},
    ]);
    expect(calls).toHaveLength(1);
  });

  test('holds every act back, this one and new ones, and what they ask for goes before the rest', async () => {
    const {send, ask, events, ports, clock} = acting(refusal);
    await send(effect('pause'));
    const left: string[] = [];
    void ports.governor.admit('list').then(() => left.push('list'));
    void ask(pause('a'));
    void ask(pause('b'));
    clock.advance(19_999);
    await settle();
    expect(events.slice(1)).toEqual([
      {type: 'action.queued', at: 0, id: 'a', until: 20_000},
      {type: 'action.queued', at: 0, id: 'b', until: 20_000},
    ]);
    clock.advance(1);
    await settle();
    expect(events.slice(3)).toMatchObject([
      {type: 'action.admitted', at: 20_000, id: 'a'},
      {type: 'action.admitted', at: 20_000, id: 'b'},
    ]);
    expect(left).toEqual(['list']);
  });
});

describe('leave to send', () => {
  test('is given at once where nothing is held, and says nothing of waiting', async () => {
    const {ask, events} = acting(() => answered(undefined));
    await ask(pause());
    expect(events).toEqual([{type: 'action.admitted', at: 0, wall: 0, id: 'a'}]);
  });

  test('is waited for by our own counting, which is no answer of the server', async () => {
    const {ask, calls, events, ports, clock} = acting(() => answered(undefined));
    ports.governor.learn({limit: 100, remaining: 0, resetAt: 9_000});
    const done = ask(pause());
    await settle();
    expect(events).toEqual([{type: 'action.queued', at: 0, id: 'a', until: 10_000}]);
    clock.advance(10_000);
    await done;
    expect(events.at(-1)).toMatchObject({type: 'action.admitted', at: 10_000});
    expect(calls).toEqual([]);
  });

  test('says anew when the wait becomes longer', async () => {
    const {ask, events, ports, clock} = acting(() => answered(undefined));
    ports.governor.refuse(5_000);
    void ask(pause());
    clock.advance(1_000);
    ports.governor.refuse(240_000);
    ports.governor.refuse(1_000);
    expect(events).toMatchObject([{until: 5_000}, {at: 1_000, until: 241_000}]);
  });

  test('nobody wants any more is not waited for, and costs nothing', async () => {
    const {ask, sync, events, ports, clock} = acting(() => answered(undefined));
    ports.governor.learn({limit: 100, remaining: 0, resetAt: 9_000});
    void ask(pause());
    sync(state());
    await settle();
    expect(clock.waiting()).toBe(0);
    clock.advance(20_000);
    await settle();
    expect(events.map(({type}) => type)).toEqual(['action.queued']);
  });

  test('is kept for an act that still waits', async () => {
    const {ask, sync, types, ports, clock} = acting(() => answered(undefined));
    ports.governor.refuse(9_000);
    void ask(pause('sb_9f3a71c204'));
    sync(state({acts: ImmutableMap({sb_9f3a71c204: act({phase: 'queued', sentAt: undefined})})}));
    clock.advance(9_000);
    await settle();
    expect(types()).toEqual(['action.queued', 'action.admitted']);
  });

  test('taken back and asked for anew is one leave', async () => {
    const {ask, types, ports, clock} = acting(() => answered(undefined));
    ports.governor.refuse(9_000);
    void ask(pause());
    void ask(pause());
    clock.advance(9_000);
    await settle();
    expect(types()).toEqual(['action.queued', 'action.queued', 'action.admitted']);
  });

  test('is not given when the session stops meanwhile', async () => {
    const {ask, types, stop, ports, clock} = acting(() => answered(undefined));
    ports.governor.refuse(9_000);
    const done = ask({do: 'act', action: 'delete', id: 'a'});
    await stop();
    await done;
    expect(types()).toEqual(['action.queued']);
    expect(clock.waiting()).toBe(0);
  });
});
