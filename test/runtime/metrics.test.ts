import {describe, expect, test} from 'vitest';
import {failureOf} from '../../src/api/errors.ts';
import {sample} from '../support/builders.ts';
import {settle} from '../support/settle.ts';
import {fleet, metrics, names, showing} from './metricsBench.ts';

describe('what is wanted is opened', () => {
  test('ten a second, from the top', async () => {
    const {sync, openIds, clock, stop} = metrics();
    sync(fleet(names(24)));
    await settle();
    expect(openIds()).toEqual(names(10));
    clock.advance(1_000);
    await settle();
    expect(openIds()).toEqual(names(20));
    clock.advance(1_000);
    await settle();
    expect(openIds()).toEqual(names(24));
    await stop();
  });

  test('once, however often it is wanted', async () => {
    const {syncFor, metricStreams, stop} = metrics();
    await syncFor(fleet(names(5)), 10);
    expect(metricStreams).toHaveLength(5);
    await stop();
  });

  test('never more than the limit', async () => {
    const {syncFor, openIds, stop} = metrics(3);
    await syncFor(fleet(names(24)), 3);
    expect(openIds()).toEqual(names(3));
    await stop();
  });

  test('its samples are told, from opened to closed', async () => {
    const {sync, open, events, stop} = metrics();
    sync(fleet(['a']));
    await settle();
    const [stream] = open();
    stream?.push({type: 'opened'});
    stream?.push({type: 'message', value: sample({at: 0, cpuPercent: 7})});
    const failure = failureOf('unreachable', 'connection reset');
    stream?.push({type: 'lost', failure, attempt: 1, retryInMs: 1_000});
    stream?.push({type: 'lost', failure, attempt: 2, retryInMs: 2_000});
    await settle();
    expect(events).toEqual([
      {type: 'metrics.opened', at: 0, id: 'a'},
      {type: 'metrics.sampled', id: 'a', sample: sample({at: 0, cpuPercent: 7})},
      {type: 'metrics.closed', at: 0, id: 'a', reason: 'connection reset'},
    ]);
    await stop();
  });
});

describe('what is no longer wanted', () => {
  test('lingers fifteen seconds, for it may come back', async () => {
    const {syncFor, accept, openIds, types, metricStreams, stop} = metrics();
    const both = fleet(['a', 'b']);
    await syncFor(both, 1);
    await accept();
    await syncFor(showing(both, ['a']), 14);
    expect(openIds()).toEqual(['a', 'b']);
    await syncFor(both, 1);
    await syncFor(showing(both, ['a']), 14);
    expect(openIds()).toEqual(['a', 'b']);
    await syncFor(showing(both, ['a']), 1);
    expect(openIds()).toEqual(['a']);
    expect(types().filter((type) => type === 'metrics.closed')).toHaveLength(1);
    expect(metricStreams).toHaveLength(2);
    await stop();
  });

  test('makes room at once for what is, the longest unwanted first', async () => {
    const {syncFor, accept, openIds, stop} = metrics(3);
    const all = fleet(['a', 'b', 'c', 'd', 'e']);
    await syncFor(showing(all, ['a', 'b', 'c']), 1);
    await accept();
    await syncFor(showing(all, ['b', 'c']), 2);
    await syncFor(showing(all, ['c', 'd']), 1);
    expect(openIds()).toEqual(['b', 'c', 'd']);
    await accept();
    await syncFor(showing(all, ['d', 'e']), 1);
    expect(openIds()).toEqual(['c', 'd', 'e']);
    await stop();
  });

  test('and has not opened yet is not opened any more', async () => {
    const {sync, metricStreams, clock, stop} = metrics();
    const all = fleet(names(24));
    sync(all);
    await settle();
    sync(showing(all, names(3)));
    clock.advance(5_000);
    await settle();
    expect(metricStreams.filter(({isOver}) => !isOver()).map(({id}) => id)).toEqual(names(3));
    expect(metricStreams).toHaveLength(10);
    await stop();
  });
});

describe('a sandbox that leaves running', () => {
  test('loses its stream at once, and gets one again when it is back', async () => {
    const {syncFor, accept, events, openIds, stop} = metrics();
    await syncFor(fleet(['a', 'b']), 1);
    await accept();
    await syncFor(fleet(['a', 'b'], {a: 'paused'}), 0);
    expect(openIds()).toEqual(['b']);
    expect(events).toContainEqual({type: 'metrics.closed', at: 1_000, id: 'a', reason: 'no longer running'});
    await syncFor(fleet(['a', 'b']), 1);
    expect(openIds()).toEqual(['b', 'a']);
    await stop();
  });

  test('is not asked again for a minute when its stream was given up', async () => {
    const {syncFor, accept, open, metricStreams, types, stop} = metrics();
    await syncFor(fleet(['a']), 1);
    await accept();
    open()[0]?.push({type: 'ended', failure: failureOf('not-found', 'Sandbox not found', {status: 404})});
    await syncFor(fleet(['a']), 59);
    expect(types()).toEqual(['metrics.opened', 'metrics.closed', 'hint.received']);
    expect(metricStreams).toHaveLength(1);
    await syncFor(fleet(['a']), 2);
    expect(metricStreams).toHaveLength(2);
    await stop();
  });
});

describe('a sandbox whose metrics are not found', () => {
  const notFound = failureOf('not-found', 'Sandbox not found', {status: 404});
  const hints = (events: readonly {readonly type: string}[]) => events.filter(({type}) => type === 'hint.received');

  test('may be gone: that is looked up at once, and not again as long as its metrics stay away', async () => {
    const {syncFor, open, events, metricStreams, stop} = metrics();
    await syncFor(fleet(['a']), 1);
    for (let minute = 0; minute < 3; minute += 1) {
      open()[0]?.push({type: 'ended', failure: notFound});
      await settle();
      expect(hints(events)).toEqual([{type: 'hint.received', at: 1_000, verb: 'metrics.not-found', id: 'a'}]);
      await syncFor(fleet(['a']), 61);
    }
    expect(metricStreams).toHaveLength(4);
    await stop();
  });

  test('is looked up again when it had metrics in between', async () => {
    const {syncFor, accept, open, events, stop} = metrics();
    for (const times of [1, 2]) {
      await syncFor(fleet(['a']), 61);
      await accept();
      open()[0]?.push({type: 'ended', failure: notFound});
      await settle();
      expect(hints(events)).toHaveLength(times);
    }
    await stop();
  });

  test('is not doubted when there is no such stream, or no leave', async () => {
    const {syncFor, open, events, stop} = metrics();
    await syncFor(fleet(['a', 'b']), 1);
    for (const stream of open()) stream.push({type: 'ended', failure: failureOf('unsupported', 'no stream here')});
    await settle();
    expect(hints(events)).toEqual([]);
    await stop();
  });
});

test('stopping closes every stream and leaves no timer', async () => {
  const {sync, stop, open, clock, types} = metrics();
  sync(fleet(names(24)));
  await settle();
  open()[0]?.push({type: 'opened'});
  await settle();
  await stop();
  expect(open()).toEqual([]);
  expect(types()).toEqual(['metrics.opened', 'metrics.closed']);
  expect(clock.waiting()).toBe(0);
});
