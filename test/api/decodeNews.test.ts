import {describe, expect, test} from 'vitest';
import {decodeSandboxNews} from '../../src/api/decodeNews.ts';

const news = (data: unknown, event = 'message') =>
  decodeSandboxNews(event, typeof data === 'string' ? data : JSON.stringify(data));

const paused = {id: 'a', status: 'paused'};

describe('dialects of one change', () => {
  test.each([
    ['bare', 'message', paused, 'update'],
    ['named', 'sandbox.updated', paused, 'sandbox.updated'],
    ['enveloped', 'sandbox.updated', {type: 'x', timestamp: 1, sandbox: paused}, 'sandbox.updated'],
    ['{event, data}', 'message', {event: 'sandbox.paused', data: paused}, 'sandbox.paused'],
    ['{type, payload}', 'message', {type: 'updated', payload: paused}, 'updated'],
    ['event_type, resource', 'message', {event_type: 'pause', resource: paused}, 'pause'],
    ['action', 'message', {action: 'pause', sandbox: paused}, 'pause'],
    ['op', 'message', {op: 'upsert', sandbox: paused}, 'upsert'],
    ['wrapped twice, with an id of its own', 'message', {id: 'evt_1', type: 'u', data: {object: paused}}, 'u'],
    ['the id outside', 'message', {type: 'u', sandbox_id: 'a', data: {status: 'paused'}}, 'u'],
    ['with an alias', 'message', {vm_id: 'a', status: 'paused'}, 'update'],
  ])('%s', (_name, event, data, verb) => {
    expect(news(data, event)).toEqual({kind: 'observed', patch: paused, verb});
  });

  test('a template inside a sandbox is no sandbox', () => {
    expect(news({id: 'a', region: 'eu', template: {id: '73', status: 'active'}})).toEqual({
      kind: 'observed',
      patch: {id: 'a', region: 'eu'},
      verb: 'update',
    });
  });

  test('`sandbox.ready` with a status is a change, not a sign of life', () => {
    expect(news({id: 'a', status: 'running'}, 'sandbox.ready')).toMatchObject({kind: 'observed'});
  });
});

describe('gone', () => {
  test.each([
    ['by its name', 'sandbox.deleted', {id: 'a'}, 'sandbox.deleted'],
    [
      'by its name, with the last state',
      'message',
      {type: 'sandbox.killed', sandbox: {id: 'a', status: 'running'}},
      'sandbox.killed',
    ],
    ['by its status', 'sandbox.updated', {id: 'a', status: 'deleted'}, 'sandbox.updated'],
    ['by its status alone', 'message', {id: 'a', status: 'killed'}, 'killed'],
    ['expired', 'sandbox.expired', {sandbox_id: 'a'}, 'sandbox.expired'],
  ])('%s', (_name, event, data, verb) => {
    expect(news(data, event)).toEqual({kind: 'gone', id: 'a', verb, version: undefined});
  });

  test('with the version of the record', () => {
    expect(news({id: 'a', updated_at: '2025-01-28T00:00:00Z'}, 'deleted')).toMatchObject({
      version: Date.UTC(2025, 0, 28),
    });
  });

  test.each([
    ...['sandbox.delete_failed', 'sandbox.expires_at_changed', 'sandbox.undeleted', 'sandbox.delete_scheduled'],
    ...['sandbox.delete.requested', 'sandbox.tag_removed', 'sandbox.deletion_protection.enabled'],
    ...['sandbox.token.expired', 'sandbox.kill-switch.enabled', 'process.killed', 'sandbox.deleting'],
  ])('%s is told of one that lives: it stays on the screen', (verb) => {
    const patch = {id: 'a', status: 'running'};
    expect(news(patch, verb)).toEqual({kind: 'observed', patch, verb});
    expect(news({type: verb, sandbox: patch})).toEqual({kind: 'observed', patch, verb});
    expect(news({sandbox_id: 'a'}, verb)).toEqual({kind: 'hint', verb, id: 'a'});
  });

  test.each(['delete_failed', 'undeleted', 'delete_scheduled', 'expires_soon'])('nor is the status %s', (status) => {
    expect(news({id: 'a', status})).toMatchObject({kind: 'observed', patch: {id: 'a', status}});
  });

  test.each([
    ...['delete', 'Deleted', 'sandbox_removed', 'sandbox:destroyed', 'vm/terminated', 'SANDBOX-KILLED'],
    ...['sandbox.lifecycle.killed', 'io.example.sandbox.expire', 'v1.sandboxes.deleted'],
  ])('%s is', (verb) => {
    expect(news({id: 'a', status: 'running'}, verb)).toMatchObject({kind: 'gone', id: 'a'});
  });

  test('`deleting` is not yet gone', () => {
    expect(news({id: 'a', status: 'deleting'}, 'sandbox.deleting')).toMatchObject({kind: 'observed'});
  });
});

describe('snapshots', () => {
  const patches = [paused, {id: 'b'}];
  const rows = [paused, {id: 'b'}, null];
  test.each([
    ['bare', rows],
    ['a list object', {object: 'list', data: rows}],
    ['named by the wrapper', {type: 'snapshot', sandboxes: rows}],
    ['wrapped twice', {event: 'snapshot', data: {object: 'list', data: rows}}],
  ])('%s', (_name, body) => {
    expect(news(body)).toEqual({kind: 'snapshot', patches});
  });

  test.each(['snapshot', 'sandboxes.list', 'sandbox_sync', 'init', 'initial-state', 'full'])('named %s', (verb) => {
    expect(news(rows, verb)).toEqual({kind: 'snapshot', patches});
  });

  test('an empty one is one', () => {
    expect(news([])).toEqual({kind: 'snapshot', patches: []});
  });

  test('a list of what was deleted is only a reason to read the list', () => {
    expect(news(rows, 'sandboxes.deleted')).toEqual({kind: 'hint', verb: 'sandboxes.deleted'});
  });

  test.each(['sandboxes.updated', 'sandboxes.created', 'batch', 'state.changed'])(
    'a list under %s is news of its rows, and of no other',
    (verb) => {
      const batch = {
        kind: 'batch',
        news: [
          {kind: 'observed', patch: paused, verb},
          {kind: 'hint', verb, id: 'b'},
        ],
      };
      expect(news(rows, verb)).toEqual(batch);
      expect(news({type: verb, sandboxes: rows})).toEqual(batch);
    },
  );

  test('nor is a list the whole one when more is to come', () => {
    expect(news({data: [paused], has_more: true, next_cursor: 'x'})).toEqual({
      kind: 'batch',
      news: [{kind: 'observed', patch: paused, verb: 'update'}],
    });
  });

  test('a list without one readable row is none', () => {
    expect(news([1, 2, 'x'])).toMatchObject({kind: 'unread'});
  });
});

test.each([
  ['ping', ''],
  ['ping', '{}'],
  ['heartbeat', '{"at":1}'],
  ['message', ''],
  ['message', 'ping'],
  ['message', '"keep-alive"'],
  ['message', '{"type":"connected","client":"x"}'],
  ['connected', '{"id":"conn-1"}'],
  ['hello', 'not json'],
  ['message', 'heartbeat 2025-01-28T00:00:00Z'],
  ['message', '{"ping":1738022400}'],
  ['stream.ready', '{}'],
])('%s %s is a sign of life', (event, data) => {
  expect(decodeSandboxNews(event, data)).toEqual({kind: 'alive'});
});

test.each([
  ['sandbox.changed', '', 'sandbox.changed'],
  ['message', '{"type":"quota.changed"}', 'quota.changed'],
])('%s %s means: read the list', (event, data, verb) => {
  expect(decodeSandboxNews(event, data)).toEqual({kind: 'hint', verb});
});

test.each(['sandbox.updated', 'sandbox.ready', 'sandbox.reopened', 'sandbox.delete_failed'])(
  '%s that carries only an id means: read that sandbox',
  (verb) => {
    expect(news({id: 'a'}, verb)).toEqual({kind: 'hint', verb, id: 'a'});
  },
);

test.each(['already.changed', 'reopened', 'sandbox.reconnect_required', 'sandbox.bookkeeping', 'sandbox.shipping'])(
  '%s is no sign of life: something changed',
  (verb) => {
    expect(news({}, verb)).toEqual({kind: 'hint', verb});
  },
);

test.each([
  ['message', '{"half":'],
  ['message', '{}'],
  ['message', 'null'],
  ['message', '17'],
  ['log', 'plain words'],
])('%s %s is unread: counted, and its begin is kept', (event, data) => {
  expect(decodeSandboxNews(event, data)).toEqual({
    kind: 'unread',
    name: event === 'message' ? '' : event,
    excerpt: data,
  });
});

test('names and excerpts are harmless and short', () => {
  const hostile = `\u001b]0;x\u0007${'y'.repeat(900)}`;
  const unread = decodeSandboxNews(hostile, hostile);
  expect(JSON.stringify(unread)).not.toMatch(/\\u001b|\\u0007/);
  expect(JSON.stringify(unread).length).toBeLessThan(300);
});
