import {closeSync, constants, fstatSync, openSync, readFileSync} from 'node:fs';
import {sanitize} from '../terminal/text.ts';
import {usageError} from './exit.ts';

export type OwnFile = {
  readonly text: string;
  /** Why the file is not as private as one with a key in it should be; undefined: it is. */
  readonly looseness: string | undefined;
};

/** No key, and no profiles, need more bytes. */
const MOST_BYTES = 262_144;

/** Who else may read or write: group and others. */
const OTHERS = 0o077;

/**
 * Reads a file that may hold a key; undefined when there is none. It must be a regular file. Links are followed, since
 * mounted secrets are links, and what is judged is the opened file itself. `uid` is undefined where there are no
 * owners (Windows).
 */
export function readOwnFile(path: string, uid: number | undefined): OwnFile | undefined {
  const shown = sanitize(path, 200);
  const file = open(path, shown);
  if (file === undefined) return undefined;
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw usageError(`${shown} is not a regular file: name a file that holds the key`);
    if (stat.size > MOST_BYTES) throw usageError(`${shown} is too large to be a file with a key: name another`);
    return {text: readFileSync(file, 'utf8'), looseness: loosenessOf(shown, stat, uid)};
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
    throw usageError(`${shown} cannot be read (${code}): make it readable for yourself, chmod 600`);
  }
}

function loosenessOf(
  shown: string,
  {mode, uid: owner}: {readonly mode: number; readonly uid: number},
  uid: number | undefined,
): string | undefined {
  if (uid === undefined) return undefined;
  if (owner !== uid && owner !== 0) return `${shown} belongs to another user, who can read the key in it`;
  return (mode & OTHERS) === 0 ? undefined : `${shown} is open to other users: chmod 600 it`;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';
