import {readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createNewFiles} from '../../src/cli/newFile.ts';
import {FileRefused} from '../../src/runtime/filesPort.ts';
import {temporaryFolder} from '../support/program.ts';

const SECRET_KEY = 'hopx_live_t3stpublic0.c4naryS3cretNeverShown1234';

test('a new file for its owner alone, with all that is appended', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'plan.txt');
  const file = createNewFiles('/nobody').create(path);
  file.append('one\n');
  file.append('two\n');
  file.close();
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(file.path).toBe(path);
});

test('~/ is the home of the user; a name that begins with ~ is a name', () => {
  using folder = temporaryFolder();
  const files = createNewFiles(folder.path);
  expect(files.create(' ~/a.txt ').path).toBe(join(folder.path, 'a.txt'));
  expect(() => files.create('~')).toThrow(/is there already/);
  expect(() => files.create('~other/a.txt')).toThrow('the folder of ~other/a.txt is not there');
});

test('taken away again, nothing of it is left', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'token');
  const file = createNewFiles('/nobody').create(path);
  file.append('half');
  file.remove();
  expect(() => statSync(path)).toThrow(/ENOENT/);
});

test('taken away by somebody else already: no second mistake hides the first', () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'token');
  const file = createNewFiles('/nobody').create(path);
  unlinkSync(path);
  expect(() => file.remove()).not.toThrow();
});

test('what is there already is not touched, not even behind a link', () => {
  using folder = temporaryFolder();
  const [mine, link] = [join(folder.path, 'mine'), join(folder.path, 'link')];
  writeFileSync(mine, 'mine');
  symlinkSync(join(folder.path, 'elsewhere'), link);
  const files = createNewFiles('/nobody');
  expect(() => files.create(mine)).toThrow(`${mine} is there already: name a file that is not`);
  expect(() => files.create(link)).toThrow(/is there already/);
  expect(readFileSync(mine, 'utf8')).toBe('mine');
});

test.each([
  ['', 'no file is named: name one that does not exist yet'],
  ['/nowhere/at/all', 'the folder of /nowhere/at/all is not there: make it, or name another'],
  ['/dev/null/x', '/dev/null/x is not in a folder: name another'],
  ['a\u001b[31mb/c', 'the folder of a␛[31mb/c is not there: make it, or name another'],
  [`${SECRET_KEY}/x`, 'the folder of [hidden: it looks like a key] is not there: make it, or name another'],
])('%j is one sentence', (path, sentence) => {
  expect(() => createNewFiles('/nobody').create(path)).toThrow(
    expect.objectContaining({name: 'FileRefused', message: sentence}),
  );
});

test('a place in which there can be no file is one sentence', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'file'), '');
  expect(() => createNewFiles('/nobody').create(join(folder.path, 'file', 'x'))).toThrow(FileRefused);
});
