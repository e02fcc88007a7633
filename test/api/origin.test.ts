import {describe, expect, test} from 'vitest';
import {endpointUrl, parseOrigin} from '../../src/api/origin.ts';

test.each([
  'https://api.hopx.dev',
  'https://api-eu.hopx.dev:8443/',
  'http://localhost:8080',
  'http://127.0.0.1:1',
  'http://127.8.9.1',
  'http://0x7f.1',
  'http://[::1]:8080',
])('%s is accepted', (text) => {
  expect(parseOrigin(text).href).toContain('//');
});

test.each([
  ['http://api.hopx.dev', /plain http is for this machine only/],
  ['http://10.0.0.1', /plain http is for this machine only/],
  ['http://127.0.0.1.evil.example', /plain http is for this machine only/],
  ['http://localhost.evil.example', /plain http is for this machine only/],
  ['ftp://api.hopx.dev', /must begin with https/],
  ['javascript:alert(1)', /must begin with https/],
  ['api.hopx.dev', /must look like https/],
  ['', /it is empty/],
  ['https://api.hopx.dev/?key=1', /without \? or #/],
  ['https://api.hopx.dev/#a', /without \? or #/],
])('%s is refused', (text, sentence) => {
  expect(() => parseOrigin(text)).toThrow(sentence);
});

describe('a password in a URL', () => {
  test.each([
    'https://me:hunter2hunter2@api.hopx.dev',
    'http://hunter2hunter2@evil.example',
    'https://a:hunter2hunter2@',
  ])('is refused and not repeated: %s', (text) => {
    expect(() => parseOrigin(text)).toThrow(/^the base URL (?!.*hunter2)/);
  });
});

describe('what may be a secret is never repeated', () => {
  test.each([
    ['https://x.dev/?token=canarycanary', /without \? or #: https:\/\/x\.dev$/],
    ['https://x.dev/v1#canarycanary', /without \? or #: https:\/\/x\.dev\/v1$/],
    ['http://x.dev/?token=canarycanary', /use https instead of http:\/\/x\.dev$/],
    ['ftp://x.dev/#canarycanary', /must begin with https:\/\/, not ftp:\/\/x\.dev$/],
    ['x.dev/?token=canarycanary', /must look like https:\/\/api\.hopx\.dev: x\.dev\/$/],
    ['me:canarycanary@x.dev', /must begin with https:\/\/, not me:$/],
    ['hopx_live_abcdefghijkl.canarycanary', /looks like a key/],
    ['https://hopx_live_abcdefghijkl.canarycanary', /looks like a key/],
    ['https://x.dev/hopx_live_abcdefghijkl.canarycanary', /looks like a key/],
  ])('%s', (text, sentence) => {
    expect(() => parseOrigin(text)).toThrow(sentence);
    expect(() => parseOrigin(text)).toThrow(/^(?!.*canary)/);
  });
});

test('an escape sequence in it is shown as text', () => {
  expect(() => parseOrigin('\u001b]0;x\u0007')).toThrow(/␛\]0;x␇/);
});

test('a path in the base URL stays in front', () => {
  expect(
    endpointUrl(parseOrigin('https://proxy.example/hopx/'), '/v1/sandboxes', {limit: '5', cursor: 'a b&c'}).href,
  ).toBe('https://proxy.example/hopx/v1/sandboxes?limit=5&cursor=a+b%26c');
});
