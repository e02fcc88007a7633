import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {createLedger} from '../../src/simulator/ledger.ts';
import {created, everyRow, type Row, startPlane} from './support.ts';

const rowsOf = (body: Readonly<Record<string, unknown>>) => body.data as readonly Row[];

test('pages of any size tell every sandbox once, newest first', () => {
  const plane = startPlane({sandboxes: 53, quiet: true});
  const seen: string[] = [];
  let query = 'limit=10';
  for (let page = 0; page < 6; page += 1) {
    const {body} = plane.ask('GET', `/v1/sandboxes?${query}`);
    seen.push(...rowsOf(body).map(({id}) => id));
    expect([body.has_more, typeof body.next_cursor]).toEqual(page < 5 ? [true, 'string'] : [false, 'object']);
    query = `limit=10&cursor=${body.next_cursor}`;
  }
  const all = everyRow(plane);
  expect(seen).toEqual(all.map(({id}) => id));
  expect(new Set(seen).size).toBe(53);
  expect(all.map(({created_at}) => created_at)).toEqual(
    all
      .map(({created_at}) => created_at)
      .sort()
      .reverse(),
  );
});

test('a last page that is exactly full says there is no more', () => {
  const {body} = startPlane({sandboxes: 10, quiet: true}).ask('GET', '/v1/sandboxes?limit=10');
  expect([rowsOf(body).length, body.has_more, body.next_cursor]).toEqual([10, false, null]);
});

test('deletes and creates between two pages neither repeat a row nor lose one', () => {
  const plane = startPlane({sandboxes: 30, quiet: true});
  const before = everyRow(plane).map(({id}) => id);
  const first = plane.ask('GET', '/v1/sandboxes?limit=10').body;
  for (const id of [...before.slice(3, 10), ...before.slice(12, 15)]) plane.ask('DELETE', `/v1/sandboxes/${id}`);
  created(plane);
  const second = plane.ask('GET', `/v1/sandboxes?limit=10&cursor=${first.next_cursor}`).body;
  expect(rowsOf(second).map(({id}) => id)).toEqual([...before.slice(10, 12), ...before.slice(15, 23)]);
});

test('status and region filter, also both at once', () => {
  const plane = startPlane({sandboxes: 200, quiet: true});
  const all = everyRow(plane);
  const ids = (rows: readonly Row[]) => rows.map(({id}) => id);
  expect(ids(everyRow(plane, '&status=paused'))).toEqual(ids(all.filter(({status}) => status === 'paused')));
  expect(ids(everyRow(plane, '&region=eu-west'))).toEqual(ids(all.filter(({region}) => region === 'eu-west')));
  const both = all.filter(({status, region}) => status === 'running' && region === 'us-east');
  expect(both.length).toBeGreaterThan(0);
  expect(ids(everyRow(plane, '&status=running&region=us-east'))).toEqual(ids(both));
  expect(everyRow(plane, '&region=nowhere')).toEqual([]);
});

test('without a limit there are a hundred rows', () => {
  expect(rowsOf(startPlane({sandboxes: 120, quiet: true}).ask('GET', '/v1/sandboxes').body)).toHaveLength(100);
});

test.each(['limit=0', 'limit=1001', 'limit=-1', 'limit=ten', 'limit=1.5', 'cursor=abc123', 'status=bogus'])(
  'a list with %s is a 400',
  (query) => {
    const {status, body} = startPlane().ask('GET', `/v1/sandboxes?${query}`);
    expect([status, body.code]).toEqual([400, 'INVALID_REQUEST']);
  },
);

test('the list says where it is from', () => {
  expect(startPlane({sandboxes: 0}).ask('GET', '/v1/sandboxes').body).toEqual({
    object: 'list',
    data: [],
    has_more: false,
    next_cursor: null,
    url: '/v1/sandboxes',
    request_id: expect.stringMatching(/^req_[0-9a-z]{12}$/),
  });
});

test('the ledger is a sorted list, whatever is added and removed', async () => {
  const step = fc.oneof(fc.constant('add' as const), fc.nat({max: 300}));
  const stories = fc.record({steps: fc.array(step, {maxLength: 500}), before: fc.nat({max: 300})});
  const property = fc.property(stories, ({steps, before}) => {
    const ledger = createLedger();
    let numbers: number[] = [];
    let last = 0;
    for (const taken of steps) {
      if (taken === 'add') {
        last += 1;
        numbers.push(last);
        ledger.add(last, String(last));
      } else {
        numbers = numbers.filter((number) => number !== taken);
        ledger.remove(taken);
      }
    }
    const expected = numbers.filter((number) => number < before).reverse();
    expect([...ledger.newestFirst(before)]).toEqual(expected.map(String));
  });
  await fc.assert(property);
});
