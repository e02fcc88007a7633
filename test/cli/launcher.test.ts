import {type SpawnSyncReturns, spawn, spawnSync} from 'node:child_process';
import {copyFileSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {spawn as spawnPty} from '@lydell/node-pty';
import {describe, expect, test, vi} from 'vitest';
import {folderWith} from './home.ts';

// It starts programs: how long that takes is the machine's business.
vi.setConfig({testTimeout: 30_000, hookTimeout: 30_000});

/** Says which Node runs it, and with what; then ends as it is told. */
const PROGRAM = `
const [how, what] = process.argv.slice(2);
console.log(JSON.stringify({version: process.version, args: process.argv.slice(2), node: process.argv0, options: process.execArgv}));
if (how === 'exit') process.exit(Number(what));
if (how === 'die') process.kill(process.pid, what);
if (how === 'wait') setInterval(() => undefined, 1000);
`;

type Package = {
  /** Where a new enough Node lies in node_modules; undefined: nowhere. */
  readonly bundledAt?: string;
  readonly isBuilt?: boolean;
};

/** An installed package: the launcher as it is, a program in place of the bundle. */
function installed({bundledAt, isBuilt = true}: Package = {}): string {
  const root = folderWith({'bin/hopx-top.mjs': '', ...(isBuilt ? {'dist/hopx-top.js': PROGRAM} : {})});
  writeFileSync(join(root, 'package.json'), '{"type": "module"}');
  copyFileSync('bin/hopx-top.mjs', join(root, 'bin/hopx-top.mjs'));
  if (bundledAt !== undefined) {
    mkdirSync(dirname(join(root, 'node_modules', bundledAt)), {recursive: true});
    // The bundled Node: the one that runs us, under a name of its own so that it is another file.
    writeFileSync(join(root, 'node_modules', bundledAt), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, {mode: 0o755});
  }
  return join(root, 'bin/hopx-top.mjs');
}

/** Makes the Node that runs the launcher, and only that one, say that it is another version. */
const pretend = (version: string) => [
  '--import',
  `data:text/javascript,Object.defineProperty(process, 'version', {value: '${version}'})`,
];

const launch = (version: string, launcher: string, args: readonly string[] = []): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [...pretend(version), launcher, ...args], {encoding: 'utf8'});

const OLD = 'v20.20.2';

describe('on a Node that is new enough the program runs at once', () => {
  test.each(['v22.19.0', 'v22.20.1', 'v23.0.0', 'v24.21.0', 'v100.0.0'])('%s', (version) => {
    const {status, stdout} = launch(version, installed(), ['exit', '7']);
    expect(status).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject({version, args: ['exit', '7']});
  });

  test('not built: one sentence, exit code 1', () => {
    const {status, stdout, stderr} = launch('v24.0.0', installed({isBuilt: false}));
    expect({status, stdout, stderr}).toEqual({
      status: 1,
      stdout: '',
      stderr: 'hopx-top: dist/hopx-top.js is missing: run "npm run build" (or "npm ci") in the package first\n',
    });
  });
});

describe('in a terminal it takes little memory', () => {
  const launchInPty = (environment: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    new Promise<{readonly options: readonly string[]; readonly args: readonly string[]}>((resolve, reject) => {
      const pty = spawnPty(process.execPath, [...args, installed(), 'exit', '3'], {
        env: {...process.env, ...environment},
      });
      let shown = '';
      pty.onData((text) => {
        shown += text;
      });
      pty.onExit(({exitCode}) => (exitCode === 3 ? resolve(JSON.parse(shown)) : reject(new Error(shown))));
    });

  test('it starts itself once more with a small young generation, the options and arguments kept', async () => {
    const {options, args} = await launchInPty({}, '--stack-trace-limit=20');
    expect(options).toEqual(['--stack-trace-limit=20', '--max-semi-space-size=2']);
    expect(args).toEqual(['exit', '3']);
  });

  test.each([
    ['by NODE_OPTIONS', {NODE_OPTIONS: '--max-semi-space-size=8'}, [], []],
    ['by an option', {}, ['--max-semi-space-size=8'], ['--max-semi-space-size=8']],
  ])('whoever has set another, %s, has it', async (_, environment, args, options) => {
    expect((await launchInPty({...environment}, ...args)).options).toEqual(options);
  });

  test.each([
    ['a value that no process may be given', {LARGE: 'x'.repeat(120_000)}, []],
    ['a value that is no UTF-8', {ODD: 'a\ufffdb'}, []],
    ['the permission model', {}, ['--permission', '--allow-fs-read=*']],
  ])('an exec that would fail is not tried: %s', async (_, environment, args) => {
    expect((await launchInPty(environment, ...args)).options).toEqual(args);
  });

  test('in a pipe it does not stay, and starts once', () => {
    const {stdout} = launch('v24.0.0', installed(), ['exit', '0']);
    expect(JSON.parse(stdout).options).toEqual(pretend('v24.0.0'));
  });
});

describe('on an older Node', () => {
  test.each(['v22.18.9', 'v20.20.2', 'v18.0.0', 'v12.22.0'])(
    '%s, none bundled: one sentence, exit code 2',
    (version) => {
      const {status, stdout, stderr} = launch(version, installed());
      expect({status, stdout, stderr}).toEqual({
        status: 2,
        stdout: '',
        stderr: `hopx-top: hopx-top needs Node 22.19 or newer; this is ${version}. Install one from nodejs.org\n`,
      });
    },
  );

  const {platform, arch} = process;
  test.each([
    'node/bin/node',
    '.bin/node',
    `node-${platform}-${arch}/bin/node`,
    `node-bin-${platform}-${arch}/bin/node`,
    `node/node_modules/node-${platform}-${arch}/bin/node`,
  ])('the one bundled as %s runs the program, with the same arguments', (bundledAt) => {
    const {status, stdout} = launch(OLD, installed({bundledAt}), ['exit', '3', '--odd one', '']);
    expect(status).toBe(3);
    // The real version: it is another process, that nobody made pretend.
    expect(JSON.parse(stdout)).toMatchObject({version: process.version, args: ['exit', '3', '--odd one', '']});
  });

  test('started by a link, as npm installs it', () => {
    const launcher = installed({bundledAt: 'node/bin/node'});
    const link = join(folderWith({}), 'hopx-top');
    symlinkSync(launcher, link);
    expect(launch(OLD, link, ['exit', '0']).status).toBe(0);
  });

  test('bundled with itself, it does not start itself for ever', () => {
    const root = folderWith({'dist/hopx-top.js': PROGRAM, 'node_modules/node/bin/.keep': '', 'bin/.keep': ''});
    copyFileSync('bin/hopx-top.mjs', join(root, 'bin/hopx-top.mjs'));
    symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'));
    expect(launch(OLD, join(root, 'bin/hopx-top.mjs'))).toMatchObject({status: 2});
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'])('the program dies of %s: so does the launcher', (signal) => {
    const {signal: ended, status} = launch(OLD, installed({bundledAt: 'node/bin/node'}), ['die', signal]);
    expect({ended, status}).toEqual({ended: signal, status: null});
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const)(
    '%s sent to the launcher alone reaches the program, and both are gone',
    async (signal) => {
      const launcher = installed({bundledAt: 'node/bin/node'});
      const child = spawn(process.execPath, [...pretend(OLD), launcher, 'wait'], {stdio: ['ignore', 'pipe', 'ignore']});
      const ended = new Promise((resolve) => child.on('exit', (_code, by) => resolve(by)));
      // The pipe closes when the last process that holds it is gone: launcher and program.
      const closed = new Promise((resolve) => child.on('close', resolve));
      await new Promise((resolve) => child.stdout.once('data', resolve));
      child.kill(signal);
      expect(await ended).toBe(signal);
      await closed;
    },
  );
});
