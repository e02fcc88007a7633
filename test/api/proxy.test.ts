import {expect, test} from 'vitest';
import {usualTimeouts} from '../../src/api/exchange.ts';
import {startProxy} from '../support/proxy.ts';
import {apiOn, failureOf, KEY} from './apiOn.ts';
import {beginStream, sendJson, startServer} from './server.ts';

const startSandboxServer = () => startServer((_, response) => sendJson(response, 200, {id: 'a', status: 'paused'}));

test('requests go through the tunnel, and the proxy is told host and port alone', async () => {
  await using proxy = await startProxy();
  const server = await startSandboxServer();
  const api = apiOn(server.url, {proxy: proxy.url});
  expect((await api.getSandbox('a')).value).toMatchObject({id: 'a'});
  expect((await api.pauseSandbox('a')).value).toMatchObject({status: 'paused'});
  expect(proxy.asked[0]).toEqual({path: server.url.host, authorization: undefined});
  expect(server.seen.map(({headers}) => headers.authorization)).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);
});

test('a stream goes through it as it comes, however long it is silent', async () => {
  await using proxy = await startProxy();
  const server = await startServer((_, response) => {
    const stream = beginStream(response);
    stream.write('data: {"id":"a","status":"running"}\n\n');
    // Longer than a request's body may be silent in these tests (400 ms).
    setTimeout(() => stream.write('data: {"id":"b","status":"running"}\n\n'), 600);
  });
  const stop = new AbortController();
  const ids: unknown[] = [];
  for await (const signal of apiOn(server.url, {proxy: proxy.url}).streamSandboxes({signal: stop.signal})) {
    expect(signal.type).not.toBe('lost');
    if (signal.type === 'message' && signal.value.kind === 'observed') ids.push(signal.value.patch.id);
    if (ids.length === 2) stop.abort();
  }
  expect(ids).toEqual(['a', 'b']);
  expect(proxy.asked).toHaveLength(1);
});

test('user and password are sent to the proxy, and to nobody else', async () => {
  await using proxy = await startProxy();
  const server = await startSandboxServer();
  const named = new URL(proxy.url);
  [named.username, named.password] = ['me', 'p%40ss'];
  await apiOn(server.url, {proxy: named}).getSandbox('a');
  expect(proxy.asked[0]?.authorization).toBe(`Basic ${btoa('me:p@ss')}`);
  expect(JSON.stringify(server.seen)).not.toMatch(/proxy-authorization/i);
});

test.each([
  [407, /^the proxy 127\.0\.0\.1:\d+ wants a user and a password: HTTPS_PROXY=http:\/\/USER:PASSWORD@HOST:PORT$/],
  [403, /^the proxy 127\.0\.0\.1:\d+ does not connect to 127\.0\.0\.1:\d+ \(status 403\)$/],
  [502, /^the proxy 127\.0\.0\.1:\d+ does not connect to 127\.0\.0\.1:\d+ \(status 502\)$/],
])('a proxy that answers %i: one sentence, and nothing has been sent', async (answer, sentence) => {
  await using proxy = await startProxy({answer});
  const server = await startSandboxServer();
  const named = new URL(proxy.url);
  [named.username, named.password] = ['me', 's3cretOfTheProxy'];
  const api = apiOn(server.url, {proxy: named});
  for (const call of [api.getSandbox, api.pauseSandbox]) {
    const failure = await failureOf(call('a'));
    expect(failure).toMatchObject({kind: 'unreachable', mayHaveHappened: false});
    expect(failure.message).toMatch(sentence);
    expect(JSON.stringify(failure)).not.toContain('s3cret');
  }
  expect(server.seen).toEqual([]);
});

test('a proxy that is down is not taken for the server', async () => {
  const proxy = await startProxy();
  await proxy[Symbol.asyncDispose]();
  const server = await startSandboxServer();
  const failure = await failureOf(apiOn(server.url, {proxy: proxy.url}).getSandbox('a'));
  expect(failure.message).toBe(`the proxy ${proxy.url.host} cannot be reached: see HTTPS_PROXY and NO_PROXY`);
});

test('a stream is tried again, and opens when the proxy is back', async () => {
  let asked = 0;
  await using proxy = await startProxy({
    answer: () => {
      asked += 1;
      return asked > 2 ? 200 : 503;
    },
  });
  const server = await startServer((_, response) => void beginStream(response));
  const stop = new AbortController();
  const signals: string[] = [];
  for await (const signal of apiOn(server.url, {proxy: proxy.url}).streamSandboxes({signal: stop.signal})) {
    signals.push(signal.type);
    if (signal.type === 'opened') stop.abort();
  }
  expect(signals.filter((type) => type !== 'connecting')).toEqual(['lost', 'lost', 'opened', 'ended']);
});

test('a proxy whose answer never ends is given up in time', async () => {
  await using proxy = await startProxy({drips: true});
  const server = await startSandboxServer();
  const timeouts = {...usualTimeouts, connectMs: 200};
  const failure = await failureOf(apiOn(server.url, {proxy: proxy.url, timeouts}).pauseSandbox('a'));
  expect(failure).toMatchObject({kind: 'unreachable', mayHaveHappened: false});
});
