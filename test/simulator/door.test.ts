import {expect, test} from 'vitest';
import {routes} from '../../src/simulator/routes.ts';
import {KEY, startPlane} from './support.ts';

test('a request without a key is asked for one', () => {
  const {status, body} = startPlane().ask('GET', '/v1/sandboxes', {key: undefined});
  expect([status, body.code]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
});

test.each([
  {authorization: 'Bearer sk_live_1'},
  {authorization: 'Basic aG9weF90ZXN0'},
  {authorization: 'Bearer'},
  {authorization: 'Bearer hopx_'},
  {'x-api-key': 'nonsense'},
])('a key of another kind is wrong: %j', (headers) => {
  const {status, body} = startPlane().ask('GET', '/v1/sandboxes', {key: undefined, headers});
  expect([status, body.code]).toEqual([401, 'INVALID_TOKEN']);
});

test.each([{authorization: `Bearer ${KEY}`}, {authorization: `bearer ${KEY}`}, {'x-api-key': KEY}])(
  'both headers open the door',
  (headers) => {
    expect(startPlane().ask('GET', '/v1/sandboxes', {key: undefined, headers}).status).toBe(200);
  },
);

test('with a key of its own only that key opens', () => {
  const {ask} = startPlane({key: 'hopx_live_abc.def'});
  expect(ask('GET', '/v1/sandboxes', {key: 'hopx_live_abc.def'}).status).toBe(200);
  expect(ask('GET', '/v1/sandboxes', {key: 'hopx_live_abc.deg'}).status).toBe(401);
  expect(ask('GET', '/v1/sandboxes', {key: 'hopx_live_abc.de'}).status).toBe(401);
});

test('health needs no key and costs nothing', () => {
  const {ask} = startPlane({rateLimit: 1});
  for (let times = 0; times < 3; times += 1) expect(ask('GET', '/health', {key: undefined}).status).toBe(200);
  expect(ask('GET', '/health', {key: undefined}).headers['x-ratelimit-remaining']).toBe('1');
});

test('an unknown route is a 404, a wrong method a 405 that says what is allowed', () => {
  const {ask} = startPlane();
  expect(ask('GET', '/v1/nothing')).toMatchObject({status: 404, body: {code: 'RESOURCE_NOT_FOUND'}});
  expect(ask('GET', '/v1/sandboxes/').status).toBe(404);
  expect(ask('GET', '/v1/sandboxes/%E0%A4%A').status).toBe(404);
  expect(ask('PATCH', '/v1/sandboxes')).toMatchObject({status: 405, headers: {allow: 'GET, POST'}});
  expect(ask('POST', '/v1/sandboxes/x')).toMatchObject({status: 405, headers: {allow: 'GET, DELETE'}});
  expect(ask('DELETE', '/v1/sandboxes/stream')).toMatchObject({status: 405, headers: {allow: 'GET'}});
});

test('every route of the table is reached, and nothing in it is hidden by an earlier one', () => {
  const {plane} = startPlane();
  for (const {method, path} of routes) {
    let status = 0;
    const target = path.replace(/:\w+/g, 'none');
    plane.answer({method, target, headers: {'x-api-key': KEY}, body: '{}'}, (response) => {
      status = response.status;
    });
    expect([path, status]).not.toEqual([path, 405]);
    expect([path, status]).not.toEqual([path, 0]);
  }
});

test('every answer has a request id of its own, in the header and in the body', () => {
  const {ask} = startPlane();
  const answers = ['/health', '/v1/sandboxes', '/v1/templates/73', '/v1/sandboxes/none', '/nowhere'].map((path) =>
    ask('GET', path),
  );
  for (const {headers, body} of answers) expect(headers['x-request-id']).toBe(body.request_id);
  expect(new Set(answers.map(({body}) => body.request_id)).size).toBe(answers.length);
});

test('a request is logged by method, path, status and id: no query, no key', () => {
  const {ask, logged} = startPlane();
  ask('GET', `/v1/sandboxes?token=${KEY}`);
  ask('GET', '/v1/sandboxes', {key: 'sk_secret'});
  expect(logged).toEqual([
    {
      time: '2025-11-23T08:00:00.000Z',
      method: 'GET',
      path: '/v1/sandboxes',
      status: 200,
      request_id: expect.any(String),
    },
    {
      time: '2025-11-23T08:00:00.000Z',
      method: 'GET',
      path: '/v1/sandboxes',
      status: 401,
      request_id: expect.any(String),
    },
  ]);
});

test('templates are found by name and by id, and filtered', () => {
  const {ask} = startPlane();
  expect(ask('GET', '/v1/templates/73').body.name).toBe('code-interpreter');
  expect(ask('GET', '/v1/templates/code-interpreter').body.id).toBe('73');
  expect(ask('GET', '/v1/templates/none').status).toBe(404);
  const names = (query: string) =>
    (ask('GET', `/v1/templates${query}`).body.data as {name: string}[]).map(({name}) => name);
  expect(names('')).toHaveLength(6);
  expect(names('?category=custom')).toEqual(['browser-agent', 'etl-worker']);
  expect(names('?category=custom&language=go')).toEqual(['etl-worker']);
});

test('a body that is too large to be read is a 400', () => {
  const {plane} = startPlane();
  let status = 0;
  const request = {method: 'POST', target: '/v1/sandboxes', headers: {'x-api-key': KEY}, body: undefined};
  plane.answer(request, (response) => {
    status = response.status;
  });
  expect(status).toBe(400);
});
