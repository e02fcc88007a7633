import {closeSync, openSync, unlinkSync} from 'node:fs';
import {shown} from '../api/keyLike.ts';
import {FileRefused, type FilesPort, type NewFile} from '../runtime/filesPort.ts';
import {codeOf, expanded, whyNot, writeAll} from './fileWords.ts';

const OWNER_ONLY = 0o600;

/** Cells of a path in a sentence. */
const MOST_PATH_CELLS = 200;

/** Files that did not exist before, for the user alone: nothing of anybody's is overwritten, and no link is followed. */
export const createNewFiles = (home: string): FilesPort => ({
  create: (typed) => newFile(expanded(typed.trim(), home)),
});

function newFile(path: string): NewFile {
  const name = shown(path, MOST_PATH_CELLS);
  const file = open(path, name);
  let isOpen = true;
  const refuse = (error: unknown) =>
    new FileRefused(`${name} cannot be written (${whyNot(error)}): name a file elsewhere`);
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    closeSync(file);
  };
  return {
    path: name,
    append(text) {
      try {
        writeAll(file, text);
      } catch (error) {
        throw refuse(error);
      }
    },
    close() {
      try {
        close();
      } catch (error) {
        // Disks of other machines tell only now that they are full.
        throw refuse(error);
      }
    },
    remove() {
      attempt(close);
      attempt(() => unlinkSync(path));
    },
  };
}

/** Why the file was not wanted is what is worth saying, not that it could not be taken away. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // Somebody else has taken it away, or its folder.
  }
}

function open(path: string, name: string): number {
  if (path === '') throw new FileRefused('no file is named: name one that does not exist yet');
  try {
    // Exclusive: a link that stands there already, to wherever, is a file that is there.
    return openSync(path, 'ax', OWNER_ONLY);
  } catch (error) {
    throw new FileRefused(refusals.get(codeOf(error))?.(name) ?? unwritable(name, error));
  }
}

const refusals: ReadonlyMap<string, (name: string) => string> = new Map([
  ['EEXIST', (name) => `${name} is there already: name a file that is not`],
  ['ENOENT', (name) => `the folder of ${name} is not there: make it, or name another`],
  ['ENOTDIR', (name) => `${name} is not in a folder: name another`],
  ['EISDIR', (name) => `${name} is a folder: name a file in it`],
]);

const unwritable = (name: string, error: unknown): string =>
  `${name} cannot be written (${whyNot(error)}): name a file in a folder of yours`;
