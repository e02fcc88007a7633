import {selectFreshness} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {Line, Span} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {type Brush, span, wrapWords} from './paint.ts';
import type {Theme} from './theme.ts';
import {cutCells} from './wrapCells.ts';

/** Of a fact's name. */
export const LABEL_CELLS = 11;

/** Lines that stay or go together. */
export type Part = {
  readonly lines: readonly Line[];
  /** 0 always stays: what is acted on, where, and the question. Of the others the largest goes first. */
  readonly goes: number;
};

/** As many of them as fit into so many lines. */
export function fitting(parts: readonly Part[], most: number): readonly Line[] {
  const lines = parts.flatMap((part) => part.lines);
  const last = parts.reduce((worst, {goes}) => Math.max(worst, goes), 0);
  if (lines.length <= most || last === 0) return lines;
  return fitting(
    parts.filter(({goes}) => goes !== last),
    most,
  );
}

export const label = (name: string, theme: Theme): Line => [
  span(` ${fitCells(name, LABEL_CELLS)}`, theme.styleOf('dim')),
];

export const fact = (name: string, texts: readonly string[], theme: Theme): readonly Line[] =>
  texts.map((text, row) => [...label(row === 0 ? name : '', theme), span(text)]);

/** Profile and host, on one line where they fit. */
export function whereLines({profile, host}: State['session'], {width, theme}: Brush): readonly Line[] {
  const room = Math.max(1, width - LABEL_CELLS - 2);
  const together = [...label('profile', theme), span(profile), span('  host ', theme.styleOf('dim')), span(host)];
  const isShort = cellWidth(profile) + '  host '.length + cellWidth(host) <= room;
  return isShort ? [together] : [...fact('profile', [profile], theme), ...fact('host', cutCells(host, room), theme)];
}

/** What makes the answer less certain than it looks: a change under the question, a screen that is not live. */
export function doubtParts(state: State, changed: string | undefined, brush: Brush): readonly Part[] {
  const {word, text} = selectFreshness(state);
  return [
    ...(changed === undefined ? [] : [warning(`Changed meanwhile: ${changed}. Answer anew.`, 2, brush)]),
    ...(word === 'LIVE' ? [] : [warning(`The screen is not live (${text}): it may not be so any more.`, 3, brush)]),
  ];
}

export const warning = (text: string, goes: number, {width, theme}: Brush): Part => ({
  goes,
  lines: wrapWords(text, width - 2).map((line) => [span(` ${line}`, theme.styleOf('warn'))]),
});

/** What must be typed, and what is; `purpose` is what it does, e.g. `delete it`. */
export function typedLine(word: string, typed: string, purpose: string, theme: Theme): Line {
  return [
    span(' Type '),
    span(word, theme.styleOf('danger')),
    span(` to ${purpose}: `),
    span(typed, theme.styleOf(typed === word ? 'danger' : 'plain')),
    span(' ', {inverse: true}),
  ];
}

/** The one that confirms is dim until it may be pressed. */
export const buttonsLine = (verb: string, isReady: boolean, confirms: boolean, theme: Theme): Line => [
  span('   '),
  button('Cancel', !confirms, theme.styleOf('bold')),
  span('   '),
  button(verb, confirms, theme.styleOf(isReady ? 'danger' : 'dim')),
];

export const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

export const button = (text: string, isFocused: boolean, style: Span['style']): Span =>
  isFocused ? span(`[ ${text} ]`, {...style, inverse: true}) : span(`  ${text}  `, style);
