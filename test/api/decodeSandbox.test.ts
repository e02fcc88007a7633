import {describe, expect, test} from 'vitest';
import {decodeSandboxPage} from '../../src/api/decodePage.ts';
import {decodeOwnSandbox} from '../../src/api/decodeReply.ts';
import {decodeSandbox} from '../../src/api/decodeSandbox.ts';
import {isPlainId} from '../../src/model/sandbox.ts';

const at = Date.UTC(2025, 0, 28, 12, 30, 45);
const GIBI = 2 ** 30;

/** As docs.hopx.ai get-sandbox and OpenAPI show it. */
const documented = {
  id: '1763382095i648uu1o',
  object: 'sandbox',
  status: 'running',
  public_host: 'https://7777-1763382095i648uu1o.eu-1001.vms.hopx.dev/',
  template_id: '73',
  template_name: 'code-interpreter',
  organization_id: 123,
  node_id: 'node_xyz789',
  region: 'us-east',
  resources: {vcpu: 2, memory_mb: 2048, disk_mb: 10_240},
  internet_access: true,
  live_mode: false,
  timeout_seconds: 3600,
  expires_at: '2025-01-28T12:30:45Z',
  created_at: '2025-01-28T12:30:45Z',
  auth_token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln',
  token_expires_at: '2025-01-28T12:30:45Z',
  request_id: 'req_1',
};

test('the documented sandbox, whole, and no token in it', () => {
  expect(decodeSandbox(documented)).toEqual({
    id: '1763382095i648uu1o',
    status: 'running',
    publicHost: 'https://7777-1763382095i648uu1o.eu-1001.vms.hopx.dev/',
    templateId: '73',
    templateName: 'code-interpreter',
    organizationId: '123',
    nodeId: 'node_xyz789',
    region: 'us-east',
    vcpu: 2,
    memoryBytes: 2 * GIBI,
    diskBytes: 10 * GIBI,
    internetAccess: true,
    liveMode: false,
    timeoutSeconds: 3600,
    expiresAt: at,
    createdAt: at,
    tokenExpiresAt: at,
  });
});

test('what is absent keeps, what is null clears', () => {
  expect(decodeSandbox({id: 'a'})).toEqual({id: 'a'});
  const cleared = {id: 'a', status: null, expires_at: null, timeout_seconds: null, region: null, resources: null};
  expect(decodeSandbox(cleared)).toEqual({
    id: 'a',
    expiresAt: null,
    timeoutSeconds: null,
    region: null,
    vcpu: null,
    memoryBytes: null,
    diskBytes: null,
  });
});

test('the wrong type is not told, and costs no more than its field', () => {
  const odd = {id: 'a', status: 7, region: {}, timeout_seconds: 'long', resources: [], created_at: true, vcpu: 2};
  expect(decodeSandbox({...odd, internet_access: 'yes', node_id: 'n1'})).toEqual({id: 'a', nodeId: 'n1'});
});

test.each([
  ['disk_mb', {disk_mb: 1024}, GIBI],
  ['disk_gb', {disk_gb: 3}, 3 * GIBI],
  ['both', {disk_mb: 1024, disk_gb: 3}, GIBI],
  ['a null that the other unit explains', {disk_mb: null, disk_gb: 3}, 3 * GIBI],
  ['null', {disk_mb: null}, null],
  ['nothing', {}, undefined],
  ['a negative number', {disk_mb: -1}, undefined],
  ['infinity', {disk_gb: Number.POSITIVE_INFINITY}, undefined],
])('disk as %s', (_name, resources, expected) => {
  expect(decodeSandbox({id: 'a', resources})?.diskBytes).toBe(expected);
});

test.each([
  ['2025-01-28T12:30:45Z', at],
  ['2025-01-28T13:30:45+01:00', at],
  ['2025-01-28T12:30:45.123456789Z', at + 123],
  ['2025-01-28T12:30:45', at],
  ['2025-01-28 12:30:45', at],
  [at, at],
  [at / 1000, at],
  [String(at / 1000), at],
  [0, undefined],
  ['0001-01-01T00:00:00Z', undefined],
  ['', undefined],
  ['soon', undefined],
  ['in 5', undefined],
  ['2025-01-28', Date.UTC(2025, 0, 28)],
  ['2025-01-28T12:30:45+0000', at],
  [1e300, undefined],
  [-5, undefined],
])('the time %s', (time, expected) => {
  expect(decodeSandbox({id: 'a', expires_at: time})?.expiresAt).toBe(expected);
});

describe('ids', () => {
  test.each([
    [{id: 'a'}, 'a'],
    [{sandbox_id: 'a'}, 'a'],
    [{sandboxId: 'a'}, 'a'],
    [{vm_id: 'a'}, 'a'],
    [{id: 42}, '42'],
    [{id: 'event-1', sandbox_id: 'a'}, 'a'],
    [{id: 'a', vm_id: 'vm-9'}, 'a'],
    [{id: ''}, undefined],
    [{id: null}, undefined],
    [{id: 2 ** 60}, undefined],
    [{id: 1.5}, undefined],
    [{id: ['a']}, undefined],
  ])('%j', (raw, id) => {
    expect(decodeSandbox(raw)?.id).toBe(id);
  });

  test.each(['\u001b[2Jx', '../../etc', 'a/b', 'a b', 'x'.repeat(129), 'x'.repeat(2000), '\u202ecba', '..'])(
    '%j is shown harmlessly and is not plain',
    (id) => {
      const shown = decodeSandbox({id})?.id ?? '';
      expect(shown).not.toBe('');
      expect(shown).not.toMatch(/\p{Cc}|\u202e/u);
      expect(isPlainId(shown)).toBe(false);
    },
  );
});

test('no text leaves unsanitized', () => {
  const hostile = '\u001b]52;c;aGk=\u0007\u009b31m';
  const patch = decodeSandbox({
    id: hostile,
    status: hostile,
    region: hostile,
    template_name: hostile,
    node_id: hostile,
  });
  expect(JSON.stringify(patch)).not.toMatch(/\\u001b|\\u0007|\u009b/);
});

test('__proto__ in a body reaches nothing', () => {
  const patch = decodeSandbox(
    JSON.parse('{"__proto__":{"status":"x","polluted":1},"id":"a","constructor":{"prototype":1}}'),
  );
  expect(patch).toEqual({id: 'a'});
  expect(Object.getPrototypeOf(patch)).toBe(Object.prototype);
  expect({}).not.toHaveProperty('polluted');
});

describe('a page', () => {
  const rows = [{id: 'a', status: 'running'}, {id: 'b'}];
  const patches = [{id: 'a', status: 'running'}, {id: 'b'}];
  const page = {patches, unreadable: 0, hasMore: false, nextCursor: undefined};

  test.each([
    ['documented', {object: 'list', data: rows, has_more: true, next_cursor: 'c1'}, {hasMore: true, nextCursor: 'c1'}],
    ['without a cursor', {data: rows, has_more: true}, {hasMore: true}],
    ['with a null cursor', {data: rows, has_more: false, next_cursor: null}, {}],
    [
      'with a cursor that is a number',
      {data: rows, has_more: true, next_cursor: 40},
      {hasMore: true, nextCursor: '40'},
    ],
    ['with an endless cursor', {data: rows, has_more: true, next_cursor: 'x'.repeat(9000)}, {hasMore: true}],
    ['bare', rows, {}],
    ['under `sandboxes`', {sandboxes: rows}, {}],
    ['under `items`', {items: rows}, {}],
    ['wrapped twice', {data: {sandboxes: rows}}, {}],
    ['with null rows', {data: [null, ...rows, 'x', {}]}, {unreadable: 3}],
    ['null', {data: null}, {patches: []}],
  ])('%s', (_name, body, expected) => {
    expect(decodeSandboxPage(body)).toEqual({...page, ...expected});
  });

  test.each([undefined, null, 'x', 5, {}, {data: 'x'}, {error: 'x'}])('%j is none', (body) => {
    expect(decodeSandboxPage(body)).toBeUndefined();
  });
});

test.each([
  [
    {id: 'a', status: 'paused', request_id: 'r'},
    {id: 'a', status: 'paused'},
  ],
  [{status: 'deleted'}, {id: 'a', status: 'deleted'}],
  [{data: {id: 'a', status: 'paused'}}, {id: 'a', status: 'paused'}],
  [{sandbox: {status: 'paused'}}, {id: 'a', status: 'paused'}],
  [
    {id: 'a', timeout_seconds: 60, expires_at: at},
    {id: 'a', timeoutSeconds: 60, expiresAt: at},
  ],
  [{id: 'other', status: 'paused'}, undefined],
  [{ok: true}, undefined],
  [undefined, undefined],
])('the reply %j about a', (body, expected) => {
  expect(decodeOwnSandbox('a', body)).toEqual(expected);
});

test('ids that differ only in what cannot be shown stay two sandboxes', () => {
  const ids = ['a\u001bb', 'a␛b', `${'x'.repeat(9000)}1`, `${'x'.repeat(9000)}2`].map((id) => decodeSandbox({id})?.id);
  expect(new Set(ids).size).toBe(4);
  expect(ids[1]).toBe('a␛b');
});

test('a cursor without a word on whether there is more is followed', () => {
  expect(decodeSandboxPage({data: [], next_cursor: 'c2'})).toMatchObject({hasMore: true, nextCursor: 'c2'});
  expect(decodeSandboxPage({data: [], has_more: false, next_cursor: 'c2'})).toMatchObject({hasMore: false});
  expect(decodeSandboxPage({data: []})).toMatchObject({hasMore: false});
});
