import {chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {connect, folderWith, homeWith, keyOf, refusal, SECRET} from './home.ts';

const home = folderWith({});

describe('a key file', () => {
  const withKey = (text: string) => join(folderWith({key: text}), 'key');

  test.each([
    ['\n', 'one line end is not part of it'],
    ['\r\n', 'nor one of Windows'],
    ['', 'none is needed'],
  ])('%j: %s', async (end) => {
    const connection = await connect({apiKeyFile: withKey(`${keyOf('file')}${end}`)}, {home});
    expect(connection.key.unwrap()).toBe(keyOf('file'));
    expect(connection.warnings).toEqual([]);
  });

  test.each(['', '\n'])('%j is empty', async (text) => {
    const path = withKey(text);
    expect(await refusal(connect({apiKeyFile: path}, {home}))).toEqual({
      exit: 'usage',
      sentence: `${path} is empty: put an API key there`,
    });
  });

  test.each([`${keyOf('file')}\n\n`, `key=${keyOf('file')} `, `${keyOf('file')}\u0000`, `\ufeff${keyOf('file')}`])(
    '%j holds more than a key, and nothing of it is shown',
    async (text) => {
      const path = withKey(text);
      const {exit, sentence} = await refusal(connect({apiKeyFile: path}, {home}));
      expect({exit, sentence}).toEqual({
        exit: 'usage',
        sentence: `${path} holds more than a key (spaces, line ends or odd characters): leave only the key there`,
      });
      expect(sentence).not.toContain(SECRET);
    },
  );

  test('the same holds for the variable', async () => {
    expect(await refusal(connect({}, {home, env: {HOPX_API_KEY: 'a b'}}))).toMatchObject({
      exit: 'usage',
      sentence: 'HOPX_API_KEY holds more than a key (spaces, line ends or odd characters): leave only the key there',
    });
  });

  test('only the public part of a key of the known form is ever shown', async () => {
    const idOf = async (key: string) => (await connect({}, {home, env: {HOPX_API_KEY: key}})).keyId;
    expect(await idOf(keyOf('k3y'))).toBe('hopx_live_k3y000000000');
    expect(await idOf(`hopx_test_abcdefghijkl.${SECRET}`)).toBe('hopx_test_abcdefghijkl');
    expect(await idOf(`sk_live_${SECRET}`)).toBeUndefined();
    expect(await idOf(`hopx_live_${SECRET}`)).toBeUndefined();
    expect(await idOf(`${SECRET}.${SECRET}`)).toBeUndefined();
  });

  test('open to others: used, with a warning', async () => {
    const path = withKey(keyOf('file'));
    chmodSync(path, 0o640);
    expect((await connect({apiKeyFile: path}, {home})).warnings).toEqual([
      `${path} is open to other users: chmod 600 it`,
    ]);
  });

  test("another user's: used, with a warning", async () => {
    const path = withKey(keyOf('file'));
    // Root's files are as safe as they get: where the tests run as root, the file must be given away first.
    if (process.getuid?.() === 0) chownSync(path, 4243, 4243);
    expect((await connect({apiKeyFile: path}, {home, uid: 4242})).warnings).toEqual([
      `${path} belongs to another user, who can read the key in it`,
    ]);
  });

  test('a link is followed, since mounted secrets are links; what it leads to is judged', async () => {
    const path = withKey(keyOf('file'));
    chmodSync(path, 0o604);
    symlinkSync(path, `${path}.link`);
    expect((await connect({apiKeyFile: `${path}.link`}, {home})).warnings).toEqual([
      `${path}.link is open to other users: chmod 600 it`,
    ]);
  });

  test('what is no file is refused, and a pipe is not waited for', async () => {
    const folder = folderWith({});
    mkdirSync(join(folder, 'key'));
    expect(await refusal(connect({apiKeyFile: join(folder, 'key')}, {home}))).toMatchObject({
      sentence: `${join(folder, 'key')} is not a regular file: name a file that holds the key`,
    });
    expect((await refusal(connect({apiKeyFile: '/dev/null'}, {home}))).sentence).toMatch(/is not a regular file/);
    expect(await refusal(connect({apiKeyFile: join(folder, 'none')}, {home}))).toEqual({
      exit: 'usage',
      sentence: `--api-key-file: there is no file ${join(folder, 'none')}`,
    });
  });

  test('a huge file is not read', async () => {
    const path = withKey('x');
    writeFileSync(path, 'x'.repeat(300_000));
    expect((await refusal(connect({apiKeyFile: path}, {home}))).sentence).toBe(
      `${path} is too large to be a file with a key: name another`,
    );
  });
});

test('credentials.yaml that others can read is warned about', async () => {
  const loose = homeWith({credentials: `default: {api_key: ${keyOf('cred')}}`});
  chmodSync(join(loose, '.hopx/credentials.yaml'), 0o644);
  expect((await connect({}, {home: loose})).warnings).toEqual([
    `${join(loose, '.hopx/credentials.yaml')} is open to other users: chmod 600 it`,
  ]);
});
