import {expect, test} from 'vitest';
import {type ActName, transitions} from '../../src/simulator/transitions.ts';
import {created, everyRow, oneThatIs, startPlane} from './support.ts';

test('a new sandbox is seen creating, then running, and only then is the create answered', () => {
  const plane = startPlane({sandboxes: 0});
  const stream = plane.listen('/v1/sandboxes/stream');
  const answered = plane.begin('POST', '/v1/sandboxes', {body: {template_name: 'python', region: 'eu-west'}});
  expect(stream.messages().map(({event, data}) => [event, data.sandbox])).toMatchObject([
    ['sandbox.created', {status: 'creating', template_name: 'python', region: 'eu-west'}],
  ]);
  expect(answered()).toBeUndefined();
  plane.clock.advance(1500);
  expect(answered()).toMatchObject({status: 201, body: {status: 'running', object: 'sandbox', timeout_seconds: null}});
  expect(stream.messages().map(({event}) => event)).toEqual(['sandbox.created', 'sandbox.updated']);
});

test.each([
  [{template_name: 'python', timeout_seconds: 0}, 400],
  [{template_name: 'python', timeout_seconds: 1.5}, 400],
  [{template_name: 'python', timeout_seconds: '60'}, 400],
  [{template_name: 'python', region: ''}, 400],
  [{template_name: 'python', internet_access: 'yes'}, 400],
  [{}, 400],
  ['{"template_name"', 400],
  ['[]', 400],
  [{template_name: 'no-such'}, 404],
  [{template_id: 73}, 201],
  [{template_id: '73', timeout_seconds: 60, env_vars: {A: 'b'}, vcpu: 4}, 201],
])('a create with %j answers %i', (body, status) => {
  expect(startPlane({sandboxes: 0}).ask('POST', '/v1/sandboxes', {body}).status).toBe(status);
});

const acts = Object.keys(transitions) as readonly ActName[];
const pairs = acts.flatMap((act) =>
  ['running', 'paused', 'stopped', 'creating', 'error'].map((from) => [act, from] as const),
);

test.each(pairs)('%s of a sandbox that is %s is done or refused, as the table says', (act, from) => {
  const plane = startPlane({quiet: true});
  const {id} = oneThatIs(plane, from);
  const {status, body} = plane.ask('POST', `/v1/sandboxes/${id}/${act}`);
  const isLegal = transitions[act].from.includes(from);
  expect([status, body.code]).toEqual(isLegal ? [200, undefined] : [409, 'CONFLICT']);
  if (isLegal) expect(body).toEqual({id, status: transitions[act].to, request_id: expect.stringMatching(/^req_/)});
  expect(plane.ask('GET', `/v1/sandboxes/${id}`).body.status).toBe(isLegal ? transitions[act].to : from);
});

test('a pause takes time; a second change meanwhile is refused, and a resume right after its answer works', () => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane);
  const paused = plane.begin('POST', `/v1/sandboxes/${id}/pause`);
  plane.clock.advance(100);
  expect(paused()).toBeUndefined();
  expect(plane.begin('POST', `/v1/sandboxes/${id}/stop`)()).toMatchObject({status: 409, body: {code: 'CONFLICT'}});
  plane.clock.advance(300);
  expect(paused()).toMatchObject({status: 200, body: {status: 'paused'}});
  expect(plane.ask('POST', `/v1/sandboxes/${id}/resume`).body.status).toBe('running');
});

test('a sandbox deleted on its way to another status is gone for whoever waited', () => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane);
  const stopped = plane.begin('POST', `/v1/sandboxes/${id}/stop`);
  expect(plane.ask('DELETE', `/v1/sandboxes/${id}`)).toMatchObject({status: 200, body: {id, status: 'deleted'}});
  expect(stopped()).toMatchObject({status: 404, body: {code: 'RESOURCE_NOT_FOUND'}});
  expect(plane.ask('DELETE', `/v1/sandboxes/${id}`).status).toBe(404);
});

test.each(['pause', 'resume', 'stop', 'start', 'token/refresh'])('%s of an unknown sandbox is a 404', (act) => {
  expect(startPlane().ask('POST', `/v1/sandboxes/nobody/${act}`).status).toBe(404);
});

test('a timeout counts from now, is told on the stream, and destroys at its second', () => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane);
  const stream = plane.listen('/v1/sandboxes/stream');
  const {body} = plane.ask('PUT', `/v1/sandboxes/${id}/timeout`, {body: {timeout_seconds: 90}});
  const expiresAt = Date.parse(String(body.expires_at));
  expect(expiresAt - plane.clock.wall()).toBeGreaterThanOrEqual(90_000);
  expect(expiresAt - plane.clock.wall()).toBeLessThan(91_000);
  plane.clock.advance(expiresAt - plane.clock.wall() - 1);
  expect(plane.ask('GET', `/v1/sandboxes/${id}`).body).toMatchObject({
    timeout_seconds: 90,
    expires_at: body.expires_at,
  });
  plane.clock.advance(1);
  expect(plane.ask('GET', `/v1/sandboxes/${id}`)).toMatchObject({status: 404, body: {code: 'RESOURCE_NOT_FOUND'}});
  expect(stream.messages().at(-1)).toMatchObject({event: 'sandbox.deleted', data: {sandbox: {id, status: 'deleted'}}});
});

test('a longer timeout takes the place of the nearer one', () => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane, {timeout_seconds: 30});
  plane.ask('PUT', `/v1/sandboxes/${id}/timeout`, {body: {timeout_seconds: 3600}});
  plane.clock.advance(60_000);
  expect(plane.ask('GET', `/v1/sandboxes/${id}`).status).toBe(200);
});

test.each([0, -5, 1.5, '60', null, 1e15])('a timeout of %j is a 400', (timeout_seconds) => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane);
  const {status, body} = plane.ask('PUT', `/v1/sandboxes/${id}/timeout`, {body: {timeout_seconds}});
  expect([status, body.code]).toEqual([400, 'INVALID_REQUEST']);
});

test('an expiry is met even when the wall clock jumps over it', () => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane, {timeout_seconds: 3600});
  plane.clock.jumpWall(7_200_000);
  plane.clock.advance(60_000);
  expect(plane.ask('GET', `/v1/sandboxes/${id}`).status).toBe(404);
});

test('create, get and refresh hand out a token that looks like a JWT; lists and the stream never do', () => {
  const plane = startPlane({sandboxes: 3, quiet: true});
  const stream = plane.listen('/v1/sandboxes/stream');
  const id = created(plane);
  const first = plane.ask('GET', `/v1/sandboxes/${id}`).body;
  expect(first.auth_token).toMatch(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}$/);
  expect(Date.parse(String(first.token_expires_at))).toBeGreaterThan(plane.clock.wall());
  expect(plane.ask('GET', `/v1/sandboxes/${id}`).body.auth_token).toBe(first.auth_token);
  expect(plane.ask('POST', `/v1/sandboxes/${id}/token/refresh`).body.auth_token).not.toBe(first.auth_token);
  expect(JSON.stringify(everyRow(plane)) + stream.text()).not.toContain('auth_token');
});

test('the fleet that is found has every kind of sandbox, with plain ids', () => {
  const rows = everyRow(startPlane({sandboxes: 40, quiet: true}));
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  expect(['running', 'paused', 'stopped', 'creating', 'error'].map(count)).toEqual([28, 4, 4, 2, 2]);
  expect(new Set(rows.map(({region}) => region)).size).toBe(4);
  expect(new Set(rows.map(({template_name}) => template_name)).size).toBe(6);
  expect(rows.filter(({id}) => !/^\d{10}[0-9a-z]{8}$/.test(id))).toEqual([]);
});

test('ages go from seconds to days, expiries from under two minutes to hours, and some have none', () => {
  const plane = startPlane({sandboxes: 40});
  const now = plane.clock.wall();
  const rows = everyRow(plane);
  const ages = rows.map((row) => now - Date.parse(row.created_at));
  expect(Math.min(...ages)).toBeLessThan(120_000);
  expect(Math.max(...ages)).toBeGreaterThan(86_400_000);
  const lives = rows.flatMap(({expires_at}) => (expires_at === null ? [] : [Date.parse(expires_at) - now]));
  expect(lives.length).toBeLessThan(40);
  expect(Math.min(...lives)).toBeLessThan(121_000);
  expect(Math.max(...lives)).toBeGreaterThan(3_600_000);
  expect(lives.filter((left) => left <= 0)).toEqual([]);
});

test('a crashing machine goes to error by itself, but not in a quiet fleet', () => {
  const after = (quiet: boolean) => {
    const plane = startPlane({sandboxes: 40, quiet});
    const stream = plane.listen('/v1/sandboxes/stream');
    plane.clock.advance(1_500_000);
    return stream.messages().filter(({data}) => (data.sandbox as {status: string}).status === 'error').length;
  };
  expect(after(false)).toBeGreaterThan(0);
  expect(after(true)).toBe(0);
});
