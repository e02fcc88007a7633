import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {Secret} from '../../src/api/secret.ts';
import type {Heard} from '../../src/api/witness.ts';
import {apiOn, failureOf, KEY} from './apiOn.ts';
import {type Answerer, sendJson, startServer} from './server.ts';

const SIGNED = '?X-Amz-Credential=AKIAEXAMPLE%2Fauto&X-Amz-Signature=5197a7ec1b36e0d8c4f2';

/** A client of a server that answers so, and what its witness was told. */
async function clientOf(answer: Answerer) {
  const server = await startServer(answer);
  const heard: Heard[] = [];
  return {server, heard, api: apiOn(server.url, {witness: (one) => heard.push(one)})};
}

const nothing = () => undefined;

test('a renewed token comes back as a secret, whether it is a JWT or not, and the witness never sees it', async () => {
  for (const token of ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl', 'opaque-token-0123456789']) {
    const {api, heard, server} = await clientOf((_request, response) =>
      sendJson(response, 200, {auth_token: token, token_expires_at: '2025-11-14T15:00:00Z'}, {'x-echo': token}),
    );
    const {value} = await api.renewToken('a');
    expect(value.token?.unwrap()).toBe(token);
    expect(value.tokenExpiresAt).toBe(Date.UTC(2025, 10, 14, 15));
    expect(heard).toHaveLength(1);
    expect(inspect([value, heard], {depth: 9, showHidden: true})).not.toContain(token.slice(0, 20));
    expect(server.seen).toMatchObject([{method: 'POST', path: '/v1/sandboxes/a/token/refresh', body: ''}]);
  }
});

test('an answer without a token tells when it ends, and no token', async () => {
  const {api} = await clientOf((_request, response) => sendJson(response, 200, {token_expires_at: 1_763_132_400}));
  expect((await api.renewToken('a')).value).toEqual({token: undefined, tokenExpiresAt: 1_763_132_400_000});
});

test('variables leave with a sandbox', async () => {
  const {api, server} = await clientOf((_request, response) => sendJson(response, 201, {id: 'a', status: 'running'}));
  await api.createSandbox({templateName: 'base', envVars: {DB: 'postgres://u:p@h/db', MODE: 'dev'}});
  expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
    template_name: 'base',
    env_vars: {DB: 'postgres://u:p@h/db', MODE: 'dev'},
  });
});

test.each([200, 202, 204])('a template is deleted by %i, with or without a body', async (status) => {
  const {api, server} = await clientOf((_request, response) => response.writeHead(status).end());
  expect(await api.deleteTemplate('tpl_1')).toMatchObject({value: undefined, status});
  expect(server.seen).toMatchObject([{method: 'DELETE', path: '/v1/templates/tpl_1'}]);
});

test('a template in use is refused in the words of the server', async () => {
  const {api} = await clientOf((_request, response) =>
    sendJson(response, 409, {error: 'Template in use', message: '3 sandboxes use it'}),
  );
  expect(await failureOf(api.deleteTemplate('tpl_1'))).toMatchObject({
    kind: 'conflict',
    message: '3 sandboxes use it',
    mayHaveHappened: false,
  });
});

test('an upload link is a secret; the witness sees the answer without it', async () => {
  const address = `https://bucket.r2.example/abc.tar.gz${SIGNED}`;
  // As Go writes JSON.
  const body = JSON.stringify({present: false, upload_url: address}).replaceAll('&', '\\u0026');
  const {api, heard, server} = await clientOf((_request, response) =>
    response.writeHead(200, {'content-type': 'application/json', location: address}).end(body),
  );
  const {value} = await api.uploadLink('f00d', 12);
  expect([value.isPresent, value.url?.unwrap()]).toEqual([false, address]);
  expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({files_hash: 'f00d', content_length: 12});
  expect(inspect([value, heard], {depth: 9, showHidden: true})).not.toMatch(/5197a7ec|AKIAEXAMPLE|abc\.tar/);
});

test('what is there already needs no link, and an answer with neither is no answer', async () => {
  const {api} = await clientOf((_request, response, count) =>
    sendJson(response, 200, count === 1 ? {present: true, files_hash: 'f00d'} : {present: false}),
  );
  expect((await api.uploadLink('f00d', 12)).value).toEqual({isPresent: true, url: undefined});
  expect(await failureOf(api.uploadLink('f00d', 12))).toMatchObject({kind: 'bad-answer', mayHaveHappened: false});
});

test.each([200, 201, 204])(
  'an upload carries no credential, tells how far it is, and is done by %i',
  async (status) => {
    const {api, server} = await clientOf((_request, response) => response.writeHead(status).end());
    const content = Buffer.alloc(200_000, 'x');
    const told: number[] = [];
    await api.upload(new Secret(`${server.url.href}abc${SIGNED}`), content, (bytes) => told.push(bytes));
    const [seen] = server.seen;
    expect(seen).toMatchObject({method: 'PUT', path: `/abc${SIGNED}`, body: content.toString()});
    expect(seen?.headers).toMatchObject({'content-type': 'application/gzip', 'content-length': '200000'});
    expect(Object.keys(seen?.headers ?? {})).not.toContain('authorization');
    expect(Object.keys(seen?.headers ?? {})).not.toContain('x-api-key');
    expect(inspect(seen)).not.toContain(KEY);
    expect(told).toEqual([65_536, 131_072, 196_608, 200_000]);
  },
);

test('an upload that is refused is told by host and code only', async () => {
  const {api, server, heard} = await clientOf(({path}, response) =>
    response.writeHead(403, {'x-path': path}).end(`<Error><Code>AccessDenied</Code><Path>${path}</Path></Error>`),
  );
  const failure = await failureOf(api.upload(new Secret(`${server.url.href}abc${SIGNED}`), Buffer.from('x'), nothing));
  expect(failure).toMatchObject({
    status: 403,
    message: `${server.url.host} did not take the upload (403 AccessDenied)`,
  });
  expect(inspect([failure, heard], {depth: 9})).not.toMatch(/5197a7ec|AKIAEXAMPLE/);
});

test('a redirect of an upload is not followed', async () => {
  const {api: _, server: other} = await clientOf((_request, response) => response.writeHead(200).end());
  const {api, server} = await clientOf((_request, response) =>
    response.writeHead(307, {location: other.url.href}).end(),
  );
  const failure = await failureOf(api.upload(new Secret(server.url.href), Buffer.from('x'), nothing));
  expect(failure.status).toBe(307);
  expect(other.sockets()).toBe(0);
});

test.each(['http://storage.example/abc', 'https://user:pw@storage.example/abc', 'ftp://storage.example/', 'abc'])(
  'nothing is uploaded to %s',
  async (address) => {
    const {api, server} = await clientOf((_request, response) => response.writeHead(200).end());
    const failure = await failureOf(api.upload(new Secret(`${address}${SIGNED}`), Buffer.from('x'), nothing));
    expect(failure).toMatchObject({kind: 'bad-answer', mayHaveHappened: false});
    expect(failure.message).not.toMatch(/5197a7ec|storage|pw/);
    expect(server.sockets()).toBe(0);
  },
);

test('a storage that cannot be reached is named by its host alone', async () => {
  const {api, server} = await clientOf(nothing);
  server.close();
  const failure = await failureOf(api.upload(new Secret(`${server.url.href}abc${SIGNED}`), Buffer.from('x'), nothing));
  expect(failure).toMatchObject({kind: 'unreachable', mayHaveHappened: false});
  expect(failure.message).toBe(`${server.url.host} refused the connection`);
});

test.each([201, 202])('a build is started by %i, its ids told as numbers', async (status) => {
  const {api, server} = await clientOf((_request, response) =>
    sendJson(response, status, {build_id: 489, template_id: 489, status: 'building', request_id: 'req_7'}),
  );
  expect(await api.startBuild({name: 'x', cpu: 2})).toMatchObject({
    value: {buildId: '489', templateId: '489', status: 'building'},
    requestId: 'req_7',
    status,
  });
  expect(server.seen).toMatchObject([{path: '/v1/templates/build', body: '{"name":"x","cpu":2}'}]);
});

test('a build whose answer names none may have begun', async () => {
  const {api} = await clientOf((_request, response) => sendJson(response, 202, {status: 'building'}));
  expect(await failureOf(api.startBuild({}))).toMatchObject({kind: 'bad-answer', mayHaveHappened: true});
});

test('how far a build is, its progress within a hundred and its words harmless', async () => {
  const {api, server} = await clientOf((_request, response) =>
    sendJson(response, 200, {
      build_id: 489,
      template_id: 489,
      status: 'building',
      progress: 140,
      current_step: 'RUN \u001b[31mpip',
      started_at: '2025-11-14T14:00:00Z',
      build_duration_ms: 12_000,
      error_message: 7,
    }),
  );
  expect((await api.buildStatus('489')).value).toEqual({
    buildId: '489',
    isFinal: false,
    templateId: '489',
    status: 'building',
    progress: 100,
    step: 'RUN ␛[31mpip',
    startedAt: Date.UTC(2025, 10, 14, 14),
    completedAt: undefined,
    estimatedAt: undefined,
    durationMs: 12_000,
    error: undefined,
  });
  expect(server.seen[0]?.path).toBe('/v1/templates/build/489/status');
});
