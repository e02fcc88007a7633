import {expect, test} from 'vitest';
import {rowOf} from '../support/listScreen.ts';
import {type Habits, startOtherServer, type WireRow} from '../support/otherServer.ts';
import {KEY, startWatching, type Terminal} from '../support/terminal.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ';

const row = (id: string | number, status: string, more: object = {}): WireRow => ({
  id,
  status,
  object: 'sandbox',
  template_name: 'agent-東京',
  region: 'us-east',
  organization_id: 'org-abc123',
  resources: {vcpu: 2, memory_mb: 4096, disk_gb: 10},
  auth_token: TOKEN,
  created_at: '2025-01-28T00:00:00Z',
  expires_at: null,
  ...more,
});

const first = [
  row('plain_1', 'running'),
  row(1763382095, 'paused'),
  row('with space', 'running'),
  row('名前-1', 'hibernating'),
  row('sparse', 'pending', {template_name: undefined, region: null, resources: 'large', created_at: 'yesterday'}),
];

const habits: readonly {readonly name: string; readonly is: Habits; readonly soonMs: number}[] = [
  {name: 'CRLF and named events', is: {lineEnd: '\r\n'}, soonMs: 1_000},
  {name: 'CR alone, no names, a bare list', is: {lineEnd: '\r', stream: 'unnamed', list: 'array'}, soonMs: 1_000},
  {name: 'an envelope, the list under items', is: {stream: 'envelope', list: 'items'}, soonMs: 1_000},
  {name: 'the whole list each time', is: {stream: 'whole list', list: 'sandboxes'}, soonMs: 1_000},
  {name: 'only ids', is: {stream: 'id only', list: 'nulls'}, soonMs: 8_000},
  {name: 'a stream that dies inside a character', is: {stream: 'cut', errorShape: 3}, soonMs: 6_000},
  {name: 'no stream at all', is: {stream: 'none', errorShape: 2}, soonMs: 8_000},
  {name: '429 twice without a word about when', is: {refusals: 2, errorShape: 3}, soonMs: 8_000},
  {name: 'delete with 204', is: {deleteStatus: 204}, soonMs: 1_000},
];

const shows = (app: Terminal, {id, status}: WireRow) => rowOf(app, id).includes(status);

test.concurrent.each(habits)('$name: every row is right, before and after changes', async ({is, soonMs}) => {
  await using server = await startOtherServer(first, is);
  await using app = startWatching(server.url, [], {columns: 140});
  await app.waitFor(() => first.every((each) => shows(app, each)), 15_000);
  server.put(row('plain_1', 'paused'));
  server.put(row('newcomer', 'running'));
  server.remove(1763382095);
  await app.waitFor(() => shows(app, row('plain_1', 'paused')), soonMs);
  await app.waitFor(() => shows(app, row('newcomer', 'running')), soonMs);
  await app.waitFor(() => /†|^$/.test(rowOf(app, 1763382095)), 2 * soonMs);
  for (const each of server.rows()) expect(rowOf(app, each.id)).toContain(each.status);
  expect((await app.quit()).code).toBe(0);
  const written = app.written().toString('utf8');
  expect(written).not.toContain(TOKEN.slice(0, 20));
  expect(written).not.toContain(KEY.slice(-12));
});

test.concurrent('a redirect on the same server is followed', async () => {
  await using server = await startOtherServer(first, {redirect: {status: 307, to: ''}});
  await using app = startWatching(server.url);
  await app.waitFor(() => shows(app, row('plain_1', 'running')));
});

test.concurrent('a redirect to another origin is refused, and the key never goes there', async () => {
  await using elsewhere = await startOtherServer(first);
  await using server = await startOtherServer(first, {redirect: {status: 308, to: elsewhere.url}});
  await using app = startWatching(server.url);
  await app.waitFor(/redirect/i);
  expect(elsewhere.seen).toEqual([]);
});

test.concurrent('a row whose id is no plain text cannot be acted on, and says why', async () => {
  await using server = await startOtherServer([row('with space', 'running')]);
  await using app = startWatching(server.url);
  await app.waitFor(() => shows(app, row('with space', 'running')));
  app.press('P');
  await app.waitFor(/id/);
  await app.quit();
  expect(server.seen.every(({method}) => method === 'GET')).toBe(true);
});

test.concurrent('a server without stop says so once, and the key is off from then on', async () => {
  await using server = await startOtherServer([row('plain_1', 'running')], {withoutStop: true});
  await using app = startWatching(server.url);
  await app.waitFor(() => shows(app, row('plain_1', 'running')));
  app.press('X');
  await app.waitFor('Really stop it');
  await app.pressUntil('y', /not supported|unsupported|does not know/i);
  expect(server.seen.filter(({method}) => method === 'POST')).toHaveLength(1);
});
