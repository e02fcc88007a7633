import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {createSpecs} from '../../src/cli/spec.ts';
import {SpecRefused} from '../../src/runtime/specPort.ts';
import {folderWith} from './home.ts';

const usual = {name: 'agent', from_image: 'python:3.12-slim', cpu: 2, memory: 2048, diskGB: 10};

/** Reads `spec.yaml` as it is given, or a usual spec with these changes. */
async function read(spec: string | Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = {}) {
  const text = typeof spec === 'string' ? spec : JSON.stringify({...usual, ...spec}, undefined, 2);
  return createSpecs(env, '/nobody').read(join(folderWith({'spec.yaml': text}), 'spec.yaml'));
}

async function mistakeIn(...given: Parameters<typeof read>): Promise<string> {
  const error = await read(...given).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SpecRefused);
  return (error as SpecRefused).message;
}

test('a spec in YAML, every field used', async () => {
  const {body, summary, archives} = await read(
    `
name: agent
from_image: ghcr.io/me/base:1   # private
cpu: 4
memory: 4096
diskGB: 20
steps:
  - {type: RUN, args: ["pip install x"]}
  - {type: ENV, args: ["MODE=dev", "TOKEN=$BUILD_TOKEN", "PATH=/opt/bin:$PATH"]}
  - {type: env, key: A, value: b}
  - {type: workdir, path: /app}
  - {type: WORKDIR, args: [/app]}
  - {type: user, args: [me]}
  - {type: CMD, args: [python, main.py]}
startCmd: python main.py
readyCmd: {type: port, port: 8080}
skipCache: true
update: true
registry_credentials: {type: basic, username: me, password: "\${REGISTRY_PASSWORD}"}
`,
    {BUILD_TOKEN: 't-1', REGISTRY_PASSWORD: 'pw-1'},
  );
  expect(body).toEqual({
    name: 'agent',
    from_image: 'ghcr.io/me/base:1',
    cpu: 4,
    memory: 4096,
    diskGB: 20,
    steps: [
      {type: 'RUN', args: ['pip install x']},
      {type: 'ENV', args: ['MODE=dev', 'TOKEN=t-1', 'PATH=/opt/bin:$PATH']},
      {type: 'env', key: 'A', value: 'b'},
      {type: 'workdir', path: '/app'},
      {type: 'WORKDIR', args: ['/app']},
      {type: 'USER', args: ['me']},
      {type: 'CMD', args: ['python', 'main.py']},
    ],
    startCmd: 'python main.py',
    readyCmd: {type: 'port', port: 8080},
    skipCache: true,
    update: true,
    registry_credentials: {type: 'basic', username: 'me', password: 'pw-1'},
  });
  expect(archives).toEqual([]);
  expect(summary).toMatchObject({
    name: 'agent',
    cpu: 4,
    memoryMb: 4096,
    diskGb: 20,
    steps: 7,
    isUpdate: true,
    files: 0,
  });
  expect(JSON.stringify(summary)).not.toMatch(/pw-1|t-1/);
});

test('a spec in JSON, as little as there may be', async () => {
  const {body, summary} = await read({});
  expect(body).toEqual({...usual, steps: []});
  expect(summary).toMatchObject({fromImage: 'python:3.12-slim', isUpdate: false, packedBytes: 0});
});

describe('a mistake is told by file, line and key', () => {
  test.each([
    [{cpu: 0}, 'spec.yaml:4: cpu: a whole number from 1 to 64'],
    [{cpu: 'two'}, 'spec.yaml:4: cpu: a whole number from 1 to 64'],
    [{memory: 256}, 'spec.yaml:5: memory: a whole number from 512 to 64000 (MB)'],
    [{diskGB: 1.5}, 'spec.yaml:6: diskGB: a whole number from 1 to 250'],
    [{cpu: undefined}, 'spec.yaml: cpu: it must be told: write a line for it'],
    [{name: 'a b'}, 'spec.yaml:2: name: a name of letters, digits, dots, dashes and underscores'],
    [{from_image: ''}, 'spec.yaml:3: from_image: an image, such as python:3.12-slim'],
    [{update: 'yes'}, 'spec.yaml:7: update: true or false'],
    [{startCmd: 7}, 'spec.yaml:7: startCmd: a text that is not empty, in quotes where it looks like a number'],
    [{memroy: 1}, 'spec.yaml:7: memroy: no such key: is memory meant?'],
    [{disk_gb: 1}, 'spec.yaml:7: disk_gb: no such key: is diskGB meant?'],
    [{readyCmd: {type: 'port'}}, 'spec.yaml: readyCmd.port: it must be told: write a line for it'],
    [{readyCmd: {type: 'moon'}}, 'spec.yaml:8: readyCmd.type: one of port, url, file, process, command'],
    [
      {registry_credentials: {type: 'x'}},
      'spec.yaml:8: registry_credentials.type: one of basic, github, gitlab, ecr, gcr',
    ],
    [{steps: {}}, 'spec.yaml:7: steps: a list of steps, at most 500'],
    [{steps: [{type: 'APT'}]}, 'spec.yaml:9: steps[0].type: one of RUN, COPY, ENV, WORKDIR, USER, CMD'],
    [{steps: [{type: 'RUN', args: []}]}, 'spec.yaml:10: steps[0].args: a list of one command'],
    [{steps: [{type: 'RUN', args: ['x'], cwd: 'y'}]}, 'spec.yaml:13: steps[0].cwd: no such key: there are type, args'],
    [{steps: [{type: 'ENV', args: ['=x']}]}, 'spec.yaml:11: steps[0].args[0]: NAME=VALUE'],
  ])('%j', async (change, sentence) => {
    expect(await mistakeIn(change)).toBe(sentence);
  });

  test('FROM, and a hash of one’s own', async () => {
    expect(await mistakeIn({steps: [{type: 'FROM', args: ['x']}]})).toMatch(/: the image stands in from_image$/);
    expect(await mistakeIn({steps: [{type: 'COPY', args: ['a', 'b'], filesHash: 'x'}]})).toMatch(/leave it out$/);
  });

  test.each([
    ['name: a\nname: b', 'spec.yaml:2: a key stands twice'],
    ['name: "never ended', 'spec.yaml:1: it is neither YAML nor JSON here: mend it'],
    ['- a', 'spec.yaml: keys and values are wanted: name, from_image'],
    ['', 'spec.yaml: keys and values are wanted: name, from_image'],
    ['__proto__: {a: 1}', 'spec.yaml:1: __proto__: no such key'],
    [`name: a\n#${'x'.repeat(262_144)}`, 'larger than 256 KiB, and no spec is: name another'],
  ])('%#', async (text, sentence) => {
    expect(await mistakeIn(text)).toContain(sentence);
  });
});

test('a variable that is not set is named; the value of one never is', async () => {
  const credentials = {type: 'basic', password: '$REGISTRY_PASSWORD'};
  expect(await mistakeIn({registry_credentials: credentials})).toBe(
    'spec.yaml:9: registry_credentials.password: the variable REGISTRY_PASSWORD is not set: export it before hopx-top is started',
  );
  const secret = {type: 'basic', password: 7, token: 's3cr3t-v4lue'};
  expect(await mistakeIn({registry_credentials: secret})).not.toContain('s3cr3t');
  const key = 'hopx_live_AbCdEfGhIjKl.s3cr3t';
  expect(await mistakeIn({[key]: 1})).not.toContain('s3cr3t');
});

test('a file that is not there, and a folder', async () => {
  const folder = folderWith({});
  await expect(createSpecs({}, '/nobody').read(join(folder, 'no.yaml'))).rejects.toThrow(
    /no\.yaml is not there: write the path from the folder in which hopx-top was started, or from \/$/,
  );
  await expect(createSpecs({}, '/nobody').read(folder)).rejects.toThrow(/is not a file: name a spec in YAML or JSON$/);
});

test('~ is the home of whoever runs it', async () => {
  const home = folderWith({'spec.yaml': JSON.stringify(usual)});
  expect((await createSpecs({}, home).read('~/spec.yaml')).summary.path).toBe('~/spec.yaml');
});

/** A folder with a spec that copies `sources`, each to /x, beside these files. */
function copying(sources: readonly string[], files: Readonly<Record<string, string>>): string {
  const steps = sources.map((source) => ({type: 'COPY', args: [source, '/x']}));
  const folder = folderWith({'spec.yaml': JSON.stringify({...usual, steps})});
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const readIn = (folder: string) => createSpecs({}, '/nobody').read(join(folder, 'spec.yaml'));

test('what would leave is listed before anything does', async () => {
  const folder = copying(['app/', './app/b\u001b.txt'], {
    'app/sub/a.txt': 'aa',
    'app/b\u001b.txt': 'b',
    'other.txt': 'x',
  });
  const {summary, archives, body} = await readIn(folder);
  expect(summary).toMatchObject({
    copies: [
      {source: 'app/', target: '/x', files: 2, bytes: 3},
      {source: './app/b␛.txt', target: '/x', files: 1, bytes: 1},
    ],
    files: 2,
    bytes: 3,
    listing: [
      {path: 'app/b␛.txt', bytes: 1},
      {path: 'app/sub/a.txt', bytes: 2},
    ],
  });
  expect(summary.packedBytes).toBe(archives.reduce((sum, {content}) => sum + content.byteLength, 0));
  expect(body.steps).toMatchObject([
    {type: 'COPY', args: ['app/', '/x'], filesHash: archives[0]?.filesHash},
    {filesHash: archives[1]?.filesHash},
  ]);
});

test('the same copied twice is sent once', async () => {
  expect((await readIn(copying(['a', 'a'], {a: 'x'}))).archives).toHaveLength(1);
});

test.each([
  ['/etc/passwd', /:\d+: steps\[0\]\.args: \/etc\/passwd is an absolute path: only what is under/],
  ['../x', /\.\.\/x leads out/],
  ['app/../../x', /leads out/],
  ['a,../x', /leads out/],
  ['*.py', /\*\.py is not there: patterns are not read, name files or folders$/],
  ['no.txt', /no\.txt is not there: sources are named from the folder of the spec$/],
])('%s is not copied', async (source, sentence) => {
  await expect(readIn(copying([source], {a: 'x'}))).rejects.toThrow(sentence);
});

test('a link inside is packed as the file it names; one that leads out is refused, at any depth', async () => {
  const folder = copying(['app'], {'app/real.txt': 'real', 'shared/s.txt': 'shared'});
  symlinkSync('real.txt', join(folder, 'app/link.txt'));
  symlinkSync('../shared', join(folder, 'app/shared'));
  expect((await readIn(folder)).summary.listing.map(({path}) => path)).toEqual([
    'app/link.txt',
    'app/real.txt',
    'app/shared/s.txt',
  ]);
  symlinkSync('/etc', join(folder, 'app/etc'));
  await expect(readIn(folder)).rejects.toThrow(/app\/etc is a link that leads out of the folder of the spec$/);
});

test('a source through a link that leads out is refused', async () => {
  const outside = folderWith({'secret.txt': 'x'});
  const folder = copying(['out/secret.txt'], {});
  symlinkSync(outside, join(folder, 'out'));
  await expect(readIn(folder)).rejects.toThrow(/leads out/);
});

test('a folder that is linked into itself ends', async () => {
  const folder = copying(['app'], {'app/a.txt': 'a'});
  symlinkSync('.', join(folder, 'app/again'));
  await expect(readIn(folder)).rejects.toThrow(/app\/again is a link to a folder that it is in$/);
});

test('what is no file is not copied', async () => {
  const folder = copying(['dev'], {});
  symlinkSync('/dev/zero', join(folder, 'dev'));
  await expect(readIn(folder)).rejects.toThrow(/leads out/);
});
