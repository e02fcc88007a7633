import {writeFileSync} from 'node:fs';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {runProgram, temporaryFolder} from '../support/program.ts';
import {startProxy} from '../support/proxy.ts';
import {apiOn, failureOf, KEY} from './apiOn.ts';
import {expired, otherName, selfSigned, trusted} from './selfSigned.ts';

async function startUntrusted(
  answer = '{"id":"a"}',
  certificate = selfSigned,
): Promise<{url: URL; requests: () => number}> {
  let requests = 0;
  const server = createServer(certificate, (_request, response) => {
    requests += 1;
    response.setHeader('content-type', 'application/json').end(answer);
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
    expect(failure.message).toMatch(
      /^localhost:\d+ is not trusted: .*unknown authority, "localhost": if you trust it, name .* in NODE_EXTRA_CA_CERTS$/,
    );
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

test('behind a proxy it is the same sentence', async () => {
  const server = await startUntrusted();
  await using proxy = await startProxy();
  const failure = await failureOf(apiOn(server.url, {proxy: proxy.url}).getSandbox('a'));
  expect(failure.message).toMatch(/is not trusted: .*unknown authority, "localhost"/);
  expect(proxy.passed()).not.toContain(KEY);
});

test.each([
  ['who is named in NODE_EXTRA_CA_CERTS is trusted', {NODE_EXTRA_CA_CERTS: 'ca.pem'}, 0, ''],
  ['who is not is refused, with one sentence', {}, 6, 'NODE_EXTRA_CA_CERTS'],
])('%s', async (_, env, code, says) => {
  const server = await startUntrusted('{"data":[],"has_more":false}');
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'ca.pem'), selfSigned.cert);
  const named = Object.fromEntries(Object.entries(env).map(([name, file]) => [name, join(folder.path, file)]));
  const outcome = await runProgram(['--once', `--base-url=${server.url.origin}`], {env: {...named, HOPX_API_KEY: KEY}});
  expect(outcome).toMatchObject({code, stderr: expect.stringContaining(says)});
});

const EMPTY_LIST = '{"data":[],"has_more":false}';

/** The program as somebody runs it who trusts this authority. */
async function runTrusting(
  {cert}: {readonly cert: string},
  url: string,
  env: Readonly<Record<string, string>> = {},
  command = '--once',
) {
  using folder = temporaryFolder();
  const file = join(folder.path, 'ca.pem');
  writeFileSync(file, cert);
  return await runProgram([command, `--base-url=${url}`], {
    env: {NODE_EXTRA_CA_CERTS: file, HOPX_API_KEY: KEY, ...env},
  });
}

test.each([
  ['that is over', expired, 'its certificate has expired (signed by "Old Authority")'],
  ['for another name', otherName, 'its certificate is for another name (signed by "Other Authority")'],
])(
  'a certificate %s is refused though its authority is trusted, and it is said who has signed it',
  async (_, certificate, says) => {
    const server = await startUntrusted(EMPTY_LIST, certificate);
    const outcome = await runTrusting(certificate, server.url.origin);
    expect(outcome).toMatchObject({code: 6, stdout: '', stderr: expect.stringContaining(says)});
    expect(server.requests()).toBe(0);
  },
);

test('through a proxy that is spoken to by TLS itself', async () => {
  const server = await startUntrusted(EMPTY_LIST, trusted);
  await using proxy = await startProxy({to: server.url, certificate: trusted});
  const outcome = await runTrusting(trusted, 'https://hopx.test', {HTTPS_PROXY: proxy.url.origin});
  expect(outcome).toMatchObject({code: 0, stderr: 'hopx-top: no sandboxes\n'});
  expect(proxy.asked).toMatchObject([{path: 'hopx.test:443'}]);
  expect(proxy.passed()).not.toContain(KEY);
});

test('a proxy whose own certificate nobody trusts is refused', async () => {
  const server = await startUntrusted(EMPTY_LIST, trusted);
  await using proxy = await startProxy({to: server.url, certificate: selfSigned});
  const outcome = await runTrusting(trusted, 'https://hopx.test', {HTTPS_PROXY: proxy.url.origin});
  expect([outcome.code, server.requests(), proxy.asked]).toEqual([6, 0, []]);
  expect(outcome.stderr).toMatch(
    /the proxy localhost:\d+ is not trusted: its certificate comes from an unknown authority/,
  );
});

test('doctor names the proxy, and never its password', async () => {
  const server = await startUntrusted(EMPTY_LIST, trusted);
  await using proxy = await startProxy({to: server.url});
  const named = `http://me:s3cretOfTheProxy@${proxy.url.host}`;
  const {stdout, stderr} = await runTrusting(trusted, 'https://hopx.test', {HTTPS_PROXY: named}, 'doctor');
  expect(stdout).toContain(`through ${proxy.url.host}`);
  expect(stdout + stderr).not.toContain('s3cret');
  expect(proxy.asked[0]?.authorization).toBe(`Basic ${btoa('me:s3cretOfTheProxy')}`);
});
