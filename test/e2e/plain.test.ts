import {chmodSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startOtherServer} from '../support/otherServer.ts';
import {runProgram, type SimulatorProcess, startSimulator, temporaryFolder} from '../support/program.ts';
import {KEY, startTerminal} from '../support/terminal.ts';

let simulator: SimulatorProcess;
const env = {HOPX_API_KEY: KEY};
const WRONG_KEY = 'hopx_live_wr0ngpublic.wr0ngSecretCanary';

beforeAll(async () => {
  simulator = await startSimulator({sandboxes: 30, seed: 7, quiet: true, key: KEY});
});

afterAll(async () => {
  await simulator[Symbol.asyncDispose]();
});

describe('without a terminal', () => {
  test('--once prints the whole list as a plain table', async () => {
    const {code, stdout, stderr} = await runProgram(['--once', `--base-url=${simulator.url}`], {env});
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout).toMatch(/SANDBOX|ID/);
    expect(stdout.trimEnd().split('\n').length).toBe(31);
    expect(stdout).not.toContain('\u001b');
  });

  test('-o json prints what a program can read', async () => {
    const {code, stdout} = await runProgram(['-o', 'json', `--base-url=${simulator.url}`], {env});
    expect(code).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('running');
    expect(stdout).not.toContain('auth_token');
  });

  test('--once asks the server for what --status and --region name', async () => {
    await using server = await startOtherServer([{id: 'a', status: 'paused'}]);
    const args = ['-o', 'json', '--status=paused', '--region=us-east', `--base-url=${server.url}`];
    await runProgram(args, {env});
    expect(server.seen.map(({path}) => path).join()).toMatch(
      /status=paused&region=us-east|region=us-east&status=paused/,
    );
  });

  test('no terminal means the table, and a word on stderr', async () => {
    const {code, stdout, stderr} = await runProgram([`--base-url=${simulator.url}`], {env});
    expect(code).toBe(0);
    expect(stdout).toContain('running');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/terminal/);
  });
});

const mistakes: readonly {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly code: number;
  readonly says: RegExp;
}[] = [
  {name: 'no key', args: [], code: 3, says: /HOPX_API_KEY[\s\S]*--demo/},
  {name: 'a flag that does not exist', args: ['--nonsense'], code: 2, says: /--nonsense/},
  {name: 'a key on the command line', args: ['--api-key=hopx_x'], code: 2, says: /--api-key/},
  {name: 'a bad filter', args: ['--demo', 'age>'], code: 2, says: /age/},
  {name: 'a bad sort', args: ['--demo', '--sort=colour'], code: 2, says: /colour/},
  {name: 'a demo with a key', args: ['--demo', '--profile=x'], code: 2, says: /demo/},
  {name: 'plain http to elsewhere', args: ['--base-url=http://example.invalid'], env, code: 2, says: /https/},
  {name: 'nobody listens', args: ['--once', '--base-url=http://127.0.0.1:9'], env, code: 6, says: /127\.0\.0\.1:9/},
];

describe('a mistake is one clear sentence and the right code', () => {
  test.each(mistakes)('$name', async ({args, env: more = {}, code, says}) => {
    const outcome = await runProgram(args, {env: more});
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toMatch(says);
    expect(outcome.stderr).not.toMatch(/^\s+at |node:internal/m);
    expect(outcome.stderr).not.toContain(KEY.slice(-12));
  });

  test('a wrong key, in a terminal', async () => {
    await using app = startTerminal([`--base-url=${simulator.url}`], {env: {HOPX_API_KEY: WRONG_KEY}});
    expect(await app.exit()).toEqual({code: 3, signal: undefined});
    expect(app.isClean()).toBe(true);
    expect(app.written().toString()).not.toContain(WRONG_KEY.slice(-12));
  });

  test('a wrong key, once', async () => {
    const outcome = await runProgram(['--once', `--base-url=${simulator.url}`], {
      env: {HOPX_API_KEY: WRONG_KEY},
    });
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).not.toContain(WRONG_KEY.slice(-12));
  });

  test('nobody listens, in a terminal: the sentence stands on the main screen', async () => {
    await using app = startTerminal(['--base-url=http://127.0.0.1:9'], {env});
    expect(await app.exit()).toEqual({code: 6, signal: undefined});
    expect(app.text()).toMatch(/127\.0\.0\.1:9 refused the connection/);
    expect(app.isClean()).toBe(true);
  });
});

test('--version is that of package.json, --help names every exit code', async () => {
  const {default: manifest} = await import('../../package.json', {with: {type: 'json'}});
  expect((await runProgram(['--version'])).stdout.trim()).toContain(manifest.version);
  expect((await runProgram(['--help'])).stdout).toMatch(/130/);
});

test('a key file that others may read is warned about, and its key never shown', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'key');
  writeFileSync(file, `${KEY}\n`);
  chmodSync(file, 0o644);
  const {code, stderr, stdout} = await runProgram(['--once', `--base-url=${simulator.url}`, `--api-key-file=${file}`]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/chmod|others|readable/);
  expect(stdout + stderr).not.toContain(KEY.slice(-12));
});
