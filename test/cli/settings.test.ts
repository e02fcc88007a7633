import {chmodSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readSettings, type Settings, settingsOf} from '../../src/cli/settings.ts';
import {folderWith, keyOf, ownUid, SECRET} from './home.ts';

const FILE = '.config/hopx-top/config.yaml';

const readIn = (home: string, env: Readonly<Record<string, string>> = {}): Promise<Settings> =>
  readSettings({env, home, uid: ownUid});
const read = (text: string) => readIn(folderWith({[FILE]: text}));

/** The sentence with which the program would end. */
const refusal = (settings: Promise<Settings>): Promise<string> =>
  settings.then(
    () => 'taken',
    (error: Error & {exit?: string}) => `${error.exit}: ${error.message}`,
  );

describe('what may stand in it', () => {
  test('no file, an empty one, or one of comments is no settings', async () => {
    const nothing = {connect: undefined, profiles: new Map()};
    expect(await readIn(folderWith({}))).toEqual(nothing);
    for (const text of ['', '# nothing\n', 'profiles:\n', '{}']) expect(await read(text)).toEqual(nothing);
  });

  test('connect: the words of a command, one for all profiles and one of its own for some', async () => {
    const settings = await read(
      ['connect: [hopx, terminal, connect]', 'profiles:', '  eu:', '    connect: [ssh, "{id}.eu"]', '  us:'].join('\n'),
    );
    expect(settingsOf(settings, 'eu').connect).toEqual(['ssh', '{id}.eu']);
    expect(settingsOf(settings, 'us').connect).toEqual(['hopx', 'terminal', 'connect']);
    expect(settingsOf(settings, 'other')).toEqual({connect: ['hopx', 'terminal', 'connect'], readonly: false});
  });

  test.each(['true', 'yes', 'on', '1', 'always', '[]', '~', ''])('readonly: %s is read-only', async (written) => {
    expect(settingsOf(await read(`profiles:\n  prod:\n    readonly: ${written}`), 'prod').readonly).toBe(true);
  });

  test.each(['false', 'no', 'off', '0', '""'])('readonly: %s is not', async (written) => {
    expect(settingsOf(await read(`profiles: {prod: {readonly: ${written}}}`), 'prod').readonly).toBe(false);
  });

  test('it is in $XDG_CONFIG_HOME where that is an absolute path', async () => {
    const home = folderWith({[FILE]: 'connect: [home]', 'xdg/hopx-top/config.yaml': 'connect: [xdg]'});
    expect(await readIn(home, {XDG_CONFIG_HOME: join(home, 'xdg')})).toMatchObject({connect: ['xdg']});
    expect(await readIn(home, {XDG_CONFIG_HOME: 'xdg'})).toMatchObject({connect: ['home']});
    expect(await readIn(home, {XDG_CONFIG_HOME: ''})).toMatchObject({connect: ['home']});
  });
});

const NO_COMMAND = 'a list of words, such as [hopx, terminal, connect]';

describe('a mistake is one sentence with file, line and key, and exit code 2', () => {
  test.each([
    ['\n\nconnect: hopx terminal', `line 3: connect: ${NO_COMMAND}`],
    ['connect: []', `line 1: connect: ${NO_COMMAND}`],
    ['connect:', `line 1: connect: ${NO_COMMAND}`],
    ['connect:\n  - hopx\n  - 7', `line 3: connect: ${NO_COMMAND}`],
    ['connect: ["", a]', `line 1: connect: ${NO_COMMAND}`],
    ['connect: [hopx, "a\\0b"]', `line 1: connect: ${NO_COMMAND}`],
    ['profiles:\n  eu:\n    connect: {a: b}', `line 3: profiles.eu.connect: ${NO_COMMAND}`],
    ['conect: [a]', 'line 1: no such key: conect; did you mean connect?'],
    ['profile: {}', 'line 1: no such key: profile; did you mean profiles?'],
    ['theme: dark', 'line 1: no such key: theme; the keys here are connect and profiles'],
    ['profiles:\n  eu:\n    read_only: true', 'line 3: profiles.eu: no such key: read_only; did you mean readonly?'],
    ['profiles: [eu]', 'line 1: profiles: keys with values, such as connect: [hopx, terminal, connect]'],
    ['- a', 'line 1: keys with values, such as connect: [hopx, terminal, connect]'],
    ['? [a]\n: b', 'line 1: a key is a word'],
    ['connect: [a\nprofiles: {}', ' is not YAML (line 2): mend it'],
    ['connect: [a]\nconnect: [b]', ' is not YAML (line 2): mend it'],
    ['__proto__: 1', 'line 1: no such key: __proto__; the keys here are connect and profiles'],
  ])('%j', async (text, complaint) => {
    const sentence = await refusal(read(text));
    expect(sentence).toBe(`usage: ~/.config/hopx-top/config.yaml${complaint.startsWith(' ') ? '' : ' '}${complaint}`);
  });

  test.each([
    (key: string) => `connect: [hopx, --key=${key}]`,
    (key: string) => `connect:\n  - sh\n  - -c\n  - "HOPX_API_KEY='${key}' hopx"`,
    (key: string) => `profiles: {eu: {api_key: ${key}}}`,
    (key: string) => `${key}: 1`,
  ])('%s: a key is refused and not shown', async (textWith) => {
    const sentence = await refusal(read(textWith(keyOf('p'))));
    expect(sentence).toMatch(/^usage: ~\/\.config\/hopx-top\/config\.yaml line \d: this looks like an API key/);
    expect(sentence).not.toContain(SECRET.slice(0, 8));
  });

  test('too large, a folder, or not to be read', async () => {
    expect(await refusal(read(`# ${'x'.repeat(300_000)}`))).toBe(
      'usage: ~/.config/hopx-top/config.yaml is larger than 256 KiB, and no settings are: make it smaller',
    );
    const home = folderWith({});
    mkdirSync(join(home, FILE), {recursive: true});
    expect(await refusal(readIn(home))).toBe(
      'usage: ~/.config/hopx-top/config.yaml is not a regular file: put a file with settings there',
    );
  });

  test('who may write it says what is run with the key: nobody else may', async () => {
    const home = folderWith({[FILE]: 'connect: [a]'});
    expect(await refusal(readSettings({env: {}, home, uid: (ownUid ?? 0) + 1}))).toMatch(
      ownUid === 0 ? /^taken$/ : /belongs to another user: make it your own$/,
    );
    chmodSync(join(home, FILE), 0o666);
    expect(await refusal(readIn(home))).toMatch(/may be written by everybody: chmod go-w it$/);
  });
});
