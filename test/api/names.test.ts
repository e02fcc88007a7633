import type {LookupFunction} from 'node:net';
import {expect, test} from 'vitest';
import {apiOn, failureOf} from './apiOn.ts';
import {beginStream, sendJson, startServer} from './server.ts';

const NAMED = 'http://hopx.test';

/** A resolver that says what it is told to: addresses one after the other, the last again and again. */
function resolver(...addresses: readonly string[]): LookupFunction & {readonly asked: () => number} {
  let asked = 0;
  const lookup: LookupFunction = (_hostname, {all}, callback) => {
    const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
    asked += 1;
    if (all) callback(null, [{address, family: 4}]);
    else callback(null, address, 4);
  };
  return Object.assign(lookup, {asked: () => asked});
}

/** As getaddrinfo fails. */
const failing =
  (code: string): LookupFunction =>
  (hostname, _options, callback) =>
    callback(Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), {code, syscall: 'getaddrinfo'}), []);

test.each(['ENOTFOUND', 'EAI_AGAIN'])(
  'a name that does not resolve (%s): nothing has left, and it is said which',
  async (code) => {
    const api = apiOn(new URL(NAMED), {lookup: failing(code)});
    for (const call of [api.getSandbox, api.pauseSandbox]) {
      expect(await failureOf(call('a'))).toMatchObject({
        kind: 'unreachable',
        message: 'cannot find hopx.test: the name does not resolve',
        mayHaveHappened: false,
      });
    }
  },
);

test('a stream whose name resolves again later opens then', async () => {
  const server = await startServer((_, response) => void beginStream(response));
  const found = resolver('127.0.0.1');
  let tries = 0;
  const lookup: LookupFunction = (...asked) => {
    tries += 1;
    (tries <= 2 ? failing('EAI_AGAIN') : found)(...asked);
  };
  const stop = new AbortController();
  const signals: string[] = [];
  const api = apiOn(new URL(`${NAMED}:${server.url.port}`), {lookup});
  for await (const {type} of api.streamSandboxes({signal: stop.signal})) {
    signals.push(type);
    if (type === 'opened') stop.abort();
  }
  expect(signals.filter((type) => type !== 'connecting')).toEqual(['lost', 'lost', 'opened', 'ended']);
});

test('a server that has moved behind its name is found at its new address: the stream, and the next request', async () => {
  const answers = (status: string) => (request: {readonly path: string}, response: Parameters<typeof beginStream>[0]) =>
    request.path.endsWith('/stream') ? void beginStream(response) : sendJson(response, 200, {id: 'a', status});
  const before = await startServer(answers('running'));
  const {port} = before.url;
  const after = await startServer(answers('paused'), {address: '127.0.0.2', port: Number(port)});
  const names = ['127.0.0.1'];
  const lookup: LookupFunction = (...asked) => resolver(names.at(-1) ?? '')(...asked);
  const api = apiOn(new URL(`${NAMED}:${port}`), {lookup});
  expect((await api.getSandbox('a')).value).toMatchObject({status: 'running'});
  const stop = new AbortController();
  let opened = 0;
  for await (const {type} of api.streamSandboxes({signal: stop.signal})) {
    if (type !== 'opened') continue;
    opened += 1;
    if (opened === 2) break;
    names.push('127.0.0.2');
    before.close();
  }
  expect((await api.getSandbox('a')).value).toMatchObject({status: 'paused'});
  expect(after.seen.map(({path}) => path)).toEqual(['/v1/sandboxes/stream', '/v1/sandboxes/a']);
});
