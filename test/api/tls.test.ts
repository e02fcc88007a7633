import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test, vi} from 'vitest';
import {apiOn, failureOf} from './apiOn.ts';
import {selfSigned} from './selfSigned.ts';

async function startUntrusted(): Promise<{url: URL; requests: () => number}> {
  let requests = 0;
  const server = createServer(selfSigned, (_request, response) => {
    requests += 1;
    response.end('{"id":"a"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {url: new URL(`https://localhost:${(server.address() as AddressInfo).port}`), requests: () => requests};
}

test.each([undefined, '0'])('an unknown authority is refused, NODE_TLS_REJECT_UNAUTHORIZED=%s', async (setting) => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', setting);
  onTestFinished(() => void vi.unstubAllEnvs());
  const server = await startUntrusted();
  const api = apiOn(server.url);
  for (const call of [api.getSandbox, api.pauseSandbox]) {
    const failure = await failureOf(call('a'));
    expect(failure).toMatchObject({kind: 'unreachable', mayHaveHappened: false});
    expect(failure.message).toMatch(/^localhost:\d+ is not trusted: .*unknown authority/);
  }
  expect(server.requests()).toBe(0);
});

test('a stream is refused in the same words', async () => {
  const server = await startUntrusted();
  const stop = new AbortController();
  for await (const signal of apiOn(server.url).streamSandboxes({signal: stop.signal})) {
    if (signal.type !== 'lost') continue;
    expect(signal.failure.message).toContain('is not trusted');
    stop.abort();
  }
  expect(server.requests()).toBe(0);
});
