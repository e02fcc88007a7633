import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {folderWith, keyOf, SECRET} from './home.ts';

// It starts programs: how long that takes is the machine's business.
vi.setConfig({testTimeout: 30_000, hookTimeout: 30_000});

const ENTRY = 'src/cli/main.ts';
const KEY = keyOf('right');
const home = folderWith({});

type Ended = {readonly code: number | null; readonly signal: string | null; readonly out: string; readonly err: string};

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawn(process.execPath, [ENTRY, ...args], {env: {PATH: process.env.PATH, HOME: home, ...env}, stdio: 'pipe'});

function ending(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => (out += chunk));
  child.stderr?.on('data', (chunk) => (err += chunk));
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({code, signal, out, err})));
}

/** The program as a shell would run it, its output in pipes. */
const hopxTop = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => ending(start(args, env));

const firstLine = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    if (child.stdout) createInterface({input: child.stdout}).once('line', resolve);
  });

let simulator: ChildProcess;
let url = '';

beforeAll(async () => {
  simulator = start(['simulate', '--sandboxes', '5', '--quiet', '--rate-limit', '0'], {HOPX_SIMULATE_KEY: KEY});
  url = (await firstLine(simulator)).replace('listening on ', '');
});

afterAll(() => simulator.kill('SIGKILL'));

describe('stdout is data, stderr is talk', () => {
  test('piped: the table, and a word that it is printed once', async () => {
    const {code, out, err} = await hopxTop(['--base-url', url], {HOPX_API_KEY: KEY});
    expect(out).toMatch(/^SANDBOX +STATUS +TEMPLATE +REGION +AGE +EXPIRES\n(.+\n){5}$/);
    expect(out).not.toContain('\u001b');
    expect({code, err}).toEqual({
      code: 0,
      err: 'hopx-top: standard output is not a terminal: printing once (ask for it with --once)\n',
    });
  });

  test('asked for once, in JSON: no word', async () => {
    const {code, out, err} = await hopxTop(['-o', 'json', '--base-url', url], {HOPX_API_KEY: KEY});
    expect(JSON.parse(out)).toMatchObject({schema: 1, complete: true});
    expect({code, err}).toEqual({code: 0, err: ''});
  });

  test('what cannot be written is no success', async () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const env = {PATH: process.env.PATH, HOME: home, HOPX_API_KEY: KEY};
    const child = spawn(process.execPath, [ENTRY, '--once', '--base-url', url], {env, stdio: ['ignore', full, 'pipe']});
    expect(await ending(child)).toMatchObject({
      code: 1,
      err: 'hopx-top: standard output cannot be written (ENOSPC): it is not whole\n',
    });
  });

  test('whoever stops reading has had enough: no error', async () => {
    const child = start(['--once', '--demo', '--sandboxes', '2000']);
    child.stdout.destroy();
    expect(await ending(child)).toMatchObject({code: 0, err: ''});
  });

  test('--help and --version', async () => {
    expect(await hopxTop(['--help'])).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining('usage: hopx-top'),
    });
    expect(await hopxTop(['--version'])).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('what goes wrong is one sentence and the right code', () => {
  test('a wrong key: its public id, its source, the request id; never the key', async () => {
    const {code, out, err} = await hopxTop(['--once', '--base-url', url], {HOPX_API_KEY: keyOf('wrong')});
    expect({code, out}).toEqual({code: 3, out: ''});
    expect(err).toMatch(
      /^hopx-top: 127\.0\.0\.1:\d+ does not accept the key hopx_live_wrong0000000… from HOPX_API_KEY: .+ \(request_id req_\w+\)\n$/,
    );
    expect(err).not.toContain(SECRET);
  });

  test('nobody there', async () => {
    const {code, out, err} = await hopxTop(['--once', '--base-url', 'http://127.0.0.1:1'], {HOPX_API_KEY: KEY});
    expect({code, out}).toEqual({code: 6, out: ''});
    expect(err).toBe(
      'hopx-top: 127.0.0.1:1 refused the connection; check the network, and the address in --base-url, HOPX_BASE_URL or the profile\n',
    );
  });

  test('Ctrl-C ends it at once while it waits for the request limit', async () => {
    const strict = start(['simulate', '--sandboxes', '1', '--rate-limit', '1'], {HOPX_SIMULATE_KEY: KEY});
    const args = ['--once', '--base-url', (await firstLine(strict)).replace('listening on ', '')];
    expect(await hopxTop(args, {HOPX_API_KEY: KEY})).toMatchObject({code: 0, err: ''});
    const child = start(args, {HOPX_API_KEY: KEY});
    const ended = ending(child);
    child.stderr.once('data', () => child.kill('SIGINT'));
    const {code, signal, out, err} = await ended;
    strict.kill('SIGKILL');
    expect({code, signal, out}).toEqual({code: null, signal: 'SIGINT', out: ''});
    expect(err).toMatch(/^hopx-top: 127\.0\.0\.1:\d+ takes no more requests for now: waiting \d+ s .+\n$/);
  });

  test('no key anywhere', async () => {
    const {code, out, err} = await hopxTop([]);
    expect({code, out}).toEqual({code: 3, out: ''});
    expect(err).toMatch(/^hopx-top: no API key found\.\n/);
    expect(err).toContain('hopx-top --demo');
  });

  test('escape sequences in what was asked for reach neither stdout nor stderr', async () => {
    for (const words of [['\u001b]0;pwn\u0007foo'], ['--region', '\u001b[31mx'], ['\u009b31mx=1'], ['--\u001b[31m']]) {
      const {out, err} = await hopxTop(['--once', ...words, '--base-url', url], {HOPX_API_KEY: KEY});
      expect(err).not.toBe('');
      expect(out + err).toMatch(/^[^\p{Cc}]*(?:\n[^\p{Cc}]*)*$/u);
    }
  });

  test('a bad flag, a bad filter', async () => {
    expect(await hopxTop(['--nope'])).toMatchObject({code: 2, out: '', err: expect.stringMatching(/^hopx-top: .+\n$/)});
    expect(await hopxTop(['nope=1'])).toMatchObject({code: 2, out: '', err: expect.stringMatching(/^hopx-top: .+\n$/)});
  });
});

describe('simulate', () => {
  test.each([
    ['SIGTERM', 0],
    ['SIGINT', 130],
  ] as const)('%s ends it with %i', async (signal, code) => {
    const child = start(['simulate', '--sandboxes', '1']);
    const ended = ending(child);
    expect(await firstLine(child)).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/);
    child.kill(signal);
    expect(await ended).toMatchObject({code, signal: null, err: ''});
  });

  test('a port in use', async () => {
    expect(await hopxTop(['simulate', '--port', new URL(url).port])).toMatchObject({
      code: 2,
      out: '',
      err: `hopx-top: port ${new URL(url).port} is in use: choose another with --port, or 0 for a free one\n`,
    });
  });

  test('a log that cannot be opened', async () => {
    const {code, err} = await hopxTop(['simulate', '--log', '/']);
    expect(code).toBe(2);
    expect(err).toMatch(/^hopx-top: --log: .+; name a file of your own\n$/);
  });

  test('the end of its input ends it, and Ctrl-C does not, when so asked', async () => {
    const child = start(['simulate', '--sandboxes', '1', '--until-eof']);
    const ended = ending(child);
    const listening = await firstLine(child);
    child.kill('SIGINT');
    const health = await fetch(`${listening.replace('listening on ', '')}/health`);
    expect(health.status).toBe(200);
    child.stdin.end();
    expect(await ended).toMatchObject({code: 0, signal: null});
  });
});

describe('--demo', () => {
  test('a fleet without account or network; a real key is not even looked at', async () => {
    const args = ['--demo', '--sandboxes', '12', '--seed', 'kiwi', '-o', 'json'];
    const {code, out, err} = await hopxTop(args, {HOPX_API_KEY: 'not a key at all'});
    expect({code, err}).toEqual({code: 0, err: ''});
    expect(JSON.parse(out).sandboxes.length).toBeGreaterThan(6);
  });
});
