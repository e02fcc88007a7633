import {Buffer} from 'node:buffer';

/** One thing in an archive, by its path in it, with `/` between the parts and none at an end. */
export type TarEntry = {readonly path: string; readonly isFolder: boolean; readonly mode: number};

const BLOCK = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** Two blocks of zeros (POSIX.1-1988 ustar, end of archive). */
export const tarEnd: Uint8Array = Buffer.alloc(2 * BLOCK);

/**
 * The header of an entry (POSIX ustar), the same on every machine: no owner, no time. A path that it cannot hold, or
 * that is not ASCII, is told by a pax header before it (POSIX.1-2001).
 */
export function tarHeader(entry: TarEntry, bytes: number): Uint8Array {
  const path = entry.isFolder ? `${entry.path}/` : entry.path;
  const type = entry.isFolder ? '5' : '0';
  const fitting = /^[\x20-\x7e]*$/.test(path) ? splitPath(path) : undefined;
  if (fitting) return block({...fitting, mode: entry.mode, bytes, type});
  const record = paxRecord('path', path);
  return Buffer.concat([
    block({name: 'PaxHeader/path', prefix: '', mode: 0o644, bytes: record.byteLength, type: 'x'}),
    record,
    tarPadding(record.byteLength),
    block({name: 'path', prefix: '', mode: entry.mode, bytes, type}),
  ]);
}

/** What follows so many bytes of content. */
export const tarPadding = (bytes: number): Uint8Array => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);

/** ASCII only: a letter is a byte. */
function splitPath(path: string): {readonly name: string; readonly prefix: string} | undefined {
  if (path.length <= NAME_BYTES) return {name: path, prefix: ''};
  const at = path.indexOf('/', path.length - NAME_BYTES - 1);
  if (at <= 0 || at > PREFIX_BYTES || at === path.length - 1) return undefined;
  return {name: path.slice(at + 1), prefix: path.slice(0, at)};
}

/** `LENGTH KEY=VALUE\n`, its length counting itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  const size = Buffer.byteLength(rest);
  let length = size + String(size).length;
  if (size + String(length).length !== length) length += 1;
  return Buffer.from(`${length}${rest}`);
}

type Fields = {
  readonly name: string;
  readonly prefix: string;
  readonly mode: number;
  readonly bytes: number;
  readonly type: string;
};

const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;

/** Where each field stands; the sum of all bytes is reckoned with spaces in its own place. */
function block({name, prefix, mode, bytes, type}: Fields): Buffer {
  const header = Buffer.alloc(BLOCK);
  const fields: readonly (readonly [at: number, text: string])[] = [
    [0, name],
    [100, octal(mode, 7)],
    [108, octal(0, 7)],
    [116, octal(0, 7)],
    [124, octal(bytes, 11)],
    [136, octal(0, 11)],
    [148, ' '.repeat(8)],
    [156, type],
    [257, 'ustar\x0000'],
    [329, octal(0, 7)],
    [337, octal(0, 7)],
    [345, prefix],
  ];
  for (const [at, text] of fields) header.write(text, at, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148, 'latin1');
  return header;
}
