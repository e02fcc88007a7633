import {writeSync} from 'node:fs';
import {join} from 'node:path';
import {sanitize} from '../terminal/text.ts';

/** Appends all of it, now. A disk that is nearly full takes a part: the next attempt says why. */
export function writeAll(file: number, text: string): void {
  for (let rest: Uint8Array = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSync(file, rest));
}

/** As a shell reads it: nobody else would know `~`. */
export const expanded = (path: string, home: string): string =>
  /^~(?=\/|$)/.test(path) ? join(home, path.slice(1)) : path;

/** What the file system's code means, in a few words. */
const meanings: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'not allowed'],
  ['EPERM', 'not allowed'],
  ['EROFS', 'read-only disk'],
  ['ENOSPC', 'disk full'],
  ['EDQUOT', 'quota used up'],
  ['EFBIG', 'too large for this disk'],
  ['ELOOP', 'it is a link'],
  ['EMFILE', 'too many open files'],
  ['ENAMETOOLONG', 'the name is too long'],
]);

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown error';

/** Why the file system said no. */
export const whyNot = (error: unknown): string => meanings.get(codeOf(error)) ?? sanitize(codeOf(error), 20);
