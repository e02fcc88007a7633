import {Buffer} from 'node:buffer';
import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {createRedact, Secret} from '../../src/api/secret.ts';

const value = 'hopx_live_Ab3dEf6hIj9k.c4n4ry-Sup3r_S3cr3t/Pärt+2048';
const secretPart = 'c4n4ry-Sup3r_S3cr3t/Pärt+2048';
const key = new Secret(value);
const redact = createRedact(key);

test('however it is printed, it is redacted', () => {
  const printed = [
    `${key}`,
    JSON.stringify({key}),
    inspect({key}, {showHidden: true, depth: 9}),
    String([key]),
    `a${key}`,
  ];
  for (const text of printed) {
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('c4n4ry');
  }
  expect(Object.values(key)).toEqual([]);
  expect(key.unwrap()).toBe(value);
});

test.each([
  ['plain', value],
  ['its secret part', secretPart],
  ['in a URL', encodeURIComponent(value)],
  ['in JSON', JSON.stringify(value).slice(1, -1)],
  ['in JSON with an escape', value.replace('c4n', '\\u00634n')],
  ['in JSON with its slash escaped', value.replace('/', '\\/')],
  ['in JSON inside JSON', value.replace('c4n', '\\\\u00634n')],
  ['in lower case', value.toLowerCase()],
  ['in base64', Buffer.from(value).toString('base64')],
  ['in base64url', Buffer.from(value).toString('base64url')],
  ['in base64 after one byte', Buffer.from(`:${value}`).toString('base64')],
  ['in base64 after two bytes', Buffer.from(`u:${value}`).toString('base64')],
])('redacts the key %s', (_name, form) => {
  const clean = redact(`say <${form}> and ${form} again`);
  expect(clean).toContain('[redacted]');
  const core = form.slice(4, -6);
  expect(clean).not.toContain(core);
});

test('redacts any JWT, with and without its signature', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzYW5kYm94In0.sig-nature_1';
  expect(createRedact(undefined)(`{"auth_token":"${token}","id":"a"}`)).toBe('{"auth_token":"[redacted]","id":"a"}');
  expect(redact(`token ${token.slice(0, 40)}`)).toBe('token [redacted]');
});

test('JSON stays JSON, and one that hides nothing stays as it came', () => {
  const told = {a: `"${value}"`, b: ['\\u0068', '\\'], c: '/'};
  const text = JSON.stringify(told).replace('hopx', '\\u0068op\\u0078').replace('"c"', '"\\u0063"');
  expect(JSON.parse(redact(text))).toMatchObject({a: '"[redacted]"', c: '/'});
  const harmless = String.raw`{"a":"\u0068ello \u0022\/\\u0068"}`;
  expect(redact(harmless)).toBe(harmless);
});

test('leaves other text alone', () => {
  const text = '{"id":"1763382095i648uu1o","name":"eyJ","host":"https://7777-a.eu.vms.hopx.dev/"}';
  expect(redact(text)).toBe(text);
  expect(createRedact(new Secret('abc'))('abc abc')).toBe('abc abc');
});
