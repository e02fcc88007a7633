import {createHash, type Hash} from 'node:crypto';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import type {PackedCopy} from '../runtime/specPort.ts';
import {tarEnd, tarHeader, tarPadding} from './specTar.ts';
import {contentOf, type Room, type TreeEntry, treeOf} from './specTree.ts';

/** What a COPY step carries, and what that is. */
export type Packed = PackedCopy & {readonly entries: readonly TreeEntry[]};

export type CopyStep = {readonly source: string; readonly target: string};

/** RFC 1952: the system it was made on, unknown, so that it is the same from everywhere. */
const OS_BYTE = 9;
const UNKNOWN_OS = 255;

/**
 * Packs one COPY. The same files make the same archive: sorted, without times and owners. Throws a CopyRefused.
 *
 * Its hash is made as the official SDK (0.5.1, file-hasher) makes it, over what is in the archive: SHA-256 over one
 * for each source of a comma-separated list, each over `COPY source target` and path, mode, size, time and content of
 * its files. The time is the archive's, 0; and a folder counts with its files, which the SDK leaves out of the hash.
 */
export async function packCopy(folder: string, {source, target}: CopyStep, room: Room): Promise<Packed> {
  const whole = createHash('sha256');
  const seen = new Map<string, TreeEntry>();
  const pieces = async function* () {
    for (const each of source.split(',')) {
      const hash = createHash('sha256').update(`COPY ${each} ${target}`);
      for (const entry of await treeOf(folder, each, room)) {
        const isNew = !seen.has(entry.path);
        seen.set(entry.path, entry);
        yield* piecesOf(entry, hash, isNew);
      }
      whole.update(hash.digest('hex'));
    }
    yield tarEnd;
  };
  const chunks: Buffer[] = [];
  await pipeline(Readable.from(pieces()), createGzip(), async (packed: AsyncIterable<Buffer>) => {
    for await (const chunk of packed) chunks.push(chunk);
  });
  const content = Buffer.concat(chunks);
  content[OS_BYTE] = UNKNOWN_OS;
  return {filesHash: whole.digest('hex'), content, entries: [...seen.values()]};
}

const REGULAR_FILE = 0o100000;

/** Two sources may name the same file: it is in both hashes, and in the archive once. */
async function* piecesOf(entry: TreeEntry, hash: Hash, isNew: boolean): AsyncGenerator<Uint8Array> {
  const content = entry.isFolder ? new Uint8Array() : await contentOf(entry);
  if (!entry.isFolder) {
    hash
      .update(entry.path)
      .update(String(REGULAR_FILE | entry.mode))
      .update(String(content.byteLength));
    hash.update('0').update(content);
  }
  if (!isNew) return;
  yield tarHeader(entry, content.byteLength);
  if (content.byteLength === 0) return;
  yield content;
  yield tarPadding(content.byteLength);
}
