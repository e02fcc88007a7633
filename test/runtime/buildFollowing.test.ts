import {expect, test} from 'vitest';
import {apiError, failureOf} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import type {Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import type {ViewId} from '../../src/model/views.ts';
import {createBuildFollowing} from '../../src/runtime/buildFollowing.ts';
import {fleet} from '../support/builders.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {buildStatus} from '../support/templates.ts';
import {bench} from './ports.ts';

/** Builds `b_1` and `b_2` on the screen; what happens is reduced, and told every second as the session does. */
function following(script: Partial<Api> = {}) {
  const made = bench({buildStatus: async (buildId) => answered(buildStatus({buildId})), ...script});
  const runner = createBuildFollowing(made.ports);
  let state: State = fleet([]);
  let taken = 0;
  const take = (event: Event) => {
    [state] = reduce(state, event);
  };
  const tell = () => {
    for (const event of made.events.slice(taken)) take(event);
    taken = made.events.length;
    runner.sync(state);
  };
  const pass = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      tell();
      await settle();
      made.clock.advance(1000);
    }
    tell();
    await settle();
    tell();
  };
  const look = (view: ViewId) => take({type: 'view.chosen', at: made.clock.monotonic(), view});
  for (const buildId of ['b_1', 'b_2']) take({type: 'build.named', at: 0, buildId});
  const asked = () => made.calls.filter(({method}) => method === 'buildStatus').map(({args}) => args[0]);
  return {...made, take, pass, look, asked, getState: () => state};
}

test('builds that go on are asked for every two seconds', async () => {
  const {pass, asked, stop} = following();
  await pass(10);
  const count = asked().filter((id) => id === 'b_1').length;
  expect(count).toBeGreaterThanOrEqual(5);
  expect(count).toBeLessThanOrEqual(6);
  await stop();
});

test('final ones are asked for once', async () => {
  const {pass, asked, getState, stop} = following({
    buildStatus: async (buildId) => answered(buildStatus({buildId, status: 'failed'})),
  });
  await pass(10);
  expect(asked().toSorted()).toEqual(['b_1', 'b_2']);
  expect(getState().builds.rows.get('b_1')?.status?.status).toBe('failed');
  await stop();
});

test('nothing is asked for while another view is shown', async () => {
  const {pass, look, asked, stop} = following();
  look('events');
  await pass(10);
  expect(asked()).toEqual([]);
  await stop();
});

test('one that the server does not know is asked for once, one that cannot be read again after a while', async () => {
  const {pass, asked, stop} = following({
    buildStatus: async (buildId) => {
      throw apiError(buildId === 'b_1' ? 'not-found' : 'server', 'no');
    },
  });
  await pass(12);
  expect(asked().filter((id) => id === 'b_1')).toHaveLength(1);
  expect(asked().filter((id) => id === 'b_2')).toHaveLength(2);
  await stop();
});

const showLog: Event = {type: 'buildLog.shown', at: 0, buildId: 'b_1'};
const done = {...buildStatus({status: 'active'})};

test('the open log is followed to its end, with its last word', async () => {
  const {take, pass, buildLogs, getState, stop} = following({buildStatus: async () => answered(done)});
  take(showLog);
  await pass(1);
  const [log] = buildLogs;
  log?.push({type: 'opened'});
  log?.push({type: 'message', value: {kind: 'lines', lines: [{level: undefined, text: 'npm ci', at: undefined}]}});
  await pass(1);
  expect(getState().builds.log).toMatchObject({phase: 'live', total: 1});
  log?.push({type: 'message', value: {kind: 'done', status: 'active'}});
  await pass(3);
  expect(getState().builds.log).toMatchObject({phase: 'ended', reason: 'active'});
  expect(buildLogs).toHaveLength(1);
  await stop();
});

test('a broken log says so, and begins anew when it is there again', async () => {
  const {take, pass, buildLogs, getState, stop} = following({buildStatus: async () => answered(done)});
  take(showLog);
  await pass(1);
  buildLogs[0]?.push({type: 'lost', failure: failureOf('unreachable', 'reset'), attempt: 1, retryInMs: 1000});
  await pass(1);
  expect(getState().builds.log).toMatchObject({phase: 'lost', reason: 'reset'});
  buildLogs[0]?.push({type: 'opened'});
  await pass(1);
  expect(getState().builds.log).toMatchObject({phase: 'live', reason: undefined});
  await stop();
});

test('a log that is given up says why', async () => {
  const {take, pass, buildLogs, getState, stop} = following({buildStatus: async () => answered(done)});
  take(showLog);
  await pass(1);
  buildLogs[0]?.push({type: 'ended', failure: failureOf('not-found', 'no such build', {status: 404})});
  await pass(2);
  expect(getState().builds.log).toMatchObject({phase: 'ended', reason: 'no such build'});
  await stop();
});

test('closed, it is let go at once; left for another view, after a minute', async () => {
  const {take, pass, look, buildLogs, stop} = following({buildStatus: async () => answered(done)});
  take(showLog);
  await pass(1);
  look('events');
  await pass(50);
  expect(buildLogs[0]?.isOver()).toBe(false);
  await pass(12);
  expect(buildLogs[0]?.isOver()).toBe(true);
  look('builds');
  await pass(1);
  expect(buildLogs).toHaveLength(2);
  take({type: 'buildLog.closed', at: 0});
  await pass(1);
  expect(buildLogs[1]?.isOver()).toBe(true);
  await stop();
});

test('a log closed and opened again within a frame is followed anew, from its first line', async () => {
  const {take, pass, clock, buildLogs, getState, stop} = following();
  take({type: 'buildLog.shown', at: 0, buildId: 'b_1'});
  await pass(1);
  buildLogs[0]?.push({type: 'opened'});
  buildLogs[0]?.push({type: 'message', value: {kind: 'lines', lines: [{level: 'INFO', text: 'first', at: 0}]}});
  await pass(1);
  const at = clock.monotonic();
  take({type: 'buildLog.closed', at});
  take({type: 'buildLog.shown', at, buildId: 'b_1'});
  await pass(1);
  expect(buildLogs.map(({isOver}) => isOver())).toEqual([true, false]);
  buildLogs[1]?.push({type: 'opened'});
  buildLogs[1]?.push({type: 'message', value: {kind: 'lines', lines: [{level: 'INFO', text: 'first', at: 0}]}});
  await pass(1);
  expect(getState().builds.log?.total).toBe(1);
  await stop();
});
