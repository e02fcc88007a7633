import {type ChildProcess, spawn} from 'node:child_process';
import {shown} from '../api/keyLike.ts';
import type {Secret} from '../api/secret.ts';
import {codeOf, whyNot} from './fileWords.ts';

/** A program that the terminal is lent to, and what it is given. */
export type Borrower = {
  /** Runs it for this sandbox to its end; resolves with what went wrong, in one sentence; undefined: nothing. */
  readonly run: (id: string) => Promise<string | undefined>;
  /** Ends it, if it runs: nobody is left who would give the terminal back. */
  readonly end: () => void;
};

export type BorrowerOptions = {
  /** The words of the command; at least one. */
  readonly command: readonly string[];
  readonly key: Secret;
  readonly origin: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
};

const ID = '{id}';

/** The words for one sandbox: `{id}` is replaced wherever it stands; where it stands nowhere, the id comes last. */
export const wordsFor = (command: readonly string[], id: string): readonly string[] =>
  command.some((word) => word.includes(ID)) ? command.map((word) => word.replaceAll(ID, () => id)) : [...command, id];

/** It gets the terminal, no shell around it, and the key in its environment alone: in ours there is none. */
export function createBorrower({command, key, origin, env}: BorrowerOptions): Borrower {
  let child: ChildProcess | undefined;
  return {
    async run(id) {
      const [file = '', ...args] = wordsFor(command, id);
      try {
        child = spawn(file, args, {
          stdio: 'inherit',
          env: {...env, HOPX_API_KEY: key.unwrap(), HOPX_BASE_URL: origin.href.replace(/\/$/, '')},
        });
        return await endOf(child, shown(file));
      } catch (error) {
        return notStarted(shown(file), error);
      } finally {
        child = undefined;
      }
    },
    // As the terminal would tell it that it is gone: what asks before it ends on other signals ends on this one.
    end: () => void child?.kill('SIGHUP'),
  };
}

function endOf(child: ChildProcess, name: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(notStarted(name, error)));
    child.on('exit', (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(signal === null ? `${name} ended with code ${code}` : `${name} was ended by ${signal}`);
    });
  });
}

const notStarted = (name: string, error: unknown): string =>
  codeOf(error) === 'ENOENT'
    ? `there is no command ${name}: install it, or name another under connect in config.yaml`
    : `${name} cannot be started (${whyNot(error)}): name another under connect in config.yaml`;
