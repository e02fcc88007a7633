import {Buffer} from 'node:buffer';
import type {ServerResponse} from 'node:http';
import {inspect} from 'node:util';
import {describe, expect, test} from 'vitest';
import type {ApiOptions} from '../../src/api/client.ts';
import {Secret} from '../../src/api/secret.ts';
import {apiOn, KEY} from './apiOn.ts';
import {beginStream, type Seen, sendJson, startServer} from './server.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjNG40cnktand0In0.c2lnbmF0dXJl';

/** Everything that would give either away: the key, its secret part, in base64, and the token. */
const canaries = [KEY, 'c4n4ry', Buffer.from(KEY).toString('base64').slice(4, 40), JWT, JWT.slice(0, 30)];

function expectClean(value: unknown): void {
  const error = value instanceof Error ? [value.message, value.stack, String(value)] : [];
  const printed = [inspect(value, {depth: 20, showHidden: true}), JSON.stringify(value), ...error].join('\n');
  const spelledOut = printed.replace(/\\+u00([0-9a-f]{2})/g, (_escape, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  for (const canary of canaries) {
    expect(spelledOut).not.toContain(canary);
    // A host is in lower case.
    expect(spelledOut.toLowerCase()).not.toContain(canary.toLowerCase());
  }
}

/** The same text to whoever reads the JSON. */
const escaped = (text: string, depth = 1) =>
  [...text].map((one) => `${'\\'.repeat(depth)}u00${one.charCodeAt(0).toString(16)}`).join('');

/** What a careless server gives back of what it was sent. */
const echo = ({headers}: Seen) =>
  `${headers.authorization} ${headers['x-api-key']} ${Buffer.from(KEY).toString('base64')} ${encodeURIComponent(KEY)} ${JWT}`;

const faults: Readonly<Record<string, (request: Seen, response: ServerResponse) => unknown>> = {
  'an echo in the error': (request, response) =>
    sendJson(response, 400, {error: echo(request), code: echo(request), request_id: echo(request)}),
  'an escaped echo': (_request, response) =>
    response.writeHead(400).end(`{"error":"${KEY.replace('c', '\\u0063')} ${JWT.replaceAll('.', '\\u002e')}"}`),
  'escapes all over': (_request, response) =>
    response
      .writeHead(200, {'content-type': 'application/json'})
      .end(`{"id":"a","status":"${escaped(KEY)}","region":"x ${escaped(JWT)}","public_host":"${escaped(KEY, 2)}"}`),
  'one letter escaped': (_request, response) =>
    response.writeHead(200).end(`{"id":"a","region":"\\u0068${KEY.slice(1)}","status":"\\u0065${JWT.slice(1)}"}`),
  'an echo in the host of Location': (_request, response) =>
    response.writeHead(302, {location: `https://${KEY.replaceAll('_', '-')}.${KEY}.evil.example/`}).end(),
  'a token in the host of Location': (_request, response) =>
    response.writeHead(302, {location: `https://${JWT}.evil.example/`}).end(),
  'an echo in plain words': (request, response) =>
    response.writeHead(500, {'content-type': 'text/plain'}).end(echo(request)),
  'an echo in a header': (request, response) =>
    response.writeHead(404, {'x-request-id': String(request.headers.authorization)}).end(),
  'an echo in the type': (request, response) =>
    response.writeHead(200, {'content-type': String(request.headers.authorization)}).end(),
  'an echo in Location': (_request, response) =>
    response.writeHead(302, {location: `https://${JWT.toLowerCase()}.example/?key=${KEY}`}).end(),
  'an echo in the data': (request, response) =>
    sendJson(response, 200, {id: 'a', status: echo(request), auth_token: JWT, public_host: `https://x/?token=${JWT}`}),
  'an answer that is no JSON': (request, response) => response.writeHead(200).end(`{${echo(request)}`),
  'a reset': (_request, response) => response.socket?.resetAndDestroy(),
  silence: () => undefined,
};

describe.each(Object.entries(faults))('%s', (_name, fault) => {
  test('no answer and no error holds the key or a token', async () => {
    const server = await startServer(fault);
    const api = apiOn(server.url);
    const calls = [
      api.getSandbox('a'),
      api.getRecord('a'),
      api.pauseSandbox('a'),
      api.createSandbox({}),
      api.refreshToken('a'),
      api.listSandboxes({}),
    ];
    const outcomes = await Promise.allSettled(calls);
    for (const outcome of outcomes) expectClean(outcome.status === 'fulfilled' ? outcome.value : outcome.reason);
    expectClean(api);
    expect(server.seen.some(({headers}) => headers.authorization?.includes(KEY))).toBe(true);
  });

  test('no signal of a stream does', async () => {
    const server = await startServer(fault);
    const stop = new AbortController();
    const types: string[] = [];
    for await (const signal of apiOn(server.url).streamSandboxes({signal: stop.signal})) {
      types.push(signal.type);
      expectClean(signal);
      if (signal.type === 'lost') stop.abort();
    }
    expect(types.at(-1)).toBe('ended');
  });
});

test('no message of a stream does', async () => {
  const server = await startServer((request, response) => {
    const lines = [
      `data: {"type":"x","text":"${echo(request)}"`,
      `event: ${echo(request)}\ndata: {"id":"a","status":"running","region":"${echo(request)}","auth_token":"${JWT}"}`,
      `data: {"id":"${JWT}","status":"x"}`,
      `data: {"id":"b","status":"running","region":"\\u0068${KEY.slice(1)}","template_name":"${escaped(JWT)}"}`,
      `event: ${escaped(KEY)}\ndata: {"id":"${escaped(KEY)}","cut":"${escaped(KEY)}`,
      `: ${echo(request)}`,
    ];
    beginStream(response).end(`${lines.join('\n\n')}\n\n`);
  });
  const stop = new AbortController();
  let messages = 0;
  for await (const signal of apiOn(server.url).streamSandboxes({signal: stop.signal})) {
    expectClean(signal);
    if (signal.type === 'message') messages += 1;
    if (signal.type === 'lost') stop.abort();
  }
  expect(messages).toBe(5);
});

test.each(['a\nb', 'ключ', ''])(
  'a key that no header can carry (%j) opens no socket and is not repeated',
  async (bad) => {
    const server = await startServer((_request, response) => sendJson(response, 200, {}));
    const over: Partial<ApiOptions> = {key: new Secret(bad)};
    const error = await apiOn(server.url, over)
      .getSandbox('a')
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({failure: {kind: 'unauthorized'}});
    expectClean(error);
    expect(server.sockets()).toBe(0);
  },
);
