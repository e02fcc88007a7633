import {expect, test} from 'vitest';
import {connect, folderWith, homeWith, keyOf, refusal} from './home.ts';

const home = homeWith({
  config: `
profiles:
  work:
    api_key: ${keyOf('work')}
  eu:
    api_key: ${keyOf('eu')}
  bare:
    base_url: https://api-eu.hopx.dev
`,
});
const emptyHome = folderWith({});

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

test('of a profile with an address of its own: the address goes with the key, in every line', async () => {
  const {sentence} = await refusal(connect({profile: 'bare'}, {home}));
  expect(sentence.split('\n').slice(1)).toEqual([
    "the HopX CLI may keep it in the system's keyring, which hopx-top does not read; to hand it over, and to start without --profile:",
    '  export HOPX_BASE_URL=https://api-eu.hopx.dev',
    '  export HOPX_API_KEY="$(secret-tool lookup service hopx-cli account bare | jq -r .api_key)"',
    'or put a key (https://console.hopx.dev) into a file of your own:',
    '  hopx-top --api-key-file PATH --base-url https://api-eu.hopx.dev',
    'or try it without any key:',
    '  hopx-top --demo',
  ]);
});

test('with another address named, the key of the keyring is not offered to it', async () => {
  for (const [asked, env] of [
    [{baseUrl: 'https://evil.example'}, {}],
    [{}, {HOPX_BASE_URL: 'https://evil.example'}],
    [{profile: 'work', baseUrl: 'https://evil.example'}, {}],
  ] as const) {
    const {exit, sentence} = await refusal(connect(asked, {home: emptyHome, env}));
    expect(exit).toBe('auth');
    expect(sentence).not.toContain('export');
    expect(sentence).toContain('put a key (https://console.hopx.dev) into a file of your own:');
  }
  const {sentence} = await refusal(connect({profile: 'bare', baseUrl: 'https://evil.example'}, {home}));
  expect(sentence).not.toContain('export');
});

test.each([
  [{profile: 'work'}, {}, '--profile', ', and to start without --profile'],
  [{}, {HOPX_PROFILE: 'work'}, 'HOPX_PROFILE', ''],
])(
  'no profiles at all: the keyring is told of, for the name that was asked for: %o %o',
  async (asked, env, by, and) => {
    const {exit, sentence} = await refusal(connect(asked, {home: emptyHome, env}));
    expect(exit).toBe('auth');
    expect(sentence.split('\n').slice(0, 5)).toEqual([
      'no API key found, and no profile at all.',
      `looked at: profile work (${by}) in`,
      '           ~/.hopx/credentials.yaml and ~/.hopx/config.yaml',
      `the HopX CLI may keep it in the system's keyring, which hopx-top does not read; to hand it over${and}:`,
      '  export HOPX_API_KEY="$(secret-tool lookup service hopx-cli account work | jq -r .api_key)"',
    ]);
  },
);

test('a profile that does not exist', async () => {
  expect(await refusal(connect({profile: 'wrok'}, {home}))).toEqual({
    exit: 'usage',
    sentence: '--profile: no profile "wrok" in ~/.hopx (there are: work, eu, bare); name one that exists',
  });
});
