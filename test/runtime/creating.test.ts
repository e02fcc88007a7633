import {describe, expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import type {Wish} from '../../src/model/formEvents.ts';
import {createCreating} from '../../src/runtime/creating.ts';
import {fleet} from '../support/builders.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';
import {listOf, start} from './sessionBench.ts';

const wish: Wish = {
  templateName: 'python',
  region: undefined,
  timeoutSeconds: 600,
  internetAccess: true,
  envVars: {TOKEN: 's3cret-value'},
};

const creating = (createSandbox: Api['createSandbox']) => {
  const made = bench({createSandbox});
  return {...made, ...createCreating(made.ports)};
};

test('it is sent once, and told with its request id', async () => {
  const patch = {id: 'sb_new', status: 'creating'};
  const {create, calls, events} = creating(async () => answered(patch, {status: 201, requestId: 'req_7', sentAt: 3}));
  await create({do: 'create', wish});
  expect(calls.map(({method, args}) => [method, ...args])).toEqual([
    [
      'createSandbox',
      {templateName: 'python', timeoutSeconds: 600, internetAccess: true, envVars: {TOKEN: 's3cret-value'}},
    ],
  ]);
  expect(events).toEqual([{type: 'create.accepted', at: 0, asOf: 3, patch, status: 201, requestId: 'req_7'}]);
});

describe('a failure is told, and nothing is sent again', () => {
  test.each([
    ['402', apiError('payment', 'insufficient balance', {status: 402})],
    ['404', apiError('not-found', 'template not found', {status: 404})],
    ['503', apiError('server', 'no nodes', {status: 503, mayHaveHappened: true})],
    ['no answer', apiError('timed-out', 'the answer took too long', {mayHaveHappened: true})],
  ])('%s', async (_, error) => {
    const {create, calls, events, clock} = creating(async () => {
      throw error;
    });
    await create({do: 'create', wish});
    clock.advance(3_600_000);
    await settle();
    expect(calls).toHaveLength(1);
    expect(events.at(-1)).toEqual({type: 'create.refused', at: 0, failure: error.failure});
  });

  test('in words that hold no value of a variable', async () => {
    const {create, events} = creating(async () => {
      throw apiError('bad-request', 'TOKEN=s3cret-value is not allowed', {status: 400});
    });
    await create({do: 'create', wish});
    expect(JSON.stringify(events)).not.toContain('s3cret');
    expect(events.at(-1)).toMatchObject({failure: {message: 'TOKEN=•••• is not allowed'}});
  });
});

const tooMany = (retryAfterMs: number) => apiError('rate-limited', 'slow down', {status: 429, retryAfterMs});

test('429 was not carried out: it is told, and holds nothing but itself', async () => {
  const {create, ask, events, ports, clock} = creating(async () => {
    throw tooMany(20_000);
  });
  await create({do: 'create', wish});
  expect(events).toMatchObject([{type: 'create.queued', until: 20_000, failure: {kind: 'rate-limited'}}]);
  await Promise.all([ports.governor.admit('act'), ports.governor.admit('list')]);
  const asked = ask({do: 'create.ask', until: 20_000});
  clock.advance(19_999);
  await settle();
  expect(events).toHaveLength(1);
  clock.advance(1);
  await asked;
  expect(events.at(-1)).toEqual({type: 'create.admitted', at: 20_000, wall: 20_000});
});

test('the end comes while it waits: it is not let out', async () => {
  const {ask, calls, events, stop, ports} = creating(async () => answered({id: 'x', status: 'running'}));
  ports.governor.refuse(60_000);
  const done = ask({do: 'create.ask'});
  await settle();
  expect(events.map(({type}) => type)).toEqual(['create.queued']);
  await stop();
  await done;
  expect(calls).toEqual([]);
  expect(events).toHaveLength(1);
});

test('taken back while it waits, it lets go of its place', async () => {
  const {ask, sync, types, ports, clock} = creating(async () => answered({id: 'x', status: 'running'}));
  ports.governor.refuse(5_000);
  const done = ask({do: 'create.ask'});
  await settle();
  sync(fleet([]));
  await done;
  clock.advance(10_000);
  await settle();
  expect(types()).toEqual(['create.queued']);
});

test('in a session: a 429 for a create leaves the list and the acts of others alone', async () => {
  let tries = 0;
  const session = start({
    script: {
      ...listOf(['a', 'b']),
      pauseSandbox: async () => answered(undefined),
      async createSandbox() {
        tries += 1;
        throw tooMany(900_000);
      },
    },
  });
  await session.connect();
  const at = session.clock.monotonic();
  session.store.dispatch({type: 'form.opened', at, form: 'create', values: {template: 'python'}}, 'key');
  session.store.dispatch({type: 'form.submitted', at: at + 500}, 'key');
  await session.pass(1000);
  expect(session.store.getState().form?.mistake?.text).toContain('the server allows the next sandbox in 15m');
  session.store.dispatch({type: 'form.closed', at: session.clock.monotonic()}, 'key');
  const pause = {type: 'action.asked', at: session.clock.monotonic(), action: 'pause', id: 'a'} as const;
  session.store.dispatch(pause, 'key');
  await session.pass(1000);
  expect(session.methods()).toContain('pauseSandbox');
  expect(tries).toBe(1);
  await session.stop();
});

test('in a session: from the form to the row under the cursor', async () => {
  const created = {id: 'sb_new', status: 'creating'};
  const session = start({script: {...listOf(['a', 'b']), createSandbox: async () => answered(created, {status: 201})}});
  await session.connect();
  const at = session.clock.monotonic();
  session.store.dispatch({type: 'form.opened', at, form: 'create', values: {template: 'python'}}, 'key');
  session.store.dispatch({type: 'form.submitted', at: at + 500}, 'key');
  await session.pass(500);
  expect(session.methods().filter((method) => method === 'createSandbox')).toHaveLength(1);
  expect(session.store.getState()).toMatchObject({cursor: {id: 'sb_new'}, creation: undefined});
  await session.stop();
});
