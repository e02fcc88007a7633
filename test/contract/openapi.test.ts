import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {routes} from '../../src/simulator/routes.ts';
import {created, everyRow, oneThatIs, startPlane} from '../simulator/support.ts';

type Schema = {
  readonly type?: string;
  readonly description?: string;
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
};

type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, {readonly responses: readonly string[]}>>>>;
  readonly components: {readonly schemas: Readonly<Record<string, Schema>>};
};

/** Cut out of HopX's published OpenAPI description: its paths, and the schemas of what is answered here. */
const description: Description = JSON.parse(readFileSync(new URL('openapi-excerpt.json', import.meta.url), 'utf8'));

const SANDBOX = 'github_com_hopx_publicapi_pkg_models.Sandbox';

function schemaOf(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  const found = name === undefined ? schema : description.components.schemas[name];
  if (!found) throw new Error(`no schema ${name}`);
  return found;
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null,
};

/** Every documented field that is absent or of another type, as a path. Null stands where the description says NULL. */
function departures(value: unknown, schema: Schema, path: string, left: readonly string[] = []): readonly string[] {
  const {type = 'object', properties = {}, items, description: said = ''} = schemaOf(schema);
  if (value === null && said.includes('NULL')) return [];
  if (!types[type]?.(value)) return [`${path} is not ${type}`];
  const fields = Object.entries(properties).filter(([name]) => !left.includes(name));
  const inside = fields.flatMap(([name, field]) =>
    departures((value as Readonly<Record<string, unknown>>)[name], field, `${path}.${name}`),
  );
  const rows =
    items && Array.isArray(value) ? value.flatMap((row, at) => departures(row, items, `${path}[${at}]`)) : [];
  return [...inside, ...rows];
}

const named = (name: string): Schema => ({$ref: `#/components/schemas/${name}`});

test('the check itself sees a missing field and a wrong type', () => {
  expect(departures({id: 5, expires_at: null}, named(SANDBOX), 'it')).toEqual(
    expect.arrayContaining(['it.id is not string', 'it.status is not string', 'it.resources is not object']),
  );
  expect(departures({id: 5, expires_at: null}, named(SANDBOX), 'it')).not.toContain('it.expires_at is not string');
});

test('a sandbox that was created, and one that is read, have every documented field', () => {
  const plane = startPlane({quiet: true});
  const {body} = plane.ask('POST', '/v1/sandboxes', {body: {template_name: 'base', timeout_seconds: 600}});
  expect(departures(body, named(SANDBOX), 'created')).toEqual([]);
  for (const {id} of [oneThatIs(plane, 'running'), oneThatIs(plane, 'error'), {id: created(plane)}]) {
    expect(departures(plane.ask('GET', `/v1/sandboxes/${id}`).body, named(SANDBOX), 'read')).toEqual([]);
  }
});

test('the list, and every row of it but for the token and the request id, is the documented one', () => {
  const plane = startPlane({sandboxes: 100, quiet: true});
  const {body} = plane.ask('GET', '/v1/sandboxes');
  const {data, ...envelope} = body;
  expect(departures({...envelope, data: []}, named('internal_api.SandboxList'), 'list')).toEqual([]);
  const elsewhere = ['auth_token', 'token_expires_at', 'request_id'];
  expect(data).toHaveLength(100);
  expect(everyRow(plane).flatMap((row) => departures(row, named(SANDBOX), row.id, elsewhere))).toEqual([]);
});

test('templates, listed and read, have every documented field', () => {
  const {ask} = startPlane();
  const {body} = ask('GET', '/v1/templates');
  expect((body.data as readonly unknown[]).length).toBeGreaterThan(0);
  expect(departures(body, named('internal_api.TemplateList'), 'list')).toEqual([]);
  for (const {name} of body.data as readonly {readonly name: string}[]) {
    expect(departures(ask('GET', `/v1/templates/${name}`).body, named('internal_api.Template'), name)).toEqual([]);
  }
});

test('every described operation is a route', () => {
  const described = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const known = routes.map(({method, path}) => `${method} ${path}`);
  expect(described).toHaveLength(18);
  expect(described.filter((operation) => !known.includes(operation))).toEqual([]);
});

/** A build that is under way, of a template that copies files. */
function building(plane: ReturnType<typeof startPlane>) {
  const linked = plane.ask('POST', '/v1/templates/files/upload-link', {
    body: {files_hash: 'abcdef0123456789', content_length: 3},
  });
  const {pathname, search} = new URL(String(linked.body.upload_url));
  plane.upload(pathname + search, {bytes: 3, isGzip: true});
  const steps = [
    {type: 'COPY', args: ['app', '/app'], filesHash: 'abcdef0123456789'},
    {type: 'RUN', args: ['make']},
  ];
  const body = {name: 'app', from_image: 'debian:12', cpu: 2, memory: 2048, diskGB: 10, steps};
  return {linked, started: plane.ask('POST', '/v1/templates/build', {body})};
}

test('a link, a build and its status have every documented field, but for those of what has not happened', () => {
  const plane = startPlane();
  const {linked, started} = building(plane);
  expect(departures(linked.body, named('internal_api.FileUploadLinkResponse'), 'link')).toEqual([]);
  expect(departures(started.body, named('internal_api.TemplateBuildResponse'), 'build')).toEqual([]);
  const status = () => plane.ask('GET', `/v1/templates/build/${started.body.build_id}/status`).body;
  const schema = named('internal_api.BuildStatusResponse');
  const ended = ['completed_at', 'build_duration_ms'];
  expect(departures(status(), schema, 'status', [...ended, 'error_message'])).toEqual([]);
  plane.clock.advance(60_000);
  expect(status()).toMatchObject({status: 'active', progress: 100});
  expect(departures(status(), schema, 'status', ['estimated_completion', 'error_message'])).toEqual([]);
});

test('an operation that succeeds answers with a status that is described', () => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane);
  const bodies: Readonly<Record<string, object>> = {
    'POST /v1/sandboxes': {template_name: 'base'},
    'PUT /v1/sandboxes/:id/timeout': {timeout_seconds: 600},
    'POST /v1/templates/files/upload-link': {files_hash: 'abcdef0123456789', content_length: 3},
    'POST /v1/templates/build': {name: 'app', from_image: 'debian:12', cpu: 2, memory: 2048, diskGB: 10},
  };
  // In an order in which each is legal; deleting comes last.
  const order = ['pause', 'resume', 'stop', 'start'];
  const acts = order.map((act) => `POST /v1/sandboxes/:id/${act}`);
  const plain = [
    'GET /health',
    'GET /v1/sandboxes',
    'POST /v1/sandboxes',
    'GET /v1/sandboxes/:id',
    'GET /v1/templates',
  ];
  const rest = ['PUT /v1/sandboxes/:id/timeout', 'POST /v1/sandboxes/:id/token/refresh', 'DELETE /v1/sandboxes/:id'];
  const templates = [
    'GET /v1/templates/:name',
    'POST /v1/templates/files/upload-link',
    'POST /v1/templates/build',
    'GET /v1/templates/build/:buildID/status',
    'GET /v1/templates/build/:buildID/logs',
    'DELETE /v1/templates/:templateID',
  ];
  for (const operation of [...plain, ...acts, ...rest, ...templates]) {
    const [method = '', path = ''] = operation.split(' ');
    const target = path.replace(':id', id).replace(/:\w+/, '118');
    const {status} = plane.ask(method, target, {body: bodies[operation]});
    const described = description.paths[path.replace(/:(\w+)/, '{$1}')]?.[method.toLowerCase()]?.responses ?? [];
    expect(described.filter((code) => code.startsWith('2'))).toContain(String(status));
  }
});
