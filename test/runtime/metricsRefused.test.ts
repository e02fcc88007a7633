import {describe, expect, test} from 'vitest';
import {failureOf} from '../../src/api/errors.ts';
import {settle} from '../support/settle.ts';
import {fleet, metrics, names} from './metricsBench.ts';

describe('a server that refuses streams', () => {
  const tooMany = failureOf('server', 'too many streams', {status: 503});
  const refuse = async (streams: ReturnType<ReturnType<typeof metrics>['open']>) => {
    for (const stream of streams) stream.push({type: 'lost', failure: tooMany, attempt: 1, retryInMs: 1_000});
    await settle();
  };
  /** Streams of five that are wanted, all refused; so many seconds apart. */
  const refuseFourTimes = async ({syncFor, open}: ReturnType<typeof metrics>, seconds: number) => {
    for (let times = 0; times < 4; times += 1) {
      await syncFor(fleet(names(5)), seconds);
      await refuse(open());
    }
  };

  test('gets half as many: the most wanted stay', async () => {
    const {syncFor, accept, open, openIds, stop} = metrics(24);
    const all = fleet(names(24));
    await syncFor(all, 3);
    await accept();
    await refuse(open().slice(4));
    await syncFor(all, 0);
    expect(openIds()).toEqual(names(12));
    await syncFor(all, 6);
    await refuse(open().slice(0, 1));
    await syncFor(all, 0);
    expect(openIds()).toEqual(names(6));
    await stop();
  });

  test('is told of once a step down, not once a stream', async () => {
    const {syncFor, open, ports, stop, events} = metrics(24);
    await syncFor(fleet(names(24)), 3);
    await refuse(open());
    const told = events.filter(({type}) => type === 'metrics.limited');
    expect(told).toEqual([{type: 'metrics.limited', at: ports.clock.monotonic(), most: 12, failure: tooMany}]);
    await stop();
  });

  test('is told of no limit that was told before: one that bears none would be told of for ever', async () => {
    const bench = metrics(2);
    await refuseFourTimes(bench, 70);
    expect(bench.events.filter(({type}) => type === 'metrics.limited')).toHaveLength(1);
    await bench.stop();
  });

  test('gets one more a minute, up to the limit', async () => {
    const {syncFor, open, openIds, stop} = metrics(4);
    const all = fleet(names(24));
    await syncFor(all, 1);
    await refuse(open());
    await syncFor(all, 59);
    expect(openIds()).toHaveLength(2);
    await syncFor(all, 2);
    expect(openIds()).toHaveLength(3);
    await syncFor(all, 180);
    expect(openIds()).toHaveLength(4);
    await stop();
  });

  test('never none at all', async () => {
    const bench = metrics(2);
    const {syncFor, openIds, stop} = bench;
    await refuseFourTimes(bench, 6);
    await syncFor(fleet(names(5)), 1);
    expect(openIds()).toHaveLength(1);
    await stop();
  });

  test('429 on a stream holds everything but acts', async () => {
    const {syncFor, open, ports, stop} = metrics();
    await syncFor(fleet(['a']), 1);
    const failure = failureOf('rate-limited', 'slow down', {status: 429, retryAfterMs: 9_000});
    open()[0]?.push({type: 'lost', failure, attempt: 1, retryInMs: 9_000});
    await settle();
    const left: string[] = [];
    void ports.governor.admit('act').then(() => left.push('act'));
    void ports.governor.admit('list', ports.stopping).then(() => left.push('list'));
    await settle();
    expect(left).toEqual(['act']);
    await stop();
  });
});

test('after a restart of the server its streams come back ten a second', async () => {
  const connectedAt: number[] = [];
  const {sync, clock, ports, stop} = metrics(50, {
    /** Follows as the client does: asks before each connect, and connects again when the server is back. */
    async *streamMetrics(_id, {signal, admit}) {
      for (const attempt of [1, 2]) {
        await admit?.();
        if (signal.aborted) return;
        connectedAt.push(clock.monotonic());
        yield {type: 'connecting', at: clock.monotonic(), attempt};
        while (!signal.aborted && clock.monotonic() < 10_000) await settle();
      }
    },
  });
  ports.governor.learn({limit: 1_000, remaining: 1_000, resetAt: 60_000});
  sync(fleet(names(50)));
  for (let second = 0; second < 16; second += 1) {
    await settle();
    clock.advance(1_000);
  }
  await settle();
  const perSecond = (from: number) => connectedAt.filter((at) => at >= from && at < from + 1_000).length;
  expect([10, 11, 12, 13, 14].map((second) => perSecond(second * 1_000))).toEqual([10, 10, 10, 10, 10]);
  await stop();
});
