import {describe, expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import type {ActionId} from '../../src/model/actions.ts';
import {HOUR, WALL0} from '../support/builders.ts';
import {answered, page} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {start} from './sessionBench.ts';

/** A fleet of two that expires in an hour, and a request limit that is used up for `heldMs`. */
async function watch(script: Partial<Api> = {}, heldMs = 30_000) {
  const patches = ['a1234', 'b1234'].map((id) => ({id, status: 'running', expiresAt: WALL0 + HOUR}));
  const session = start({
    script: {
      listSandboxes: async () => answered({...page([]), patches}),
      setTimeout: async (id) => answered({id}),
      pauseSandbox: async (id) => answered({id}),
      ...script,
    },
  });
  const {store, clock, observer, calls, sandboxStreams} = session;
  await session.connect();
  await session.pass(1_000);
  const useUpTheLimit = () =>
    observer?.budgetChanged({limit: 100, remaining: 0, resetAt: clock.monotonic() + heldMs - 1_000});
  const press = async (action: ActionId, id = 'a1234') => {
    store.dispatch({type: 'action.asked', at: clock.monotonic(), action, id}, 'key');
    await settle();
  };
  const undo = () => store.dispatch({type: 'action.undone', at: clock.monotonic()}, 'key');
  const hear = async (patch: {readonly id: string; readonly status?: string; readonly expiresAt?: number}) => {
    sandboxStreams[0]?.push({type: 'message', value: {kind: 'observed', patch, verb: 'sandbox.updated'}});
    await settle();
  };
  const acts = () => calls.filter(({method}) => /^(pause|delete|set)/.test(method));
  const notice = () => store.getState().notice?.text;
  return {...session, useUpTheLimit, press, undo, hear, acts, notice};
}

describe('the request limit is used up', () => {
  test('e leaves when it may, once, and keeps the five hours that another client set meanwhile', async () => {
    const {useUpTheLimit, press, hear, pass, acts, notice, clock, stop} = await watch();
    useUpTheLimit();
    await press('extend');
    expect(notice()).toBe('extend a1234 waits for the request limit: goes on in 30s; u takes it back');
    await hear({id: 'a1234', expiresAt: WALL0 + 5 * HOUR});
    await pass(29_900);
    expect(acts()).toEqual([]);
    await pass(5_000);
    expect(acts()).toMatchObject([{method: 'setTimeout', args: ['a1234', expect.any(Number)]}]);
    const [[, seconds]] = acts().map(({args}) => args as [string, number]) as [[string, number]];
    expect(acts()[0]?.at).toBe(31_000);
    expect(seconds).toBe((5 * HOUR - 31_000) / 1000 + 1800);
    expect(clock.monotonic()).toBeGreaterThan(31_000);
    await stop();
  });

  test('u takes it back, and nobody waits for it any more', async () => {
    const {useUpTheLimit, press, undo, pass, acts, notice, stop} = await watch();
    useUpTheLimit();
    await press('pause');
    await pass(5_000);
    undo();
    expect(notice()).toBe('pause of a1234 taken back: nothing was sent');
    await pass(60_000);
    expect(acts()).toEqual([]);
    await stop();
  });

  test('what was stopped elsewhere meanwhile is not paused', async () => {
    const {useUpTheLimit, press, hear, pass, acts, notice, stop} = await watch();
    useUpTheLimit();
    await press('pause');
    await hear({id: 'a1234', status: 'stopped'});
    await pass(31_000);
    expect(acts()).toEqual([]);
    expect(notice()).toContain('not sent: it is stopped, not running');
    await stop();
  });

  test('for four minutes: said at once, and never sent', async () => {
    const {useUpTheLimit, press, pass, acts, notice, stop} = await watch({}, 4 * 60_000);
    useUpTheLimit();
    await press('pause');
    expect(notice()).toBe('a1234: not sent: the request limit allows it only in 4m; press again');
    await pass(300_000);
    expect(acts()).toEqual([]);
    await stop();
  });
});

test('429: the acts that follow wait with it, and none earns another', async () => {
  let asked = 0;
  const pauseSandbox: Api['pauseSandbox'] = async (id) => {
    asked += 1;
    if (asked === 1) throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 20_000});
    return answered({id, status: 'paused'});
  };
  const {press, pass, acts, stop} = await watch({pauseSandbox});
  await press('pause', 'a1234');
  await press('pause', 'b1234');
  await pass(20_000);
  expect(acts().map(({args}) => args[0])).toEqual(['a1234']);
  await pass(1_500);
  expect(acts().map(({args}) => args[0])).toEqual(['a1234', 'a1234', 'b1234']);
  await stop();
});

test('Ctrl-Z in the grace of a delete, and fg a minute later: it does not leave', async () => {
  const {press, store, clock, pass, acts, notice, stop} = await watch();
  await press('delete');
  await pass(500);
  store.dispatch({type: 'dialog.typed', at: clock.monotonic(), text: '1234'}, 'key');
  store.dispatch({type: 'dialog.answered', at: clock.monotonic(), answer: 'enter'}, 'key');
  await pass(1_000);
  const {now, wall} = store.getState();
  // Timers stand still while a program is stopped: the first tick comes late.
  store.dispatch({type: 'clock.ticked', at: now + 60_000, wall: wall + 60_000}, 'data');
  expect(notice()).toBe('a1234: not sent: the program was stopped during its 5 s of grace');
  await pass(70_000);
  expect(acts()).toEqual([]);
  await stop();
});
