import {describe, expect, test} from 'vitest';
import {decodeRecord} from '../../src/api/decodeRecord.ts';
import {cellWidth} from '../../src/terminal/text.ts';
import {hostileStrings} from '../support/hostileStrings.ts';

const linesOf = (body: unknown) => decodeRecord(body)?.lines ?? [];
const shown = (body: unknown) => linesOf(body).join('\n');

test('the answer, indented', () => {
  expect(linesOf({id: 'sb_1', resources: {vcpu: 2}, tags: ['a'], expires_at: null})).toEqual([
    '{',
    '  "id": "sb_1",',
    '  "resources": {',
    '    "vcpu": 2',
    '  },',
    '  "tags": [',
    '    "a"',
    '  ],',
    '  "expires_at": null',
    '}',
  ]);
});

test.each([
  {auth_token: 'c4n4ry'},
  {nested: [{deep: {'client-secret': {a: 'c4n4ry'}}}]},
  {env_vars: {A: 'c4n4ry'}},
  {api_key: 'c4n4ry', password: 'c4n4ry', registry_credentials: ['c4n4ry']},
  {note: '{"auth_token":"c4n4ry"}'},
  {upload_url: 'https://store.example/x?X-Sig=c4n4ry'},
  {registry: 'https://user:c4n4ry@registry.example/x'},
  {note: 'the key is hopx_live_abcdefgh.c4n4ryc4n4ry'},
])('%j: no secret is shown, and that there was one is', (body) => {
  expect(shown(body)).not.toContain('c4n4ry');
  expect(shown(body)).toContain('[redacted]');
});

test.each([
  'service_account_token',
  'serviceAccountToken',
  'accountSecret',
  'account_password',
  'token_count_signature',
  'totalSecret',
  'expires_token',
  'discount_token',
  'token_expires_at',
  'passphrase',
  'db_pwd',
  'jwt',
  'signingKey',
  'service_account_keys',
  'X-Auth',
  'basicAuth',
  'connection_string',
])('under the name %s no text is shown, whatever else the name says', (name) => {
  expect(shown({[name]: 'c4n4ry'})).not.toContain('c4n4ry');
  expect(shown({[name]: ['c4n4ry']})).not.toContain('c4n4ry');
});

test('a number is no secret only where the name says what it counts', () => {
  expect(shown({password: 74_113_009, otp_token: 74_113_009})).not.toContain('74113009');
  expect(shown({token_count: 3, tokenTotal: 4, max_tokens: 5, token_expires_in: 60})).not.toContain('[redacted]');
});

test('names that only look like those of secrets stay', () => {
  const body = {
    ...{author: 'ann', account: 'acme', discount: '5', monkey: 'x', public_key: 'ssh-rsa AAAA', key_id: 'k_1'},
    ...{tags: [{key: 'team', value: 'blue'}], tokenExpiresAt: '2026-01-15T12:00:00.000Z', token_expiry: '1768478400'},
  };
  expect(shown(body)).not.toContain('[redacted]');
});

test('when a token ends, and what is no secret, stays', () => {
  const body = {token_expires_at: '2026-01-15T12:00:00Z', public_host: 'https://sb_1.hopx.dev', template_name: 'sk_x'};
  expect(shown(body)).not.toContain('[redacted]');
});

describe('hostile', () => {
  test.each(hostileStrings.map((text, index) => ({text, index})))('string $index is text only', ({text}) => {
    const lines = linesOf({name: text, [text]: [text]});
    for (const line of lines) {
      expect(line).not.toMatch(/\p{Cc}/u);
      expect(cellWidth(line)).toBeLessThanOrEqual(512);
    }
  });

  test('depth is no danger', () => {
    let deep: unknown = 'c4n4ry';
    for (let level = 0; level < 20_000; level += 1) deep = [deep];
    expect(shown({deep})).toContain('[nested too deeply]');
  });
});

test('more than 64 Ki characters or 2,000 lines are cut, and it is said', () => {
  const long = decodeRecord({list: Array.from({length: 5000}, (_, index) => index)});
  expect([long?.lines.length, long?.isCut]).toEqual([2000, true]);
  const wide = decodeRecord({list: Array.from({length: 500}, () => 'x'.repeat(500))});
  expect(wide?.isCut).toBe(true);
  expect(wide?.lines.join('\n').length).toBeLessThanOrEqual(64 * 1024);
  expect(decodeRecord({id: 'sb_1'})?.isCut).toBe(false);
});

test('what is no object is no record', () => {
  for (const body of [undefined, null, 'html', [], 3]) expect(decodeRecord(body)).toBeUndefined();
});
