import {Buffer} from 'node:buffer';
import {describe, expect, test, vi} from 'vitest';
import {follow, next} from './follow.ts';
import {beginStream, sendJson, startServer} from './server.ts';

describe('waiting', () => {
  test.each([
    [429, {'retry-after': '7'}, {}, 7000],
    [503, {'retry-after': '7'}, {}, 7000],
    [429, {}, {error: 'slow down', retry_after: 9}, 9000],
    [429, {}, {error: {message: 'slow down', details: {retry_after_seconds: 4}}}, 4000],
    [429, {'x-ratelimit-reset': '12'}, {}, 12_000],
    [429, {'retry-after': '0'}, {}, 1000],
    [429, {'retry-after': '9999999'}, {}, 900_000],
  ])('%i %j %j is honoured', async (status, headers, body, least) => {
    const server = await startServer((_request, response) => sendJson(response, status, body, headers));
    const lost = await next(follow(server.url, {random: () => 0}), 'lost');
    expect(lost.retryInMs).toBe(least);
  });

  test('the pause grows with every failure and not one connect comes early', async () => {
    const server = await startServer((_request, response) => sendJson(response, 500, {}));
    const following = follow(server.url);
    for (const count of [1, 2, 3, 4, 5, 6]) await following.passPause(count);
    const lost = await next(following, 'lost', 6);
    expect(following.signals.filter(({type}) => type === 'lost')).toMatchObject(
      [500, 1000, 2000, 4000, 8000, 15_000].map((retryInMs, index) => ({retryInMs, attempt: index + 1})),
    );
    const at = following.signals.filter(({type}) => type === 'connecting').map((signal) => signal.at);
    expect(at.slice(0, 6)).toEqual([0, 500, 1500, 3500, 7500, 15_500]);
    expect(lost.failure.kind).toBe('server');
  });

  test('a connection that lived a minute makes the next pause a first one', async () => {
    const ends: (() => void)[] = [];
    const server = await startServer((_request, response, count) => {
      if (count < 4) return sendJson(response, 500, {});
      beginStream(response);
      ends.push(() => response.end());
    });
    const following = follow(server.url);
    for (const count of [1, 2, 3]) await following.passPause(count);
    await next(following, 'opened');
    following.clock.advance(60_000);
    ends[0]?.();
    expect(await next(following, 'lost', 4)).toMatchObject({attempt: 1, retryInMs: 500});
    await following.passPause(4);
    await next(following, 'opened', 2);
    following.clock.advance(59_999);
    ends[1]?.();
    expect(await next(following, 'lost', 5)).toMatchObject({attempt: 2, retryInMs: 1000});
  });

  test('retry: is the least pause from then on, within reason', async () => {
    const server = await startServer((_request, response, count) =>
      beginStream(response).end(count === 1 ? 'retry: 3000\n\n' : 'retry: 1\n\n'),
    );
    const following = follow(server.url, {random: () => 0});
    expect(await next(following, 'lost')).toMatchObject({retryInMs: 3000});
    await following.passPause(1);
    expect(await next(following, 'lost', 2)).toMatchObject({retryInMs: 250});
  });

  test('`hurry` cuts a pause short', async () => {
    const server = await startServer((_request, response, count) =>
      count === 1 ? sendJson(response, 503, {}) : beginStream(response),
    );
    const hurried = Promise.withResolvers<void>();
    const following = follow(server.url, {hurry: () => hurried.promise});
    await next(following, 'lost');
    hurried.resolve();
    await next(following, 'opened');
    expect(following.clock.monotonic()).toBe(0);
  });

  test('`admit` is asked before every connect, the first included', async () => {
    const server = await startServer((_request, response) => beginStream(response).end());
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let asked = 0;
    const following = follow(server.url, {
      random: () => 0,
      admit: () => gates[asked++]?.promise ?? Promise.resolve(),
    });
    await vi.waitFor(() => expect(asked).toBe(1));
    expect(following.types()).toEqual([]);
    gates[0]?.resolve();
    await following.passPause(1);
    await vi.waitFor(() => expect(asked).toBe(2));
    expect(server.seen).toHaveLength(1);
    gates[1]?.resolve();
    await next(following, 'opened', 2);
  });

  test('aborting ends a pause and a wait for admission', async () => {
    const server = await startServer((_request, response) => sendJson(response, 500, {}));
    const paused = follow(server.url);
    await next(paused, 'lost');
    paused.abort();
    await paused.ended;
    const waiting = follow(server.url, {admit: () => new Promise(() => undefined)});
    waiting.abort();
    await waiting.ended;
    expect(waiting.types()).toEqual(['ended']);
  });
});

describe('what is kept from one connection to the next', () => {
  test('the last id, as UTF-8 bytes, of a block without data too; not that of a broken one', async () => {
    const server = await startServer((_request, response, count) => {
      if (count === 1) beginStream(response).end('id: 1\ndata: a\n\nid: 東京\n\nid: 3\ndata: b\n');
      else beginStream(response).end('id:\n\n');
    });
    const following = follow(server.url);
    await following.passPause(1);
    await following.passPause(2);
    await next(following, 'opened', 3);
    const ids = server.seen.map(({headers}) => headers['last-event-id']);
    expect(Buffer.from(String(ids[1]), 'latin1').toString()).toBe('東京');
    expect([ids[0], ids[2]]).toEqual([undefined, undefined]);
  });

  test('a first id may be given', async () => {
    const server = await startServer((_request, response) => beginStream(response));
    await next(follow(server.url, {lastEventId: '41'}), 'opened');
    expect(server.seen[0]?.headers['last-event-id']).toBe('41');
  });

  test.each(['a\u0001b', 'x'.repeat(5000)])('an id no header can carry is not sent', async (lastEventId) => {
    const server = await startServer((_request, response) => beginStream(response));
    await next(follow(server.url, {lastEventId}), 'opened');
    expect(server.seen[0]?.headers).not.toHaveProperty('last-event-id');
  });
});
