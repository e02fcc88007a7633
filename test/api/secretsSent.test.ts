import type {ServerResponse} from 'node:http';
import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {Secret} from '../../src/api/secret.ts';
import type {Api} from '../../src/api/types.ts';
import {apiOn, KEY} from './apiOn.ts';
import {beginStream, type Seen, sendJson, startServer} from './server.ts';

/** What a build or a sandbox is given and nobody may see again. */
const given = {
  password: 'r3gistry "pass" 77 ключ',
  token: 'ghp_R3g1stryT0ken42',
  variable: 'postgres://svc:V4riable@db/x',
  pem: '-----BEGIN KEY-----\nMIIEv4riableLine1\nQ2FuYXJ5TGluZTI=\n-----END KEY-----',
  long: Array.from({length: 3_000}, (_, index) => (index * 7919).toString(36)).join(''),
};
const signature = '5197a7ec1b36e0d8c4f2aa';

/** Pieces of them that are left over by no way of writing. */
const canaries = [
  KEY,
  'r3gistry',
  'R3g1stryT0ken42',
  'V4riable',
  'MIIEv4riableLine1',
  'Q2FuYXJ5TGluZTI',
  given.long.slice(600, 640),
  signature,
  Buffer.from(given.token).toString('base64').slice(4, 16),
];

const build = {
  name: 'x',
  registry_credentials: {type: 'basic', username: 'u', password: given.password, token: given.token},
  steps: [
    {type: 'ENV', args: [`DB=${given.variable}`]},
    {type: 'env', key: 'PEM', value: given.pem},
    {type: 'ENV', args: ['LONG', given.long]},
  ],
};

const everything = Object.values(given).join(' ');

const asAscii = (text: string) =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Ways in which a careless server gives back what it was sent. */
const echoes: Readonly<Record<string, (request: Seen, response: ServerResponse) => unknown>> = {
  'the body in the error': ({body}, response) => sendJson(response, 400, {error: `cannot use ${body}`, code: body}),
  'the values in the error': (_request, response) => sendJson(response, 422, {error: {message: everything}}),
  'in ASCII only': (_request, response) => response.writeHead(400).end(`{"error":${asAscii(everything)}}`),
  'twice in JSON': ({body}, response) => sendJson(response, 500, {error: JSON.stringify({sent: body})}),
  'in base64': (_request, response) =>
    sendJson(response, 400, {
      error: Buffer.from(`${given.token} ${given.variable} ${given.password}`).toString('base64'),
    }),
  'in a header': (_request, response) =>
    response.writeHead(400, {'x-request-id': encodeURIComponent(given.token), 'x-db': given.variable}).end(),
  'in plain words': (_request, response) => response.writeHead(500, {'content-type': 'text/plain'}).end(everything),
  'in a success': ({body}, response) =>
    sendJson(response, 201, {id: 'a', build_id: '7', template_id: body, status: everything, region: everything}),
};

const calls: Readonly<Record<string, (api: Api) => Promise<unknown>>> = {
  'a build': (api) => api.startBuild(build),
  'a sandbox': (api) =>
    api.createSandbox({
      templateId: '1',
      envVars: {A: given.variable, B: given.pem, C: given.long, D: given.token, E: given.password},
    }),
};

/** What each of them has to send: whole, or nothing was put to the test. */
const bodies: Readonly<Record<string, object>> = {
  'a build': build,
  'a sandbox': {
    env_vars: {A: given.variable, B: given.pem, C: given.long, D: given.token, E: given.password},
  },
};

function expectClean(...values: readonly unknown[]): void {
  const printed = inspect(values, {depth: 20, showHidden: true, maxStringLength: null, maxArrayLength: null});
  const texts = values.map((value) =>
    value instanceof Error ? `${value.message}${value.stack}` : JSON.stringify(value),
  );
  for (const canary of canaries) expect([printed, ...texts].join('\n')).not.toContain(canary);
}

const outcomeOf = (call: Promise<unknown>) =>
  call.then(
    (value: unknown) => value,
    (reason: unknown) => reason,
  );

test.each(Object.keys(echoes).flatMap((echo) => Object.keys(calls).map((call) => [echo, call] as const)))(
  '%s: nothing that was sent with %s is given back',
  async (echo, call) => {
    const server = await startServer((request, response) => echoes[echo]?.(request, response));
    const heard: unknown[] = [];
    const api = apiOn(server.url, {witness: (one) => heard.push(one)});
    const outcome = await outcomeOf(calls[call]?.(api) ?? Promise.reject());
    expect(heard).toHaveLength(1);
    expectClean(outcome, heard, api);
    // It was really sent, and really given back.
    expect(JSON.parse(server.seen[0]?.body ?? '{}')).toMatchObject(bodies[call] ?? {sent: false});
    expect(JSON.stringify(heard)).toContain('[redacted]');
  },
);

test('a short value is no secret: it would garble every text', async () => {
  const server = await startServer((_request, response) => sendJson(response, 400, {error: 'no dev here'}));
  const error = await outcomeOf(apiOn(server.url).createSandbox({templateId: '1', envVars: {MODE: 'dev'}}));
  expect(error).toMatchObject({message: 'no dev here'});
});

test('neither status nor log of a build gives back what it was started with', async () => {
  const server = await startServer(({path}, response, count) => {
    if (count === 1) return sendJson(response, 201, {build_id: '7'});
    if (path.endsWith('/status')) return sendJson(response, 200, {status: 'failed', error_message: everything});
    if (path.includes('/8/')) return sendJson(response, 200, {logs: everything, offset: 1, complete: true});
    const data = JSON.stringify({level: 'INFO', message: everything});
    return beginStream(response).write(`event: log\ndata: ${data}\n\nevent: done\ndata: {}\n\n`);
  });
  const heard: unknown[] = [];
  const api = apiOn(server.url, {witness: (one) => heard.push(one)});
  await api.startBuild(build);
  const told: unknown[] = [await api.buildStatus('7')];
  for (const id of ['7', '8']) {
    for await (const signal of api.followBuildLog(id, undefined, {signal: new AbortController().signal}))
      told.push(signal);
  }
  expect(JSON.stringify(told)).toContain('[redacted]');
  expectClean(told, heard);
});

test('the address of an upload is in no error and no witness', async () => {
  const server = await startServer(({path}, response) => {
    if (path.endsWith('upload-link'))
      return sendJson(response, 400, {error: 'no', upload_url: `https://s.example/?sig=${signature}`, x: signature});
    return response.writeHead(403, {'x-id': path, 'content-type': 'text/plain'}).end(`expired: ${path} ${signature}`);
  });
  const heard: unknown[] = [];
  const api = apiOn(server.url, {witness: (one) => heard.push(one)});
  const url = new Secret(`${server.url.href}b/c?X-Sig=${signature}`);
  const outcomes = [
    await outcomeOf(api.uploadLink('f', 1)),
    await outcomeOf(api.upload(url, Buffer.from('x'), () => undefined)),
  ];
  expect(heard).toHaveLength(2);
  expectClean(outcomes, heard, url);
});
