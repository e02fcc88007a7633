import {expect, test} from 'vitest';
import {proxyFor} from '../../src/cli/proxy.ts';

const API = new URL('https://api.hopx.dev');
const PROXY = 'http://proxy.corp:3128';

const host = (origin: URL, env: Readonly<Record<string, string>>) => proxyFor(origin, env)?.host;

test.each([
  [{}, undefined],
  [{HTTPS_PROXY: PROXY}, 'proxy.corp:3128'],
  [{https_proxy: PROXY, HTTPS_PROXY: 'http://other'}, 'proxy.corp:3128'],
  [{HTTPS_PROXY: ''}, undefined],
  [{HTTP_PROXY: PROXY}, undefined],
  [{ALL_PROXY: PROXY}, 'proxy.corp:3128'],
  [{HTTPS_PROXY: 'proxy.corp:3128'}, 'proxy.corp:3128'],
] as const)('of %o for https', (env, expected) => {
  expect(host(API, env)).toBe(expected);
});

test.each([
  ['api.hopx.dev', false],
  ['hopx.dev', false],
  ['.hopx.dev', false],
  ['*.hopx.dev', false],
  ['other.dev, HOPX.dev', false],
  ['other.dev hopx.dev:443', false],
  ['*', false],
  ['hopx.dev:8443', true],
  ['opx.dev', true],
  ['', true],
])('NO_PROXY=%s: through the proxy %s', (NO_PROXY, isProxied) => {
  expect(host(API, {HTTPS_PROXY: PROXY, NO_PROXY})).toBe(isProxied ? 'proxy.corp:3128' : undefined);
});

test('an empty no_proxy does not hide NO_PROXY', () => {
  expect(host(API, {HTTPS_PROXY: PROXY, no_proxy: '', NO_PROXY: 'hopx.dev'})).toBeUndefined();
});

test('an IPv6 address is excepted with and without brackets', () => {
  const origin = new URL('https://[2001:db8::1]:8443');
  for (const NO_PROXY of ['2001:db8::1', '[2001:db8::1]', '[2001:db8::1]:8443']) {
    expect(host(origin, {HTTPS_PROXY: PROXY, NO_PROXY})).toBeUndefined();
  }
  expect(host(origin, {HTTPS_PROXY: PROXY, NO_PROXY: '2001:db8::2'})).toBe('proxy.corp:3128');
});

test.each(['http://localhost:8000', 'http://127.0.0.1:7100', 'https://127.3.2.1', 'http://[::1]:9'])(
  '%s is this machine: no proxy is asked',
  (origin) => {
    expect(host(new URL(origin), {ALL_PROXY: PROXY})).toBeUndefined();
  },
);

test.each(['socks5://proxy.corp:1080', 'http://', '::', 'http://me:50%@proxy.corp'])(
  '%s: one sentence, without the value',
  (HTTPS_PROXY) => {
    expect(() => proxyFor(API, {HTTPS_PROXY})).toThrow(
      'HTTPS_PROXY is not the address of an HTTP proxy: write http://HOST:PORT, or unset it',
    );
  },
);
