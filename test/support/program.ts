import {execFile, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {createInterface} from 'node:readline';

export const ROOT = join(import.meta.dirname, '../..');
export const PROGRAM = join(ROOT, 'bin/hopx-top.mjs');

/** A folder that is gone when the test ends. */
export function temporaryFolder(): Disposable & {readonly path: string} {
  const path = mkdtempSync(join(tmpdir(), 'hopx-top-test-'));
  return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

/**
 * The environment of a user at a terminal: nothing of the test runner's, no CI, no key, and a home that does not
 * exist, so that no profile of the person who runs the tests is ever read. The Node that runs the tests comes first.
 */
export function userEnvironment(): Record<string, string> {
  return {
    PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    HOME: join(tmpdir(), 'hopx-top-test-no-home'),
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  };
}

export type Outcome = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** Runs the program without a terminal, to its end. */
export function runProgram(
  args: readonly string[],
  {env = {}, timeoutMs = 15_000}: {readonly env?: Readonly<Record<string, string>>; readonly timeoutMs?: number} = {},
): Promise<Outcome> {
  const options = {cwd: ROOT, env: {...userEnvironment(), ...env}, timeout: timeoutMs, maxBuffer: 64 * 2 ** 20};
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [PROGRAM, ...args], options, (_, stdout, stderr) =>
      resolve({code: child.exitCode, stdout, stderr}),
    );
    child.stdin?.end();
  });
}

export type SimulatorFlags = {
  readonly sandboxes?: number;
  readonly seed?: number;
  readonly key?: string;
  readonly rateLimit?: number;
  readonly churn?: number;
  readonly quiet?: boolean;
  readonly hostile?: boolean;
  readonly metricsInterval?: number;
  readonly dialect?: string;
  readonly fault?: string | readonly string[];
};

/** One line of the simulator's `--log`: a request that came in. */
export type LoggedRequest = {
  readonly method: string;
  readonly path: string;
  /** 0: no answer left, as a fault wished. */
  readonly status: number;
  readonly request_id: string;
};

export type SimulatorProcess = AsyncDisposable & {
  readonly url: string;
  readonly requests: () => readonly LoggedRequest[];
  readonly log: () => string;
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => void;
  readonly stop: () => Promise<void>;
};

const flagOf = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const flagsOf = (flags: SimulatorFlags): readonly string[] =>
  Object.entries(flags).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return value ? [flagOf(name)] : [];
    return [value].flat().map((each) => `${flagOf(name)}=${each}`);
  });

/** `hopx-top simulate` in a process of its own, on a free port; it has no request limit unless told. */
export async function startSimulator(flags: SimulatorFlags = {}): Promise<SimulatorProcess> {
  const folder = temporaryFolder();
  const logFile = join(folder.path, 'requests.ndjson');
  const args = ['simulate', '--until-eof', '--port=0', `--log=${logFile}`, ...flagsOf({rateLimit: 0, ...flags})];
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: ROOT,
    env: userEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const {promise: gone, resolve: leave} = Promise.withResolvers<void>();
  child.once('exit', () => leave());
  const {promise: listening, resolve, reject} = Promise.withResolvers<string>();
  const lines = createInterface({input: child.stdout});
  lines.on('line', (line) => {
    const url = /listening on (http:\S+)/.exec(line)?.[1];
    if (url) resolve(url);
  });
  gone.then(() => reject(new Error('the simulator ended before it listened')));
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
    folder[Symbol.dispose]();
  };
  const log = () => readFileSync(logFile, 'utf8');
  return {
    url: await listening,
    log,
    requests: () =>
      log()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    signal: (name) => void child.kill(name),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
