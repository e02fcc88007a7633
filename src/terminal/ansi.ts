import type {Colour, Line, Style} from './cells.ts';
import {replaceControls} from './text.ts';

const ESC = '\u001b';

/** SGR foreground parameters of the sixteen colours (ECMA-48 8.3.117; the bright ones are aixterm's). */
const foreground: Readonly<Record<Colour, string>> = {
  black: '30',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '34',
  magenta: '35',
  cyan: '36',
  white: '37',
  grey: '90',
  brightRed: '91',
  brightGreen: '92',
  brightYellow: '93',
  brightBlue: '94',
  brightMagenta: '95',
  brightCyan: '96',
  brightWhite: '97',
};

const attributes = [
  ['bold', '1'],
  ['dim', '2'],
  ['underline', '4'],
  ['inverse', '7'],
] as const;

/**
 * Undoes everything a full-screen program may have asked of the terminal, in one write: ends a synchronized update,
 * pops the kitty keyboard, turns mouse, focus and bracketed-paste reports off, resets the style, leaves the alternate
 * screen and shows the cursor (xterm's ctlseqs; kitty keyboard protocol). For a program that did take the screen:
 * leaving the alternate screen puts the cursor back where it was then, so write nothing between two of these.
 */
export const restoreSequence: string = [
  '[?2026l',
  '[<u',
  ...['[?1000l', '[?1002l', '[?1003l', '[?1006l', '[?1004l', '[?2004l'],
  '[0m',
  '[?1049l',
  '[?25h',
]
  .map((sequence) => ESC + sequence)
  .join('');

/**
 * A painted line as text with SGR codes: one code where the style changes, the plain style at the end. Without
 * `colour` only bold, dim, inverse and underline remain. Control characters in a span are made visible here once
 * more: text reaches no terminal but through this.
 */
export function toAnsi(line: Line, {colour}: {readonly colour: boolean}): string {
  let painted = '';
  let current: readonly string[] = [];
  for (const {text, style} of line) {
    if (text === '') continue;
    const wanted = parametersOf(style, colour);
    painted += changeOf(current, wanted) + replaceControls(text);
    current = wanted;
  }
  return painted + changeOf(current, []);
}

function parametersOf(style: Style, colour: boolean): readonly string[] {
  const parameters = attributes.filter(([name]) => style[name]).map(([, parameter]) => parameter);
  return colour && style.colour ? [...parameters, foreground[style.colour]] : parameters;
}

/** The shortest sequence from one style to the next: what is new alone, or everything after a reset. */
function changeOf(from: readonly string[], to: readonly string[]): string {
  const added = to.filter((parameter) => !from.includes(parameter));
  const stays = from.every((parameter) => to.includes(parameter) || replacedBy(parameter, added));
  if (stays && added.length === 0) return '';
  return `${ESC}[${(stays ? added : ['0', ...to]).join(';')}m`;
}

/** One foreground replaces another; an attribute must be taken back. */
const replacedBy = (parameter: string, added: readonly string[]) => isColour(parameter) && added.some(isColour);

const isColour = (parameter: string) => parameter.length === 2;
