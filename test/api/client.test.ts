import {describe, expect, test} from 'vitest';
import type {Api} from '../../src/api/types.ts';
import {apiOn, failureOf, KEY} from './apiOn.ts';
import {sendJson, startServer} from './server.ts';

const at = Date.UTC(2025, 0, 28);
const time = '2025-01-28T00:00:00Z';

type Case = readonly [
  name: string,
  call: (api: Api) => Promise<unknown>,
  line: string,
  body: string,
  answer: unknown,
  value: unknown,
];

const cases: readonly Case[] = [
  ['health', (api) => api.health(), 'GET /health', '', {status: 'ok'}, {status: 'ok'}],
  [
    'listSandboxes',
    (api) => api.listSandboxes({limit: 1000, cursor: 'a/b=', status: 'running', region: 'eu west'}),
    'GET /v1/sandboxes?limit=1000&cursor=a%2Fb%3D&status=running&region=eu+west',
    '',
    {object: 'list', data: [{id: 'a'}], has_more: true, next_cursor: 'c'},
    {patches: [{id: 'a'}], unreadable: 0, hasMore: true, nextCursor: 'c'},
  ],
  [
    'listSandboxes, all',
    (api) => api.listSandboxes({}),
    'GET /v1/sandboxes',
    '',
    [],
    expect.objectContaining({patches: []}),
  ],
  [
    'getSandbox',
    (api) => api.getSandbox('a:1'),
    'GET /v1/sandboxes/a%3A1',
    '',
    {id: 'a:1', region: 'eu'},
    {id: 'a:1', region: 'eu'},
  ],
  [
    'getRecord',
    (api) => api.getRecord('a'),
    'GET /v1/sandboxes/a',
    '',
    {id: 'a', region: 'eu', auth_token: 'opaque'},
    {
      patch: {id: 'a', region: 'eu'},
      text: {lines: ['{', '  "id": "a",', '  "region": "eu",', '  "auth_token": "[redacted]"', '}'], isCut: false},
    },
  ],
  [
    'createSandbox',
    (api) => api.createSandbox({templateName: 'base', timeoutSeconds: 60, internetAccess: false}),
    'POST /v1/sandboxes',
    '{"template_name":"base","timeout_seconds":60,"internet_access":false}',
    {id: 'a', status: 'creating', auth_token: 'eyJhbGci.eyJzdWIi.c2ln'},
    {id: 'a', status: 'creating'},
  ],
  [
    'pauseSandbox',
    (api) => api.pauseSandbox('a'),
    'POST /v1/sandboxes/a/pause',
    '',
    {id: 'a', status: 'paused'},
    {id: 'a', status: 'paused'},
  ],
  [
    'resumeSandbox',
    (api) => api.resumeSandbox('a'),
    'POST /v1/sandboxes/a/resume',
    '',
    {id: 'a', status: 'running'},
    {id: 'a', status: 'running'},
  ],
  [
    'startSandbox',
    (api) => api.startSandbox('a'),
    'POST /v1/sandboxes/a/start',
    '',
    {status: 'running'},
    {id: 'a', status: 'running'},
  ],
  ['stopSandbox', (api) => api.stopSandbox('a'), 'POST /v1/sandboxes/a/stop', '', '', undefined],
  [
    'deleteSandbox',
    (api) => api.deleteSandbox('a'),
    'DELETE /v1/sandboxes/a',
    '',
    {status: 'deleted', id: 'a'},
    {id: 'a', status: 'deleted'},
  ],
  [
    'setTimeout',
    (api) => api.setTimeout('a', 1800),
    'PUT /v1/sandboxes/a/timeout',
    '{"timeout_seconds":1800}',
    {id: 'a', timeout_seconds: 1800, expires_at: time},
    {id: 'a', timeoutSeconds: 1800, expiresAt: at},
  ],
  [
    'refreshToken',
    (api) => api.refreshToken('a'),
    'POST /v1/sandboxes/a/token/refresh',
    '',
    {auth_token: 'eyJhbGci.eyJzdWIi.c2ln', token_expires_at: time},
    {tokenExpiresAt: at},
  ],
  [
    'listTemplates',
    (api) => api.listTemplates(),
    'GET /v1/templates',
    '',
    {data: [{name: 'base'}]},
    [expect.objectContaining({name: 'base'})],
  ],
  [
    'getTemplate',
    (api) => api.getTemplate('base'),
    'GET /v1/templates/base',
    '',
    {id: '73', name: 'base'},
    expect.objectContaining({id: '73'}),
  ],
];

test.each(cases)('%s', async (_name, call, line, body, answer, value) => {
  const server = await startServer((_request, response) => sendJson(response, 200, answer, {'x-request-id': 'req_7'}));
  expect(await call(apiOn(server.url))).toMatchObject({value, status: 200, requestId: 'req_7'});
  expect(server.seen.map(({method, path}) => `${method} ${path}`)).toEqual([line]);
  expect(server.seen[0]).toMatchObject({body, headers: {'user-agent': 'hopx-top/test', 'accept-encoding': 'identity'}});
});

describe('the key', () => {
  test('is sent as Bearer, or as X-API-Key when asked, and not to /health', async () => {
    const server = await startServer((_request, response) => sendJson(response, 200, {id: 'a', status: 'ok'}));
    await apiOn(server.url).getSandbox('a');
    await apiOn(server.url, {authHeader: 'x-api-key'}).getSandbox('a');
    await apiOn(server.url).health();
    await apiOn(server.url, {key: undefined}).getSandbox('a');
    expect(server.seen.map(({headers}) => [headers.authorization, headers['x-api-key']])).toEqual([
      [`Bearer ${KEY}`, undefined],
      [undefined, KEY],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});

describe('answers to acts', () => {
  test.each([
    [204, ''],
    [200, ''],
    [202, 'OK'],
    [200, '{"ok":true}'],
    [200, '{"id":"another","status":"paused"}'],
  ])('%i %j is a success that tells nothing', async (status, body) => {
    const server = await startServer((_request, response) => response.writeHead(status).end(body));
    expect(await apiOn(server.url).pauseSandbox('a')).toMatchObject({value: undefined, status});
  });

  test('a page of HTML is no success, and nobody knows what happened', async () => {
    const server = await startServer((_request, response) => response.writeHead(200).end('\n<html>log in</html>'));
    expect(await failureOf(apiOn(server.url).pauseSandbox('a'))).toMatchObject({
      kind: 'bad-answer',
      mayHaveHappened: true,
    });
  });

  test('a created sandbox without an id is a bad answer, and may exist', async () => {
    const server = await startServer((_request, response) => sendJson(response, 201, {status: 'running'}));
    expect(await failureOf(apiOn(server.url).createSandbox({}))).toMatchObject({
      kind: 'bad-answer',
      mayHaveHappened: true,
    });
  });

  test('the 404 of a delete is `not-found`', async () => {
    const server = await startServer((_request, response) =>
      sendJson(response, 404, {error: 'no', code: 'RESOURCE_NOT_FOUND'}),
    );
    expect(await failureOf(apiOn(server.url).deleteSandbox('a'))).toMatchObject({
      kind: 'not-found',
      mayHaveHappened: false,
    });
  });
});

test.each(['../x', 'a/b', 'a b', '', '.', '..', 'a\u001b', 'x'.repeat(129), 'ä', '%2e'])(
  'nothing is sent for the id %j',
  async (id) => {
    const server = await startServer((_request, response) => sendJson(response, 200, {}));
    const api = apiOn(server.url);
    const calls = [
      api.getSandbox(id),
      api.deleteSandbox(id),
      api.setTimeout(id, 5),
      api.refreshToken(id),
      api.getTemplate(id),
    ];
    for (const failure of await Promise.all(calls.map(failureOf))) {
      expect(failure).toMatchObject({kind: 'bad-request', mayHaveHappened: false});
    }
    expect(server.sockets()).toBe(0);
  },
);

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('no timeout of %d seconds is sent', async (seconds) => {
  const server = await startServer((_request, response) => sendJson(response, 200, {}));
  expect((await failureOf(apiOn(server.url).setTimeout('a', seconds))).kind).toBe('bad-request');
  expect(server.sockets()).toBe(0);
});

test.each(['null', '"x"', '{"id":"other","status":"running"}', '<html>', '', '{"half":'])(
  'GET of one sandbox answered with %s is a bad answer',
  async (body) => {
    const server = await startServer((_request, response) => response.writeHead(200).end(body));
    expect((await failureOf(apiOn(server.url).getSandbox('a'))).kind).toBe('bad-answer');
    expect(server.seen).toHaveLength(1);
  },
);

test('templates are read page by page, and a cursor that repeats ends it', async () => {
  const server = await startServer((_request, response, count) =>
    sendJson(response, 200, {data: [{name: `t${count}`}], has_more: true, next_cursor: count === 1 ? 'b' : 'c'}),
  );
  const {value} = await apiOn(server.url).listTemplates();
  expect(value.map(({name}) => name)).toEqual(['t1', 't2', 't3']);
  expect(server.seen.map(({path}) => path)).toEqual([
    '/v1/templates',
    '/v1/templates?cursor=b',
    '/v1/templates?cursor=c',
  ]);
});
