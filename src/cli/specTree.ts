import {constants} from 'node:fs';
import {lstat, open, readdir, realpath} from 'node:fs/promises';
import {isAbsolute, join, posix, sep} from 'node:path';
import {sanitize} from '../terminal/text.ts';
import {codeOf, whyNot as reasonOf} from './fileWords.ts';
import type {TarEntry} from './specTar.ts';

/** A file or folder that a COPY takes, by its path under the folder of the spec. */
export type TreeEntry = TarEntry & {
  /** Where it really is: inside the folder of the spec, whatever links lead there. */
  readonly realPath: string;
  readonly bytes: number;
};

/** What may still be taken; shared by all COPY steps. */
export type Room = {entries: number; bytes: number};

/** Over all COPY steps of a spec. */
export const treeLimits: Readonly<Room> = {entries: 10_000, bytes: 256 * 2 ** 20};

/** Why something cannot be copied: the end of a sentence. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

const shown = (path: string) => sanitize(path, 120);

/**
 * Everything that `source` names under `folder` (a real path), sorted by path. Links are followed as long as they stay
 * inside; what is neither a file nor a folder is refused. Throws a CopyRefused.
 */
export async function treeOf(folder: string, source: string, room: Room): Promise<readonly TreeEntry[]> {
  const start = plainPath(source);
  const entries: TreeEntry[] = [];
  await walk({folder, room, entries}, start, []);
  return entries.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** `./app/` is `app`. */
function plainPath(source: string): string {
  if (source === '') throw new CopyRefused('a source is empty: name a file or a folder');
  if (isAbsolute(source) || /^(?:\/|[A-Za-z]:)/.test(source)) {
    throw new CopyRefused(`${shown(source)} is an absolute path: only what is under the folder of the spec is copied`);
  }
  if (source.split(/[\\/]/).includes('..') || source.includes('\0')) {
    throw new CopyRefused(`${shown(source)} leads out: only what is under the folder of the spec is copied`);
  }
  return posix.normalize(source).replace(/\/+$/, '');
}

type Walk = {readonly folder: string; readonly room: Room; readonly entries: TreeEntry[]};

/** `above`: the real folders this one is in, so that a link cannot lead round in a circle. */
async function walk({folder, room, entries}: Walk, path: string, above: readonly string[]): Promise<void> {
  const real = await realPathOf(folder, path);
  const stat = await lstat(real);
  // Folders too: a few links to each other's neighbours are more ways than anybody can walk.
  room.entries -= 1;
  if (room.entries < 0)
    throw new CopyRefused(`more than ${treeLimits.entries} files and folders would be copied: name fewer`);
  if (stat.isDirectory()) {
    if (above.includes(real)) throw new CopyRefused(`${shown(path)} is a link to a folder that it is in`);
    if (path !== '.') entries.push({path, isFolder: true, mode: 0o755, realPath: real, bytes: 0});
    const names = await readdir(real).catch((error: unknown) => {
      throw new CopyRefused(whyNot(path, error));
    });
    for (const name of names) await walk({folder, room, entries}, posix.join(path, name), [...above, real]);
    return;
  }
  if (!stat.isFile()) throw new CopyRefused(`${shown(path)} is neither a file nor a folder`);
  // As the official SDK packs: nobody but the owner may write.
  entries.push({path, isFolder: false, mode: (stat.mode | 0o600) & 0o755, realPath: real, bytes: stat.size});
  room.bytes -= stat.size;
  if (room.bytes < 0) throw new CopyRefused(`more than ${treeLimits.bytes / 2 ** 20} MiB would be copied: name less`);
}

async function realPathOf(folder: string, path: string): Promise<string> {
  const real = await realpath(join(folder, path)).catch((error: unknown) => {
    throw new CopyRefused(whyNot(path, error));
  });
  if (real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return real;
  throw new CopyRefused(`${shown(path)} is a link that leads out of the folder of the spec`);
}

function whyNot(path: string, error: unknown): string {
  const code = codeOf(error);
  if (code !== 'ENOENT') return `${shown(path)} cannot be read (${reasonOf(error)}): make it readable for yourself`;
  if (/[*?[\]{}]/.test(path)) return `${shown(path)} is not there: patterns are not read, name files or folders`;
  return `${shown(path)} is not there: sources are named from the folder of the spec`;
}

/** The content of a file as it is now; a link that has been put in its place since is not followed. */
export async function contentOf({path, realPath, bytes}: TreeEntry): Promise<Uint8Array> {
  try {
    const file = await open(realPath, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const content = await file.readFile();
      if (content.byteLength === bytes) return content;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new CopyRefused(whyNot(path, error));
  }
  throw new CopyRefused(`${shown(path)} changed while it was read: try again`);
}
