import {execFileSync} from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {createServer} from 'node:net';
import {dirname, join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {expect, onTestFinished, test} from 'vitest';
import {packCopy} from '../../src/cli/specPack.ts';
import {treeLimits} from '../../src/cli/specTree.ts';
import {folderWith} from './home.ts';

const deep = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(60)}.txt`;
const tooDeep = `${'g'.repeat(200)}/${'h'.repeat(120)}.txt`;
const files = {
  'app/main.py': 'print(1)\n',
  'app/a-b': '',
  'app/a/b': 'x'.repeat(512),
  'app/ключ 🔑.txt': 'k',
  [`app/${deep}`]: 'deep',
  [`app/${tooDeep}`]: 'too deep',
};

function folderOf(contents: Readonly<Record<string, string>>): string {
  const folder = realpathSync(folderWith({}));
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const pack = (folder: string, source = 'app', target = '/app', room = {...treeLimits}) =>
  packCopy(folder, {source, target}, room);

test('the archive is one that tar reads: every file, its content and whether it may be run', async () => {
  const folder = folderOf(files);
  chmodSync(join(folder, 'app/main.py'), 0o777);
  const {content} = await pack(folder);
  const archive = join(folder, 'packed.tar.gz');
  const out = folderOf({});
  writeFileSync(archive, content);
  execFileSync('tar', ['-xzf', archive, '-C', out]);
  for (const [path, text] of Object.entries(files)) expect(readFileSync(join(out, path), 'utf8')).toBe(text);
  expect(statSync(join(out, 'app/main.py')).mode & 0o777).toBe(0o755);
  expect(statSync(join(out, 'app/a/b')).mode & 0o777).toBe(0o644);
  expect(statSync(join(out, 'app/a/b')).mtimeMs).toBe(0);
});

test('the same files make the same bytes and the same hash, whenever and by whom they were written', async () => {
  const [one, other] = [folderOf(files), folderOf(Object.fromEntries(Object.entries(files).toReversed()))];
  utimesSync(join(other, 'app/main.py'), 1, 1);
  chmodSync(join(other, 'app/a/b'), 0o664);
  const [first, second] = [await pack(one), await pack(other)];
  expect(Buffer.compare(first.content, second.content)).toBe(0);
  expect(first.filesHash).toBe(second.filesHash);
  expect(first.filesHash).toMatch(/^[\da-f]{64}$/);
});

test('another content, name, mode or target is another hash, deep in a folder too', async () => {
  const hashes = [
    (await pack(folderOf(files))).filesHash,
    (await pack(folderOf(files), 'app', '/other')).filesHash,
    (await pack(folderOf({...files, 'app/a/b': 'changed'}))).filesHash,
    (await pack(folderOf({...files, 'app/a/c': ''}))).filesHash,
  ];
  const runnable = folderOf(files);
  chmodSync(join(runnable, 'app/a/b'), 0o755);
  hashes.push((await pack(runnable)).filesHash);
  expect(new Set(hashes).size).toBe(5);
});

test('a comma parts several sources; what both name is in the archive once', async () => {
  const folder = folderOf(files);
  const {content, entries} = await pack(folder, 'app/main.py,app/a,app/main.py');
  expect(entries.map(({path}) => path)).toEqual(['app/main.py', 'app/a', 'app/a/b']);
  // A header and a block each, a folder without, and the end: 2 + 1 + 2 + 2 blocks.
  expect(gunzipSync(content)).toHaveLength(7 * 512);
});

test('a dot is the whole folder', async () => {
  const {entries} = await pack(folderOf({'a.txt': '', 'b/c.txt': ''}), '.');
  expect(entries.map(({path}) => path)).toEqual(['a.txt', 'b', 'b/c.txt']);
});

test('too many files and too many bytes are refused before they are read', async () => {
  const folder = folderOf({'app/a': 'xx', 'app/b': 'xx'});
  await expect(pack(folder, 'app', '/x', {entries: 2, bytes: 100})).rejects.toThrow('more than 10000 files');
  await expect(pack(folder, 'app', '/x', {entries: 9, bytes: 3})).rejects.toThrow('more than 256 MiB');
});

test('folders that link to each other are no more ways than may be walked', async () => {
  const names = Array.from({length: 16}, (_, index) => `app/${index}`);
  const folder = folderOf(Object.fromEntries(names.map((name) => [`${name}/a`, ''])));
  for (const [index, name] of names.slice(1).entries()) {
    symlinkSync(`../${index}`, join(folder, name, 'one'));
    symlinkSync(`../${index}`, join(folder, name, 'other'));
  }
  await expect(pack(folder, 'app', '/x', {entries: 200, bytes: 100})).rejects.toThrow('files and folders');
});

test('a socket is refused', async () => {
  const folder = folderOf({'app/a': 'xx'});
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(join(folder, 'app/s'), resolve));
  onTestFinished(() => void server.close());
  await expect(pack(folder)).rejects.toThrow('app/s is neither a file nor a folder');
});

test('a pipe that nobody writes to is refused, not waited for', async () => {
  const folder = folderOf({'app/a': 'xx'});
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(folder, 'app/p')]);
  await expect(pack(folder)).rejects.toThrow('app/p is neither a file nor a folder');
});
