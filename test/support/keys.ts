const keys: Readonly<Record<string, string>> = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  backspace: '\u007f',
  space: ' ',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageUp: '\u001b[5~',
  pageDown: '\u001b[6~',
  f1: '\u001bOP',
};

/** Bytes of a key: `ctrl+z` and the names above; any other character is itself. Throws for a name that is none. */
export function bytesOf(key: string): string {
  const letter = /^ctrl\+([a-z])$/.exec(key)?.[1];
  if (letter) return String.fromCharCode(letter.charCodeAt(0) - 0x60);
  const bytes = keys[key] ?? key;
  if (/^\w{2,}$/.test(bytes)) throw new Error(`${key} is no key`);
  return bytes;
}
