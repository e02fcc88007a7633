import {describe, expect, test, vi} from 'vitest';
import {followEventStream} from '../../src/api/eventStream.ts';
import {createDispatcher, streamTimeouts} from '../../src/api/exchange.ts';
import {metricsPolicy} from '../../src/api/streamVerdict.ts';
import {systemClock} from '../../src/clock/clock.ts';
import {follow, next} from './follow.ts';
import {beginStream, sendJson, startServer} from './server.ts';

describe('a healthy stream', () => {
  test('tells that it connects, opens, hears, and what it says', async () => {
    const server = await startServer((_request, response) => {
      beginStream(response).write(': hello\n\nretry: 500\nid: 7\nevent: x\ndata: {"a":1}\n\n');
    });
    const following = follow(server.url, {headers: () => ({authorization: 'Bearer k'})});
    await next(following, 'message');
    const at = 0;
    expect(following.signals).toEqual([
      {type: 'connecting', at, attempt: 1},
      {type: 'opened', at},
      {type: 'heard', at},
      {type: 'comment', at, text: 'hello'},
      {type: 'retry', at, ms: 500},
      {type: 'message', at, event: 'x', data: '{"a":1}', id: '7'},
    ]);
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'text/event-stream',
      'cache-control': 'no-cache',
      'accept-encoding': 'identity',
      authorization: 'Bearer k',
    });
    expect(server.seen[0]?.headers).not.toHaveProperty('last-event-id');
  });

  test('is heard at most once a second, comments included', async () => {
    let say = (_text: string): unknown => undefined;
    const server = await startServer((_request, response) => {
      beginStream(response);
      say = (text) => response.write(text);
    });
    const following = follow(server.url);
    await next(following, 'opened');
    for (const [count, ms] of [600, 600, 600, 600].entries()) {
      say(`: ${count}\n`);
      await next(following, 'comment', count + 1);
      following.clock.advance(ms);
    }
    expect(following.types().filter((type) => type === 'heard')).toHaveLength(2);
  });

  test('aborting ends it, closes the socket, and says so last', async () => {
    const server = await startServer((_request, response) => beginStream(response));
    const following = follow(server.url);
    await next(following, 'opened');
    following.abort();
    await following.ended;
    expect(following.signals.at(-1)).toMatchObject({type: 'ended', failure: {kind: 'cancelled'}});
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
  });

  test.each(['opened', 'message'])('leaving the loop at `%s` closes the socket', async (type) => {
    const server = await startServer((_request, response) => beginStream(response).write('data: a\n\n'));
    const dispatcher = createDispatcher(streamTimeouts);
    const {signal} = new AbortController();
    const options = {url: server.url, signal, dispatcher, clock: systemClock, random: () => 0};
    for await (const told of followEventStream(options)) {
      if (told.type === type) break;
    }
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
    await dispatcher.destroy();
  });

  test('a content type may carry parameters', async () => {
    const server = await startServer((_request, response) =>
      response.writeHead(200, {'content-type': 'Text/Event-Stream ; charset=utf-8'}).write('data: a\n\n'),
    );
    expect(await next(follow(server.url), 'message')).toMatchObject({data: 'a'});
  });
});

describe('answers that are no stream', () => {
  const json = {'content-type': 'application/json'};
  test.each([
    [401, json, '{"error":"bad key","code":"INVALID_TOKEN","request_id":"req_1"}', 'unauthorized', 'bad key'],
    [403, json, '{"error":"not yours"}', 'forbidden', 'not yours'],
    [404, json, '{"error":"Sandbox not found","code":"RESOURCE_NOT_FOUND"}', 'unsupported', 'Sandbox not found'],
    [405, {}, '', 'unsupported', 'the server answered 405'],
    [406, {}, '', 'unsupported', 'the server answered 406'],
    [410, {}, '', 'unsupported', 'the server does not know it'],
    [501, {}, '', 'unsupported', 'the server answered 501'],
    [400, json, '{"error":"bad","message":"no streams today"}', 'unsupported', 'no streams today'],
    [402, {}, '', 'unsupported', 'no balance'],
    [204, {}, '', 'unsupported', 'ended the stream for good'],
    [206, {'content-type': 'text/event-stream'}, 'data: a\n\n', 'unsupported', 'the server answered 206'],
    [304, {}, '', 'unsupported', 'the server answered 304'],
    [200, {'content-type': 'text/html'}, '<html>log in</html>', 'unsupported', 'text/html'],
    [200, json, '{}', 'unsupported', 'application/json'],
    [200, {}, 'data: a\n\n', 'unsupported', 'without a type'],
    [200, {'content-type': 'text/event-streamer'}, 'data: a\n\n', 'unsupported', 'text/event-streamer'],
    [200, {'content-type': 'text/event-stream', 'content-encoding': 'gzip'}, 'x', 'unsupported', 'compressed (gzip)'],
  ] as const)('%i %j ends it for good', async (status, headers, body, kind, words) => {
    const server = await startServer((_request, response) => response.writeHead(status, headers).end(body));
    const following = follow(server.url);
    await following.ended;
    expect(following.types()).toEqual(['connecting', 'ended']);
    const last = await next(following, 'ended');
    expect(last.failure).toMatchObject({kind, mayHaveHappened: false});
    expect(last.failure.message).toContain(words);
    expect(server.seen).toHaveLength(1);
  });

  test.each([404, 409, 410])('%i on a metrics stream: the sandbox has gone', async (status) => {
    const server = await startServer((_request, response) => sendJson(response, status, {error: 'gone'}));
    const following = follow(server.url, {policy: metricsPolicy});
    await following.ended;
    expect((await next(following, 'ended')).failure).toMatchObject({kind: 'not-found', status});
  });

  test.each([
    [408, 'timed-out'],
    [425, 'server'],
    [429, 'rate-limited'],
    [500, 'server'],
    [502, 'server'],
    [503, 'server'],
    [504, 'server'],
  ])('%i is tried again', async (status, kind) => {
    const server = await startServer((_request, response, count) =>
      count === 1 ? sendJson(response, status, {error: 'later'}) : beginStream(response).write('data: a\n\n'),
    );
    const following = follow(server.url);
    await following.passPause(1);
    await next(following, 'message');
    expect((await next(following, 'lost')).failure).toMatchObject({kind, status, message: 'later'});
    expect(following.types().slice(0, 4)).toEqual(['connecting', 'lost', 'connecting', 'opened']);
  });

  test('a body of the wrong type is not waited for', async () => {
    const server = await startServer((_request, response) =>
      response.writeHead(200, {'content-type': 'text/html'}).write('<html>'),
    );
    const following = follow(server.url);
    await following.ended;
    expect(following.clock.monotonic()).toBe(0);
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
  });

  test('a refusal that never ends is not waited for', async () => {
    const server = await startServer((_request, response) => response.writeHead(404).write('<html>'));
    const following = follow(server.url);
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    await vi.waitFor(() => {
      following.clock.advance(5000);
      expect(following.types()).toContain('ended');
    });
  });
});
