import {type ChildProcess, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {createInterface} from 'node:readline';
import {Secret} from '../api/secret.ts';
import type {Clock} from '../clock/clock.ts';
import {sanitize} from '../terminal/text.ts';
import {CliError} from './exit.ts';
import {demoDefaults} from './options.ts';
import type {WatchOptions} from './parse.ts';
import {LISTENING} from './simulate.ts';

export type Demo = {
  readonly origin: URL;
  readonly key: Secret;
  /** Ends the simulated control plane; at once, and as often as you like. */
  readonly end: () => void;
};

/** It takes a fraction of a second; a machine that swaps may take longer. */
const PATIENCE_MS = 15_000;

/** Of what it says on standard error, for the sentence that tells why it did not start. */
const MOST_WORDS = 2_000;

/**
 * Starts the simulated control plane as a process of its own, by the same Node and the same file as ours. The key is
 * random and handed over by environment. Its standard input is a pipe that ends with us, however we end.
 */
export async function startDemo(
  {sandboxes, seed}: NonNullable<WatchOptions['demo']>,
  {entry, env, clock}: {readonly entry: string; readonly env: NodeJS.ProcessEnv; readonly clock: Clock},
): Promise<Demo> {
  const key = randomKey();
  const fleet = ['--sandboxes', String(sandboxes), `--seed=${seed}`, '--rate-limit', String(demoDefaults.rateLimit)];
  const child = spawn(process.execPath, [entry, 'simulate', '--port', '0', '--until-eof', ...fleet], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {...env, HOPX_SIMULATE_KEY: key},
  });
  const end = () => void child.kill('SIGTERM');
  // Its death is seen as an unreachable server; a pipe that breaks with it is no news.
  child.stdin.on('error', () => undefined);
  try {
    return {origin: new URL(await listeningOn(child, clock)), key: new Secret(key), end};
  } catch (error) {
    end();
    throw error;
  }
}

/** Of the documented form, so that everything treats it as a real one. */
const randomKey = () => `hopx_live_${randomBytes(6).toString('hex')}.${randomBytes(32).toString('base64url')}`;

function listeningOn(child: ChildProcess, clock: Clock): Promise<string> {
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-MOST_WORDS);
  });
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      cancel();
      const said = sanitize(words.replace(/^hopx-top: /, '').trim(), 200);
      reject(new CliError('general', `the simulated control plane did not start: ${said || why}`));
    };
    const cancel = clock.after(PATIENCE_MS, () => fail(`no word from it in ${PATIENCE_MS / 1000} s`));
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => fail(`it ended with code ${code}`));
    if (!child.stdout) return fail('it has no output');
    createInterface({input: child.stdout}).on('line', (line) => {
      if (!line.startsWith(LISTENING)) return;
      cancel();
      resolve(line.slice(LISTENING.length));
    });
  });
}
