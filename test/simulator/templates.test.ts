import {expect, test} from 'vitest';
import {created, everyRow, startPlane} from './support.ts';

type Plane = ReturnType<typeof startPlane>;

const STREAM = '/v1/templates/stream';
const body = {name: 'my-app', from_image: 'debian:12', cpu: 1, memory: 512, diskGB: 1};
const built = (plane: Plane) => {
  plane.ask('POST', '/v1/templates/build', {body});
  plane.clock.advance(60_000);
};
const names = ({ask}: Plane) => (ask('GET', '/v1/templates').body.data as {name: string}[]).map(({name}) => name);

test.each(['490', 'my-app'])('a template of your own is deleted by id or name: %s', (idOrName) => {
  const plane = startPlane();
  built(plane);
  expect(plane.ask('DELETE', `/v1/templates/${idOrName}`)).toMatchObject({
    status: 200,
    body: {id: '490', status: 'deleted'},
  });
  expect(names(plane)).not.toContain('my-app');
  for (const path of ['/v1/templates/490', '/v1/templates/build/490/status', '/v1/templates/build/490/logs']) {
    expect([path, plane.ask('GET', path).status]).toEqual([path, 404]);
  }
  expect(plane.ask('DELETE', '/v1/templates/490').status).toBe(404);
  expect(plane.ask('POST', '/v1/templates/build', {body}).status).toBe(201);
});

test('a public template cannot be deleted', () => {
  const refused = startPlane({sandboxes: 0}).ask('DELETE', '/v1/templates/base');
  expect(refused).toMatchObject({
    status: 403,
    body: {code: 'FORBIDDEN', error: 'Public templates cannot be deleted'},
  });
});

test('a template that sandboxes use cannot be deleted until they are gone, and says how many there are', () => {
  const plane = startPlane({sandboxes: 0});
  const ids = [created(plane, {template_name: 'etl-worker'}), created(plane, {template_name: 'etl-worker'})];
  const remove = () => plane.ask('DELETE', '/v1/templates/etl-worker');
  expect(remove()).toMatchObject({
    status: 409,
    body: {code: 'CONFLICT', error: 'Template is in use by 2 sandboxes'},
  });
  plane.ask('DELETE', `/v1/sandboxes/${ids[0]}`);
  expect(remove().body.error).toBe('Template is in use by 1 sandbox');
  plane.ask('DELETE', `/v1/sandboxes/${ids[1]}`);
  expect(remove().status).toBe(200);
});

test('a template that is being built cannot be deleted', () => {
  const plane = startPlane();
  plane.ask('POST', '/v1/templates/build', {body});
  expect(plane.ask('DELETE', '/v1/templates/my-app')).toMatchObject({status: 409, body: {code: 'CONFLICT'}});
});

test('a fleet that changes by itself makes no more sandboxes of a deleted template', () => {
  const plane = startPlane({sandboxes: 30, churn: 20});
  for (const {id} of everyRow(plane).filter(({template_name}) => template_name === 'etl-worker')) {
    plane.ask('DELETE', `/v1/sandboxes/${id}`);
  }
  expect(plane.ask('DELETE', '/v1/templates/etl-worker').status).toBe(200);
  plane.clock.advance(120_000);
  const made = everyRow(plane).map(({template_name}) => template_name);
  expect(made).toContain('browser-agent');
  expect(made).not.toContain('etl-worker');
});

test('in a dialect a deleted template is answered with nothing', () => {
  const plane = startPlane({dialects: ['delete-204']});
  built(plane);
  expect(plane.ask('DELETE', '/v1/templates/my-app')).toMatchObject({status: 204, text: ''});
});

test('the template stream tells of every change, numbered, and again to whoever comes back', () => {
  const plane = startPlane();
  const stream = plane.listen(STREAM);
  built(plane);
  plane.ask('DELETE', '/v1/templates/my-app');
  const told = stream.messages().map(({id, event, data}) => {
    const {name, status, is_active} = data.template as {name: string; status: string; is_active: boolean};
    return [id, event, data.type, name, status, is_active];
  });
  expect(told).toEqual([
    ['1', 'template.created', 'template.created', 'my-app', 'building', false],
    ['2', 'template.updated', 'template.updated', 'my-app', 'publishing', false],
    ['3', 'template.updated', 'template.updated', 'my-app', 'active', true],
    ['4', 'template.deleted', 'template.deleted', 'my-app', 'deleted', false],
  ]);
  expect(stream.messages()[0]?.data.timestamp).toBe('2025-11-23T08:00:00.000Z');
  const later = plane.listen(STREAM, {'last-event-id': '2'});
  expect(later.messages()).toEqual(stream.messages().slice(2));
});

test.each([
  ['bare', {name: 'my-app', status: 'building'}],
  ['envelope', {event: 'template.created', data: {template: {name: 'my-app'}}}],
  ['action', {action: 'create', resource: {name: 'my-app'}}],
  ['whole-list', {0: {name: 'code-interpreter'}, 6: {name: 'my-app'}}],
] as const)('in the dialect %s it tells them in that way, unnamed', (dialect, shape) => {
  const plane = startPlane({dialects: [dialect]});
  const stream = plane.listen(STREAM);
  built(plane);
  const [first] = stream.messages();
  expect(first?.event).toBeUndefined();
  expect({...first?.data}).toMatchObject(shape);
});

test('what a sandbox is given in its environment is taken, and told by nothing', () => {
  const plane = startPlane({sandboxes: 0});
  const events = plane.listen('/v1/sandboxes/stream');
  const id = created(plane, {env_vars: {TOKEN: 's3cr3t'}});
  const refused = plane.ask('POST', '/v1/sandboxes', {body: {template_name: 'base', env_vars: {A: ['s3cr3t']}}});
  expect(refused).toMatchObject({status: 400, body: {error: 'env_vars.A: must be text'}});
  const wrong = plane.ask('POST', '/v1/sandboxes', {body: {template_name: 'base', env_vars: 's3cr3t'}});
  expect(wrong).toMatchObject({status: 400, body: {error: 'env_vars: must be an object of texts'}});
  const said = [refused, wrong, plane.ask('GET', `/v1/sandboxes/${id}`), everyRow(plane), events.text(), plane.logged];
  expect(JSON.stringify(said)).not.toContain('s3cr3t');
});
