import type {Line} from './cells.ts';
import {type Pen, PLAIN_PEN, penChange, penOf} from './pens.ts';
import {replaceControls} from './text.ts';

const ESC = '\u001b';

/**
 * Undoes everything a full-screen program may have asked of the terminal, in one write: ends a synchronized update,
 * pops the kitty keyboard, turns mouse, focus and bracketed-paste reports off, takes back the style and the scroll region,
 * leaves the alternate screen and shows the cursor (xterm's ctlseqs; kitty keyboard protocol). For a program that did take the screen:
 * leaving the alternate screen puts the cursor back where it was then, so write nothing between two of these.
 */
export const restoreSequence: string = [
  '[?2026l',
  '[<u',
  ...['[?1000l', '[?1002l', '[?1003l', '[?1006l', '[?1004l', '[?2004l'],
  '[0m',
  '[r',
  '[?1049l',
  '[?25h',
]
  .map((sequence) => ESC + sequence)
  .join('');

/**
 * A painted line as text with SGR codes: one code where the pen changes, the plain pen at the end. Control characters in
 * a span are made visible here once more: text reaches no terminal but through this and `putText`.
 */
export function toAnsi(line: Line): string {
  let painted = '';
  let pen = PLAIN_PEN;
  for (const {text, style} of line) {
    if (text === '') continue;
    painted += changeInFull(pen, penOf(style)) + replaceControls(text);
    pen = penOf(style);
  }
  return painted + changeInFull(pen, PLAIN_PEN);
}

/** Ink's tokenizer does not know the short form of the reset. */
const changeInFull = (from: Pen, to: Pen): string => penChange(from, to).replace('[m', '[0m');
