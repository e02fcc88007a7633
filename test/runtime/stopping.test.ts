import {expect, test} from 'vitest';
import {failureOf} from '../../src/api/errors.ts';
import {settle} from '../support/settle.ts';
import {listOf, start} from './sessionBench.ts';

type Started = ReturnType<typeof start>;

const fleet = listOf(Array.from({length: 30}, (_, index) => `s${index}`));

const cases: readonly (readonly [string, Parameters<typeof start>[0], (given: Started) => Promise<void>])[] = [
  ['before anything came', {}, async () => undefined],
  ['while the list hangs', {}, async ({connect}) => connect()],
  [
    'while the stream waits to connect again',
    {script: fleet},
    async ({connect, sandboxStreams}) => {
      await connect();
      const failure = failureOf('unreachable', 'connection reset');
      sandboxStreams[0]?.push({type: 'lost', failure, attempt: 1, retryInMs: 30_000});
      await settle();
    },
  ],
  [
    'when the stream was given up',
    {script: fleet},
    async ({sandboxStreams}) => {
      await settle();
      sandboxStreams[0]?.push({type: 'ended', failure: failureOf('unauthorized', 'no')});
      await settle();
    },
  ],
  [
    'with an act under way',
    {script: fleet},
    async ({connect, store, clock}) => {
      await connect();
      store.dispatch({type: 'action.asked', at: clock.monotonic(), action: 'pause', id: 's1'}, 'key');
      await settle();
    },
  ],
  [
    'with an act, a list, checks and streams waiting for the limiter',
    {script: fleet},
    async ({connect, pass, observer, store, clock}) => {
      await connect();
      await pass(1_500);
      observer?.budgetChanged({limit: 100, remaining: 0, resetAt: clock.monotonic() + 50_000});
      store.dispatch({type: 'action.asked', at: clock.monotonic(), action: 'pause', id: 's1'}, 'key');
      store.dispatch({type: 'refresh.asked', at: clock.monotonic()}, 'key');
      await settle();
    },
  ],
];

test.each(cases)('stopped %s: no timer, no stream, no request and no word is left', async (_, given, reach) => {
  const session = start(given);
  await reach(session);
  const {store, stop, clock, sandboxStreams, metricStreams, isClosed, calls} = session;
  const [last, sent] = [store.getState(), calls.length];
  await stop();
  expect(store.getState()).toBe(last);
  expect(clock.waiting()).toBe(0);
  expect(isClosed()).toBe(true);
  expect([...sandboxStreams, ...metricStreams].filter(({isOver}) => !isOver())).toEqual([]);
  store.dispatch({type: 'action.asked', at: clock.monotonic(), action: 'pause', id: 's2'}, 'key');
  clock.advance(3_600_000);
  await settle();
  expect(calls).toHaveLength(sent);
  expect(store.getState().now).toBe(last.now);
  expect(clock.waiting()).toBe(0);
});

test('stopping twice is stopping once', async () => {
  const {stop} = start();
  await Promise.all([stop(), stop()]);
  await stop();
});
