import type {Tone} from '../model/columns.ts';
import type {Style} from '../terminal/cells.ts';

/** What a meaning looks like. */
export type Theme = {
  /** False under NO_COLOR and `--no-color`: bold, dim and inverse remain. */
  readonly colour: boolean;
  readonly styleOf: (tone: Tone) => Style;
};

export const PLAIN: Style = {};

/** The terminal's own sixteen colours on its own background: it reads on light and on dark. */
const coloured: Readonly<Record<Tone, Style>> = {
  plain: PLAIN,
  dim: {dim: true},
  bold: {bold: true},
  accent: {colour: 'cyan', bold: true},
  good: {colour: 'green'},
  busy: {colour: 'cyan'},
  held: {colour: 'yellow'},
  warn: {colour: 'yellow', bold: true},
  danger: {colour: 'red', bold: true},
  odd: {colour: 'magenta'},
};

function withoutColour({colour: _, ...rest}: Style): Style {
  return rest;
}

/** Meaning never rests on colour alone, so taking it away loses nothing but ease. */
export function createTheme({colour}: {readonly colour: boolean}): Theme {
  return {colour, styleOf: colour ? (tone) => coloured[tone] : (tone) => withoutColour(coloured[tone])};
}
