import {readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../src/api/secret.ts';
import {createBorrower, wordsFor} from '../../src/cli/borrower.ts';
import {watchEndings} from '../../src/cli/endings.ts';
import {createLending} from '../../src/cli/lending.ts';
import {temporaryFolder} from '../support/program.ts';
import {fakeHost} from './fakeHost.ts';

const KEY = 'hopx_live_t3stpublic0.c4naryS3cretNeverShown1234';

describe('the words of the command', () => {
  test.each([
    [
      ['hopx', 'terminal', 'connect'],
      ['hopx', 'terminal', 'connect', 'sb_1'],
    ],
    [
      ['ssh', '{id}.eu', '-l', 'x{id}{id}'],
      ['ssh', 'sb_1.eu', '-l', 'xsb_1sb_1'],
    ],
    [
      ['sh', '-c', 'echo "$0"'],
      ['sh', '-c', 'echo "$0"', 'sb_1'],
    ],
  ])('%j', (command, words) => {
    expect(wordsFor(command, 'sb_1')).toEqual(words);
  });
});

describe('a command that runs', () => {
  const borrower = (command: readonly string[], env: Readonly<Record<string, string | undefined>> = process.env) =>
    createBorrower({command, key: new Secret(KEY), origin: new URL('http://127.0.0.1:9/base'), env});

  test('has key and address in its environment, beside what is in ours; ours has no key', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'env');
    const env = {PATH: process.env.PATH, MINE: 'mine', FORCE_COLOR: undefined};
    expect(await borrower(['sh', '-c', `env > ${file}`], env).run('sb_1')).toBeUndefined();
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([`HOPX_API_KEY=${KEY}`, 'HOPX_BASE_URL=http://127.0.0.1:9/base', 'MINE=mine']),
    );
    expect(lines.some((line) => line.startsWith('FORCE_COLOR'))).toBe(false);
    expect(Object.values(process.env)).not.toContain(KEY);
  });

  test.each([
    [['sh', '-c', 'exit 3'], 'sh ended with code 3'],
    [['sh', '-c', 'kill -TERM $$'], 'sh was ended by SIGTERM'],
    [
      ['no-such-command'],
      'there is no command no-such-command: install it, or name another under connect in config.yaml',
    ],
    [[tmpdir()], `${tmpdir()} cannot be started (not allowed): name another under connect in config.yaml`],
  ])('%j: %s', async (command, sentence) => {
    expect(await borrower(command).run('sb_1')).toBe(sentence);
  });

  test('ends when we end', async () => {
    const sleeper = borrower(['sleep', '60']);
    const done = sleeper.run('0');
    sleeper.end();
    expect(await done).toBe('sleep was ended by SIGHUP');
    sleeper.end();
  });
});

describe('lending', () => {
  function lending(run: () => Promise<string | undefined>) {
    const host = fakeHost();
    const endings = watchEndings(host, String);
    const deeds = host.deeds as string[];
    const lend = createLending({
      jobs: {
        async lend(borrower) {
          deeds.push('lent');
          await borrower();
          deeds.push('taken back');
          return true;
        },
      },
      endings,
      borrower: {run, end: () => deeds.push('borrower ended')},
      input: {pause: () => deeds.push('keys let go')},
      keepSettings() {
        deeds.push('settings kept');
        return () => void deeds.push('settings back');
      },
    });
    return {host, lend};
  }

  test('the keys are let go before the command begins, and what went wrong comes back', async () => {
    const {host, lend} = lending(async () => {
      host.say('runs');
      return 'sh ended with code 3';
    });
    expect(await lend('sb_1')).toBe('sh ended with code 3');
    expect(host.deeds).toEqual(['lent', 'keys let go', 'settings kept', 'say runs', 'settings back', 'taken back']);
  });

  test.each(['SIGINT', 'SIGQUIT'])('%s meanwhile is for the command; afterwards it ends us', async (signal) => {
    const {host, lend} = lending(async () => {
      host.emit(signal);
      return undefined;
    });
    await lend('sb_1');
    expect(host.deeds).toEqual(['lent', 'keys let go', 'settings kept', 'settings back', 'taken back']);
    host.emit(signal);
    expect(host.deeds.at(-1)).toBe(`die of ${signal}`);
  });

  test.each(['SIGTERM', 'SIGHUP'])('%s meanwhile ends the command and us', async (signal) => {
    const {host, lend} = lending(async () => {
      host.emit(signal);
      return undefined;
    });
    await lend('sb_1');
    expect(host.deeds).toEqual(expect.arrayContaining(['settings kept', 'borrower ended', `die of ${signal}`]));
  });

  test('no command, and a terminal that is somebody else’s already, are sentences', async () => {
    const endings = watchEndings(fakeHost(), String);
    const jobs = {lend: async () => false};
    const others = {input: {pause: () => undefined}, keepSettings: () => () => undefined};
    expect(await createLending({jobs, endings, borrower: undefined, ...others})('a')).toBe(
      'no command is configured: set connect in ~/.config/hopx-top/config.yaml',
    );
    const borrower = {run: async () => undefined, end: () => undefined};
    expect(await createLending({jobs, endings, borrower, ...others})('a')).toBe(
      'the terminal is being taken back: try again',
    );
  });
});
