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
const emptyHome = folderWith({});
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

describe('no key', () => {
  test('nowhere: where it looked, and the ways out', async () => {
    expect(await refusal(connect({}, {home: emptyHome}))).toEqual({
      exit: 'auth',
      sentence: [
        'no API key found.',
        'looked at: --api-key-file, --profile, HOPX_API_KEY, HOPX_PROFILE, and profile default in',
        '           ~/.hopx/credentials.yaml and ~/.hopx/config.yaml',
        "the HopX CLI may keep it in the system's keyring, which hopx-top does not read; to hand it over:",
        '  export HOPX_API_KEY="$(secret-tool lookup service hopx-cli account default | jq -r .api_key)"',
        'or put a key (https://console.hopx.dev) into a file of your own:',
        '  hopx-top --api-key-file PATH',
        'or try it without any key:',
        '  hopx-top --demo',
      ].join('\n'),
    });
  });

  test('a profile without one: said, with the command that exports it', async () => {
    const {exit, sentence} = await refusal(connect({profile: 'bare'}, {home, platform: 'darwin'}));
    expect(exit).toBe('auth');
    expect(sentence).toContain('profile bare has no api_key in ~/.hopx/credentials.yaml or ~/.hopx/config.yaml.');
    expect(sentence).toContain(
      'export HOPX_API_KEY="$(security find-generic-password -s hopx-cli -a bare -w | jq -r .api_key)"',
    );
  });

  test('a system whose keyring nobody can ask by command gets the other ways', async () => {
    const {sentence} = await refusal(connect({}, {home: emptyHome, platform: 'win32'}));
    expect(sentence).not.toContain('export');
    expect(sentence).toContain('hopx-top --demo');
  });

  test('a name cannot smuggle a command into the one that is shown', async () => {
    const name = "a'; rm -rf ~; '";
    const evil = homeWith({config: JSON.stringify({default_profile: name, profiles: {[name]: {}}})});
    const {sentence} = await refusal(connect({}, {home: evil}));
    expect(sentence).toContain("account 'a'\\''; rm -rf ~; '\\'''");
  });

  test('a profile that does not exist', async () => {
    expect(await refusal(connect({profile: 'wrok'}, {home}))).toEqual({
      exit: 'usage',
      sentence: '--profile: no profile "wrok" in ~/.hopx (there are: work, eu, bare); name one that exists',
    });
    expect(await refusal(connect({}, {home: emptyHome, env: {HOPX_PROFILE: 'x'}}))).toEqual({
      exit: 'usage',
      sentence: 'HOPX_PROFILE: no profile "x" in ~/.hopx (there are no profiles); name one that exists',
    });
  });
});
