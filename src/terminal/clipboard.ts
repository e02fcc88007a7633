import {Buffer} from 'node:buffer';

const ESC = '\u001b';
/** The string terminator: BEL would ring in a terminal that does not know the sequence. */
const ST = `${ESC}\\`;

/** More is no id, host or request id; some terminals take no more than this. */
const MOST_BYTES = 4096;

/** What stands between us and the terminal that has the clipboard; from TMUX and TERM. */
export type Multiplexer = 'tmux' | 'screen' | undefined;

/**
 * OSC 52 (xterm's ctlseqs): the terminal puts the text into its clipboard, over SSH too, if it is one that does. It
 * never answers, so nobody knows. tmux takes the sequence for itself, or hands it on in a wrapper of its own
 * (`allow-passthrough`): it gets both. GNU screen hands on what is in its wrapper. Undefined: too long.
 */
export function clipboardSequence(text: string, multiplexer: Multiplexer): string | undefined {
  const bytes = Buffer.from(text);
  if (bytes.length > MOST_BYTES) return undefined;
  const base64 = bytes.toString('base64');
  const plain = `${ESC}]52;c;${base64}${ST}`;
  if (multiplexer === 'tmux') return `${plain}${ESC}Ptmux;${plain.replaceAll(ESC, ESC + ESC)}${ST}`;
  return multiplexer === 'screen' ? wrappedForScreen(base64) : plain;
}

/** screen takes so much in one wrapper. */
const PIECE_CHARACTERS = 76;
const BEL = '\u0007';

/** In pieces, and ended by BEL: a terminator within would be screen's own. */
function wrappedForScreen(base64: string): string {
  const inner = `${ESC}]52;c;${base64}${BEL}`;
  const pieces = Array.from({length: Math.ceil(inner.length / PIECE_CHARACTERS)}, (_, index) =>
    inner.slice(index * PIECE_CHARACTERS, (index + 1) * PIECE_CHARACTERS),
  );
  return pieces.map((piece) => `${ESC}P${piece}${ST}`).join('');
}

export function multiplexerOf({TMUX, TERM, STY}: Readonly<Record<string, string | undefined>>): Multiplexer {
  if (TMUX) return 'tmux';
  return STY || TERM?.startsWith('screen') ? 'screen' : undefined;
}
