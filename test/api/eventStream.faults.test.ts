import {describe, expect, test, vi} from 'vitest';
import {createDispatcher, streamTimeouts} from '../../src/api/exchange.ts';
import {metricsPolicy} from '../../src/api/streamVerdict.ts';
import {follow, next} from './follow.ts';
import {beginStream, startServer} from './server.ts';

describe('connections that break', () => {
  test('closed by the server: lost, and tried again', async () => {
    const server = await startServer((_request, response) => beginStream(response).end('data: a\n\n'));
    const following = follow(server.url);
    expect((await next(following, 'lost')).failure).toMatchObject({
      kind: 'unreachable',
      message: 'the server closed the stream',
    });
    await following.passPause(1);
    await next(following, 'message', 2);
  });

  test('reset in the middle of a character: what was whole is told, the rest is not', async () => {
    const server = await startServer((_request, response) => {
      beginStream(response).write(Buffer.from('data: 東\n\ndata: 京').subarray(0, -1), () =>
        response.socket?.resetAndDestroy(),
      );
    });
    const following = follow(server.url);
    expect((await next(following, 'lost')).failure.kind).toBe('unreachable');
    const messages = following.signals.filter(({type}) => type === 'message');
    expect(messages).toMatchObject([{data: '東'}]);
  });

  test('nobody there: lost, with the host in the sentence', async () => {
    const following = follow(new URL('http://127.0.0.1:1'));
    expect((await next(following, 'lost')).failure).toMatchObject({
      kind: 'unreachable',
      message: '127.0.0.1:1 refused the connection',
      mayHaveHappened: false,
    });
  });

  test('headers that never come do not hold it for ever', async () => {
    const server = await startServer(() => undefined);
    const dispatcher = createDispatcher({...streamTimeouts, headersMs: 50});
    expect((await next(follow(server.url, {dispatcher}), 'lost')).failure.kind).toBe('timed-out');
  });

  test('silence beyond `silenceMs` is a loss; a comment is no silence', async () => {
    const server = await startServer((_request, response) => {
      beginStream(response);
      response.write(': 1\n');
    });
    const following = follow(server.url, {silenceMs: 10_000});
    await next(following, 'comment');
    following.clock.advance(9999);
    expect(following.types()).not.toContain('lost');
    following.clock.advance(1);
    expect((await next(following, 'lost')).failure.kind).toBe('timed-out');
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
  });

  test('bytes put the end of the patience off', async () => {
    let write = (_text: string): unknown => undefined;
    const server = await startServer((_request, response) => {
      beginStream(response);
      write = (text) => response.write(text);
    });
    const following = follow(server.url, {silenceMs: 10_000});
    await next(following, 'opened');
    for (const count of [1, 2, 3]) {
      following.clock.advance(6000);
      write(': x\n');
      await next(following, 'comment', count);
    }
    expect(following.types()).not.toContain('lost');
  });

  test('`restart` drops the connection and keeps the id', async () => {
    const server = await startServer((_request, response) => beginStream(response).write('id: 5\n\n: ready\n'));
    const asked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let count = 0;
    const following = follow(server.url, {restart: () => asked[count++]?.promise ?? new Promise(() => undefined)});
    await next(following, 'comment');
    asked[0]?.resolve();
    await following.passPause(1);
    await next(following, 'opened', 2);
    expect(server.seen[1]?.headers['last-event-id']).toBe('5');
  });
});

describe('events too large', () => {
  const small = (mostCharacters: number, mostTooLarge: number) => ({mostCharacters, mostTooLarge, gone: []});
  const flood = `data: ${'x'.repeat(3000)}`;

  test('one is a loss, two in a row end a list stream', async () => {
    const server = await startServer((_request, response) => beginStream(response).write(`data: ok\n\n${flood}`));
    const following = follow(server.url, {policy: small(1000, 2)});
    expect((await next(following, 'lost')).failure).toMatchObject({kind: 'bad-answer', message: 'event too large'});
    await following.passPause(1);
    await following.ended;
    expect((await next(following, 'ended')).failure).toMatchObject({kind: 'unsupported', message: 'event too large'});
    expect(following.signals.filter(({type}) => type === 'message')).toHaveLength(2);
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
  });

  test('another kind of loss between two is no row of them', async () => {
    const server = await startServer((_request, response, count) =>
      count === 2 ? beginStream(response).end() : beginStream(response).write(flood),
    );
    const following = follow(server.url, {policy: small(1000, 2)});
    for (const count of [1, 2, 3]) await following.passPause(count);
    await following.ended;
    expect(following.types().filter((type) => type === 'lost')).toHaveLength(3);
  });

  test('a metrics stream is not given up for them', async () => {
    const server = await startServer((_request, response) => beginStream(response).write(flood));
    const following = follow(server.url, {policy: {...metricsPolicy, mostCharacters: 1000}});
    for (const count of [1, 2, 3]) await following.passPause(count);
    await next(following, 'lost', 4);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%i to the same origin is followed with the key', async (status) => {
    const server = await startServer(({path}, response) =>
      path === '/new'
        ? beginStream(response).write('data: a\n\n')
        : response.writeHead(status, {location: '/new'}).end('moved'),
    );
    const following = follow(server.url, {headers: () => ({'x-api-key': 'canary'})});
    await next(following, 'message');
    expect(server.seen.map(({headers}) => headers['x-api-key'])).toEqual(['canary', 'canary']);
  });

  test('another origin is refused before a socket is opened there', async () => {
    const other = await startServer((_request, response) => beginStream(response));
    const server = await startServer((_request, response) =>
      response.writeHead(302, {location: `${other.url.origin}/`}).end(),
    );
    const following = follow(server.url, {headers: () => ({'x-api-key': 'canary'})});
    await following.ended;
    expect((await next(following, 'ended')).failure).toMatchObject({kind: 'unsupported'});
    expect((await next(following, 'ended')).failure.message).toContain('the key stays with its host');
    expect(other.sockets()).toBe(0);
  });

  test.each([
    ['in a circle', {location: '/'}, 6, 'in a circle'],
    ['without Location', {}, 1, 'without saying where to'],
    ['with an empty Location', {location: ''}, 1, 'without saying where to'],
    ['with nonsense', {location: 'http://['}, 1, 'without saying where to'],
  ])('%s: ended, no loop', async (_name, headers, requests, words) => {
    const server = await startServer((_request, response) => response.writeHead(302, headers).end());
    const following = follow(server.url);
    await following.ended;
    expect((await next(following, 'ended')).failure.message).toContain(words);
    expect(server.seen).toHaveLength(requests);
  });
});
