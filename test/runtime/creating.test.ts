import {describe, expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import type {Wish} from '../../src/model/formEvents.ts';
import {createCreating} from '../../src/runtime/creating.ts';
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
  expect(events).toEqual([
    {type: 'create.sent', at: 0},
    {type: 'create.accepted', at: 0, asOf: 3, patch, status: 201, requestId: 'req_7'},
  ]);
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

describe('429 was not carried out', () => {
  test('it waits as the server asks, and goes again', async () => {
    let tries = 0;
    const {create, types, clock, calls} = creating(async () => {
      tries += 1;
      if (tries === 1) throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 20_000});
      return answered({id: 'sb_new', status: 'running'});
    });
    const done = create({do: 'create', wish});
    await settle();
    expect(types()).toEqual(['create.sent', 'create.queued', ...types().slice(2)]);
    expect(calls).toHaveLength(1);
    clock.advance(60_000);
    await done;
    expect(calls).toHaveLength(2);
    expect(types().at(-1)).toBe('create.accepted');
  });

  test('held for longer than anybody remembers, it is given up and said', async () => {
    const {create, events, calls, clock} = creating(async () => {
      throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 50_000});
    });
    const done = create({do: 'create', wish});
    for (let second = 0; second < 200; second += 1) {
      clock.advance(1000);
      await settle();
    }
    await done;
    expect(calls.length).toBeLessThanOrEqual(2);
    expect(events.at(-1)).toMatchObject({type: 'create.refused', failure: {mayHaveHappened: false}});
    expect(JSON.stringify(events.at(-1))).toContain('not created: the request limit held it');
  });
});

test('the end comes while it waits: nothing is sent', async () => {
  const {create, calls, events, stop, ports} = creating(async () => answered({id: 'x', status: 'running'}));
  ports.governor.refuse(60_000);
  const done = create({do: 'create', wish});
  await settle();
  expect(events.map(({type}) => type)).toEqual(['create.queued']);
  await stop();
  await done;
  expect(calls).toEqual([]);
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
