import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {type Connection, requireTrust} from '../../src/cli/connection.ts';
import {connect, folderWith, homeWith, keyOf, refusal, SECRET} from './home.ts';

const home = homeWith({
  config: `
default_profile: work
profiles:
  work:
    api_key: ${keyOf('work')}
  eu:
    api_key: ${keyOf('eu')}
    base_url: https://api-eu.hopx.dev
    readonly: true
  bare:
    base_url: https://api-eu.hopx.dev
`,
});
const keyFile = join(folderWith({key: `${keyOf('file')}\n`}), 'key');

/** Which key goes where. */
const summary = ({origin, key, keyId, source, profile}: Connection) => ({
  to: origin.origin,
  id: keyId,
  whole: key.unwrap() === `${keyId}.${SECRET}`,
  source,
  profile,
});

describe('key and address come from one source, the first that is there', () => {
  const everything = {HOPX_API_KEY: keyOf('env'), HOPX_PROFILE: 'eu'};

  test.each([
    [
      {apiKeyFile: keyFile, profile: 'eu'},
      everything,
      'hopx_live_file00000000',
      'https://api.hopx.dev',
      keyFile,
      'key file',
    ],
    [
      {profile: 'eu'},
      everything,
      'hopx_live_eu0000000000',
      'https://api-eu.hopx.dev',
      'profile eu (~/.hopx/config.yaml)',
      'eu',
    ],
    [{}, everything, 'hopx_live_env000000000', 'https://api.hopx.dev', 'HOPX_API_KEY', 'HOPX_API_KEY'],
    [
      {},
      {HOPX_PROFILE: 'eu'},
      'hopx_live_eu0000000000',
      'https://api-eu.hopx.dev',
      'profile eu (~/.hopx/config.yaml)',
      'eu',
    ],
    [{}, {}, 'hopx_live_work00000000', 'https://api.hopx.dev', 'profile work (~/.hopx/config.yaml)', 'work'],
    [
      {},
      {HOPX_API_KEY: '', HOPX_PROFILE: ''},
      'hopx_live_work00000000',
      'https://api.hopx.dev',
      'profile work (~/.hopx/config.yaml)',
      'work',
    ],
  ])('%o %o', async (asked, env, id, to, source, profile) => {
    expect(summary(await connect(asked, {home, env}))).toEqual({to, id, whole: true, source, profile});
  });

  test('~/.hopx is not even read when something else names the key', async () => {
    const readProfiles = () => Promise.reject(new Error('read'));
    const env = {HOPX_API_KEY: keyOf('env')};
    expect((await connect({}, {home, env, readProfiles})).keyId).toBe('hopx_live_env000000000');
  });

  test('readonly of a profile holds', async () => {
    expect((await connect({profile: 'eu'}, {home})).readonly).toBe(true);
    expect((await connect({profile: 'work'}, {home})).readonly).toBe(false);
  });
});

describe('a key goes to its own server only', () => {
  test.each([
    [
      {apiKeyFile: keyFile, baseUrl: 'http://127.0.0.1:9/x'},
      {HOPX_BASE_URL: 'https://b.example'},
      'http://127.0.0.1:9',
    ],
    [{apiKeyFile: keyFile}, {HOPX_BASE_URL: 'https://b.example'}, 'https://b.example'],
    [{}, {HOPX_API_KEY: keyOf('env'), HOPX_BASE_URL: 'https://b.example'}, 'https://b.example'],
    [
      {baseUrl: 'https://c.example'},
      {HOPX_API_KEY: keyOf('env'), HOPX_BASE_URL: 'https://b.example'},
      'https://c.example',
    ],
  ])('a key of its own goes where the flag, then the variable says: %o %o', async (asked, env, to) => {
    expect((await connect(asked, {home, env})).origin.origin).toBe(to);
  });

  test.each([
    [
      {profile: 'work', baseUrl: 'https://evil.example'},
      {},
      '--base-url is https://evil.example, but the key of profile work goes to https://api.hopx.dev only: drop --base-url, or give evil.example a key of its own with --api-key-file PATH or HOPX_API_KEY',
    ],
    [
      {baseUrl: 'https://api-eu.hopx.dev'},
      {},
      '--base-url is https://api-eu.hopx.dev, but the key of profile work goes to https://api.hopx.dev only: drop --base-url, or give api-eu.hopx.dev a key of its own with --api-key-file PATH or HOPX_API_KEY',
    ],
    [
      {},
      {HOPX_PROFILE: 'eu', HOPX_BASE_URL: 'https://api.hopx.dev'},
      'HOPX_BASE_URL is https://api.hopx.dev, but the key of profile eu goes to https://api-eu.hopx.dev only: drop HOPX_BASE_URL, or give api.hopx.dev a key of its own with --api-key-file PATH or HOPX_API_KEY',
    ],
  ])('a profile is not taken elsewhere: %o %o', async (asked, env, sentence) => {
    expect(await refusal(connect(asked, {home, env}))).toEqual({exit: 'usage', sentence});
  });

  test('its own address may be repeated', async () => {
    const env = {HOPX_BASE_URL: 'https://api-eu.hopx.dev/'};
    expect((await connect({profile: 'eu', baseUrl: 'https://api-eu.hopx.dev'}, {home, env})).origin.host).toBe(
      'api-eu.hopx.dev',
    );
  });

  test.each([
    ['ftp://x.example', '--base-url: the base URL must begin with https://, not ftp://x.example'],
    [
      'http://api.hopx.dev',
      '--base-url: plain http is for this machine only; use https instead of http://api.hopx.dev',
    ],
    [
      'https://me:pw@x.example',
      '--base-url: the base URL carries a user name or password; give the key by HOPX_API_KEY or --api-key-file',
    ],
    ['not a url', '--base-url: the base URL must look like https://api.hopx.dev: not a url'],
  ])('an address that cannot be: %s', async (baseUrl, sentence) => {
    expect(await refusal(connect({apiKeyFile: keyFile, baseUrl}, {home}))).toEqual({exit: 'usage', sentence});
  });

  test('certificates are checked, or nothing is sent', () => {
    const env = {NODE_TLS_REJECT_UNAUTHORIZED: '0'};
    expect(() => requireTrust({origin: new URL('https://api.hopx.dev')}, env)).toThrow(/unset it/);
    expect(() => requireTrust({origin: new URL('http://127.0.0.1:1')}, env)).not.toThrow();
    expect(() => requireTrust({origin: new URL('https://api.hopx.dev')}, {})).not.toThrow();
  });
});
