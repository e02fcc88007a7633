import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {routes} from '../../src/simulator/routes.ts';
import {KEY, oneThatIs, startPlane} from '../simulator/support.ts';

/** Copied from docs.hopx.ai (control-plane overview, list-sandboxes), character for character. */
const read = (name: string) => readFileSync(new URL(`documents/${name}.txt`, import.meta.url), 'utf8');

/** The documents abbreviate: `[...]` is some list, a line of `...` stands for more fields. */
const example = (name: string): unknown =>
  JSON.parse(
    read(name)
      .replaceAll('[...]', '[]')
      .replace(/,\n\s*\.\.\.\n/, '\n'),
  );

/** The shape of a value: names and types, a list by its first row. */
function shape(value: unknown): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== 'object') return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shape(field)]));
}

test('a list answers as its example does: every field, with its type', () => {
  const documented = shape(example('list-sandboxes'));
  const {body} = startPlane().ask('GET', '/v1/sandboxes?limit=20');
  expect(documented).toHaveProperty('data');
  expect(shape(body)).toMatchObject(documented as object);
});

test('a last page answers as the overview has it', () => {
  const documented = example('overview-list') as object;
  const {body} = startPlane({sandboxes: 0}).ask('GET', '/v1/sandboxes');
  expect(documented).toMatchObject({has_more: false, next_cursor: null});
  expect({...body, request_id: 'req_abc123'}).toMatchObject(documented);
});

test('an object answers as the overview has it', () => {
  const plane = startPlane({quiet: true});
  const {id} = oneThatIs(plane, 'running');
  const documented = example('overview-success') as object;
  expect({...plane.ask('GET', `/v1/sandboxes/${id}`).body, id: 'sandbox_abc123'}).toMatchObject(documented);
});

test.each([
  ['GET', '/v1/sandboxes/none', KEY],
  ['GET', '/v1/sandboxes?limit=0', KEY],
  ['GET', '/v1/sandboxes', undefined],
  ['GET', '/nowhere', KEY],
  ['PATCH', '/v1/sandboxes', KEY],
])('the error of %s %s is the documented three fields', (method, path, key) => {
  const {body} = startPlane().ask(method, path, {key});
  expect(shape(body)).toEqual(shape(example('overview-error')));
});

test('the documented rate-limit headers are on every answer, the refusals included', () => {
  const documented = read('overview-rate-limits').trimEnd().split('\n');
  const names = documented.map((line) => line.split(':')[0]?.toLowerCase());
  expect(names).toHaveLength(3);
  const {ask} = startPlane({rateLimit: 100});
  for (const path of ['/v1/sandboxes', '/v1/sandboxes/none', '/nowhere', '/health']) {
    expect(Object.keys(ask('GET', path).headers)).toEqual(expect.arrayContaining(names));
  }
});

test('every documented endpoint is a route, and every route but the free ones is documented', () => {
  const row = /^(\/v1[\w/:-]*?)(GET|POST|PUT|DELETE)/gm;
  const documented = [...read('overview-endpoints').matchAll(row)].map(([, path, method]) => `${method} ${path}`);
  expect(documented).toHaveLength(20);
  const known = routes.filter(({cost}) => cost !== 'free').map(({method, path}) => `${method} ${path}`);
  expect(documented.filter((endpoint) => !known.includes(endpoint))).toEqual([]);
  expect(known.filter((endpoint) => !documented.includes(endpoint))).toEqual([]);
});
