import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';
import {sanitize} from '../terminal/text.ts';
import {usageError} from './exit.ts';
import {codeOf, whyNot} from './fileWords.ts';

export type OwnFile = {
  readonly text: string;
  /** Why the file is not as private as one with a key in it should be; undefined: it is. */
  readonly looseness: string | undefined;
};

/** No key, no profiles, no settings and no spec need more bytes. */
const MOST_BYTES = 262_144;

/** Who else may read or write: group and others. */
const OTHERS = 0o077;

/** What is looked for in a file, for sentences: what to do where it is not a file for that. */
const purposes = {
  key: {
    irregular: 'is not a regular file: name a file that holds the key',
    large: 'is too large to be a file with a key: name another',
  },
  settings: {
    irregular: 'is not a regular file: put a file with settings there',
    large: 'is larger than 256 KiB, and no settings are: make it smaller',
  },
  spec: {
    irregular: 'is not a file: name a spec in YAML or JSON',
    large: 'is larger than 256 KiB, and no spec is: name another',
  },
} as const;

export type RegularFile = {
  readonly text: string;
  readonly mode: number;
  /** Its user, by number. */
  readonly owner: number;
};

/** Reads a file that may hold a key; undefined when there is none. `uid` is undefined where there are no owners (Windows). */
export function readOwnFile(path: string, uid: number | undefined): OwnFile | undefined {
  const shown = sanitize(path, 200);
  const file = readRegularFile(path, shown, 'key');
  return file && {text: file.text, looseness: loosenessOf(shown, file, uid)};
}

/**
 * Undefined when there is no such file. It must be a regular one. Links are followed, since mounted secrets are links, and
 * what is judged is the opened file itself.
 */
export function readRegularFile(path: string, shown: string, purpose: keyof typeof purposes): RegularFile | undefined {
  const words = purposes[purpose];
  const file = open(path, shown);
  if (file === undefined) return undefined;
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw usageError(`${shown} ${words.irregular}`);
    if (stat.size > MOST_BYTES) throw usageError(`${shown} ${words.large}`);
    return {text: readFileSync(file, 'utf8'), mode: stat.mode, owner: stat.uid};
  } finally {
    closeSync(file);
  }
}

function open(path: string, shown: string): number | undefined {
  try {
    // Without O_NONBLOCK a pipe nobody writes to would be waited for.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw usageError(`${shown} cannot be read (${whyNot(error)}): make it readable for yourself, chmod 600`);
  }
}

function loosenessOf(shown: string, {mode, owner}: RegularFile, uid: number | undefined): string | undefined {
  if (uid === undefined) return undefined;
  if (owner !== uid && owner !== 0) return `${shown} belongs to another user, who can read the key in it`;
  return (mode & OTHERS) === 0 ? undefined : `${shown} is open to other users: chmod 600 it`;
}
