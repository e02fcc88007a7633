import type {Dialog} from '../model/act.ts';
import {type SandboxAction, sandboxAction} from '../model/actions.ts';
import {formatExpiry} from '../model/format.ts';
import {selectFreshness, viewOf} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {Line, Span} from '../terminal/cells.ts';
import {cellWidth, escapeNonAscii, fitCells} from '../terminal/text.ts';
import {formatMoment} from './moment.ts';
import {type Brush, framed, span, toned, wrapWords} from './paint.ts';
import {sizeOf} from './record.ts';
import type {Theme} from './theme.ts';

const MOST_CELLS = 66;
const LABEL_CELLS = 11;
const BORDER = 2;

/** The open question as a block of lines, no larger than the screen. */
export function paintDialog(state: State, dialog: Dialog, screen: Size, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - BORDER));
  const brush = {width: width - BORDER, theme};
  const action = sandboxAction(dialog.action);
  const lines = fitting(partsOf(state, dialog, action, brush), screen.rows - BORDER);
  const height = Math.min(screen.rows, lines.length + BORDER);
  const title = [span(`${capital(action.label)} 1 sandbox`, theme.styleOf('danger'))];
  const {word, tone} = selectFreshness(state);
  // In the middle of the screen a block this high lies over the header, which says how current all this is.
  const right = height >= screen.rows - 1 ? {right: [toned({text: word, tone}, theme)]} : {};
  return framed(lines, {title, ...right, focused: true, width, height}, theme);
}

type Size = {readonly columns: number; readonly rows: number};

/** Lines that stay or go together. */
export type Part = {
  readonly lines: readonly Line[];
  /** 0 always stays: what is acted on, where, and the question. Of the others the largest goes first. */
  readonly goes: number;
};

function partsOf(state: State, dialog: Dialog, action: SandboxAction, brush: Brush): readonly Part[] {
  return [
    {lines: consequence(dialog, brush), goes: 4},
    {lines: [[]], goes: 11},
    {lines: subject(state, dialog, brush), goes: 0},
    ...recordParts(state, dialog, brush),
    {lines: [[]], goes: 5},
    ...warnings(state, dialog, brush),
    {lines: [question(dialog, action, brush.theme)], goes: 0},
    {lines: [[]], goes: 10},
    {lines: [buttons(dialog, action, brush.theme)], goes: 1},
  ];
}

export function fitting(parts: readonly Part[], most: number): readonly Line[] {
  const lines = parts.flatMap((part) => part.lines);
  const last = parts.reduce((worst, {goes}) => Math.max(worst, goes), 0);
  if (lines.length <= most || last === 0) return lines;
  return fitting(
    parts.filter(({goes}) => goes !== last),
    most,
  );
}

const consequences: Readonly<Record<string, string>> = {
  delete: 'It cannot be undone: the sandbox and its disk are lost.',
  stop: 'What runs in it ends and its memory is lost; the disk is kept.',
  extend: 'It would be destroyed, with its disk, sooner than now.',
};

const consequence = ({action}: Dialog, {width, theme}: Brush): readonly Line[] =>
  wrapWords(consequences[action] ?? '', width - 2).map((text) => [span(` ${text}`, theme.styleOf('bold'))]);

/** What it is about and where that is: of these nothing is cut that could make one of them look like another. */
function subject({session}: State, {frozen}: Dialog, brush: Brush): readonly Line[] {
  const {profile, host} = session;
  const {width, theme} = brush;
  const room = Math.max(1, width - LABEL_CELLS - 2);
  const together = [...label('profile', theme), span(profile), span('  host ', theme.styleOf('dim')), span(host)];
  const isShort = cellWidth(profile) + '  host '.length + cellWidth(host) <= room;
  const apart = [...fact('profile', [profile], theme), ...fact('host', pieces(host, room), theme)];
  const [id = '', more] = pieces(escapeNonAscii(frozen.id), room);
  return [
    [...label('sandbox', theme), span(more === undefined ? id : fitCells(`${id}…`, room), theme.styleOf('bold'))],
    ...(isShort ? [together] : apart),
  ];
}

/** What it was when the question was opened: the answer is about that. The least needed has the largest `goes`. */
function recordParts(state: State, {frozen}: Dialog, {theme}: Brush): readonly Part[] {
  const view = viewOf(state, frozen.id);
  const expiry = view ? formatExpiry({...view, row: {...view.row, sandbox: frozen, tombstone: undefined}}).text : '';
  const at = frozen.expiresAt;
  const facts: readonly (readonly [goes: number, name: string, text: string])[] = [
    [7, 'status', frozen.status],
    [8, 'template', frozen.templateName ?? frozen.templateId ?? '?'],
    [8, 'region', frozen.region ?? '?'],
    [9, 'size', sizeOf(frozen).text],
    [6, 'expires', typeof at === 'number' ? `${formatMoment(at, state.wall)}  ${expiry}` : expiry],
  ];
  return facts.map(([goes, name, text]) => ({goes, lines: fact(name, [text], theme)}));
}

const label = (name: string, theme: Theme): Line => [span(` ${fitCells(name, LABEL_CELLS)}`, theme.styleOf('dim'))];

export const fact = (name: string, texts: readonly string[], theme: Theme): readonly Line[] =>
  texts.map((text, row) => [...label(row === 0 ? name : '', theme), span(text)]);

/** A text without spaces in lines of at most so many cells. */
function pieces(text: string, cells: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (line !== '' && cellWidth(line + character) > cells) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return [...lines, line];
}

function warnings(state: State, {changed}: Dialog, {width, theme}: Brush): readonly Part[] {
  const {word, text} = selectFreshness(state);
  const told = (said: string, goes: number): Part => ({
    goes,
    lines: wrapWords(said, width - 2).map((line) => [span(` ${line}`, theme.styleOf('warn'))]),
  });
  return [
    ...(changed === undefined ? [] : [told(`Changed meanwhile: ${changed}. Answer anew.`, 2)]),
    ...(word === 'LIVE' ? [] : [told(`The screen is not live (${text}): it may not be so any more.`, 3)]),
  ];
}

function question(dialog: Dialog, {label: verb}: SandboxAction, theme: Theme): Line {
  if (dialog.consent === 'confirm') return [span(` Really ${verb} it?  y / N`)];
  const isTyped = dialog.typed === dialog.word;
  return [
    span(' Type '),
    span(dialog.word, theme.styleOf('danger')),
    span(` to ${verb} it: `),
    span(dialog.typed, theme.styleOf(isTyped ? 'danger' : 'plain')),
    span(' ', {inverse: true}),
  ];
}

/** A typed question has no focus to move: the word itself turns Enter from one button to the other. */
function buttons(dialog: Dialog, {label: verb}: SandboxAction, theme: Theme): Line {
  const isReady = dialog.consent === 'confirm' || dialog.typed === dialog.word;
  const confirms = dialog.consent === 'confirm' ? dialog.focus === 'confirm' : isReady;
  return [
    span('   '),
    button('Cancel', !confirms, theme.styleOf('bold')),
    span('   '),
    button(capital(verb), confirms, theme.styleOf(isReady ? 'danger' : 'dim')),
  ];
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

export const button = (text: string, isFocused: boolean, style: Span['style']): Span =>
  isFocused ? span(`[ ${text} ]`, {...style, inverse: true}) : span(`  ${text}  `, style);
