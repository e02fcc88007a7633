import type {Dialog} from '../model/act.ts';
import {type ActionId, type SandboxAction, sandboxAction} from '../model/actions.ts';
import {isTargetGone} from '../model/dialogue.ts';
import {formatExpiry} from '../model/format.ts';
import {selectFreshness, viewOf} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {Line, Span} from '../terminal/cells.ts';
import {cellWidth, escapeNonAscii, fitCells} from '../terminal/text.ts';
import {formatMoment} from './moment.ts';
import {type Brush, framed, span, toned, wrapWords} from './paint.ts';
import {sizeOf} from './record.ts';
import {endChange, lossOf, shorteningWords} from './shortening.ts';
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
  const title = [span(wordsOf(dialog, action).title, theme.styleOf('danger'))];
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
    {lines: consequence(state, dialog, brush), goes: 4},
    {lines: [[]], goes: 11},
    {lines: subject(state, dialog, brush), goes: 0},
    ...recordParts(state, dialog, brush),
    {lines: [[]], goes: 5},
    ...warnings(state, dialog, brush),
    ...(isTargetGone(state, dialog)
      ? [{lines: [[span('   '), button('Close', true, brush.theme.styleOf('bold'))]], goes: 1}]
      : [
          {lines: [question(dialog, action, brush.theme)], goes: 0},
          {lines: [[]], goes: 10},
          {lines: [buttons(dialog, action, brush.theme)], goes: 1},
        ]),
  ];
}

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

const consequences: Readonly<Partial<Record<ActionId, string>>> = {
  delete: 'It cannot be undone: the sandbox and its disk are lost.',
  stop: 'What runs in it ends and its memory is lost; the disk is kept.',
};

function consequence(state: State, dialog: Dialog, {width, theme}: Brush): readonly Line[] {
  const said = dialog.action === 'timeout' ? lossOf(state, dialog) : (consequences[dialog.action] ?? '');
  return wrapWords(said, width - 2).map((text) => [span(` ${text}`, theme.styleOf('bold'))]);
}

/** What it is about and where that is: of these nothing is cut that could make one of them look like another. */
function subject({session}: State, {frozen}: Dialog, brush: Brush): readonly Line[] {
  const {width, theme} = brush;
  const room = Math.max(1, width - LABEL_CELLS - 2);
  const [id = '', more] = pieces(escapeNonAscii(frozen.id), room);
  return [
    [...label('sandbox', theme), span(more === undefined ? id : fitCells(`${id}…`, room), theme.styleOf('bold'))],
    ...whereLines(session, brush),
  ];
}

/** Profile and host, on one line where they fit. */
export function whereLines({profile, host}: State['session'], {width, theme}: Brush): readonly Line[] {
  const room = Math.max(1, width - LABEL_CELLS - 2);
  const together = [...label('profile', theme), span(profile), span('  host ', theme.styleOf('dim')), span(host)];
  const isShort = cellWidth(profile) + '  host '.length + cellWidth(host) <= room;
  return isShort ? [together] : [...fact('profile', [profile], theme), ...fact('host', pieces(host, room), theme)];
}

/** What it was when the question was opened: the answer is about that. The least needed has the largest `goes`. */
function recordParts(state: State, dialog: Dialog, {width, theme}: Brush): readonly Part[] {
  const {frozen, action} = dialog;
  const facts: readonly (readonly [goes: number, name: string, text: string])[] = [
    [7, 'status', frozen.status],
    [8, 'template', frozen.templateName ?? frozen.templateId ?? '?'],
    [8, 'region', frozen.region ?? '?'],
    [9, 'size', sizeOf(frozen).text],
    action === 'timeout' ? [0, 'expires', endChange(state, dialog)] : [6, 'expires', endText(state, frozen)],
  ];
  const room = Math.max(1, width - LABEL_CELLS - 2);
  return facts.map(([goes, name, text]) => ({
    goes,
    lines: fact(name, goes === 0 ? wrapWords(text, room) : [text], theme),
  }));
}

function endText(state: State, frozen: Dialog['frozen']): string {
  const view = viewOf(state, frozen.id);
  const expiry = view ? formatExpiry({...view, row: {...view.row, sandbox: frozen, tombstone: undefined}}).text : '';
  return typeof frozen.expiresAt === 'number' ? `${formatMoment(frozen.expiresAt, state.wall)}  ${expiry}` : expiry;
}

export const label = (name: string, theme: Theme): Line => [
  span(` ${fitCells(name, LABEL_CELLS)}`, theme.styleOf('dim')),
];

export const fact = (name: string, texts: readonly string[], theme: Theme): readonly Line[] =>
  texts.map((text, row) => [...label(row === 0 ? name : '', theme), span(text)]);

/** A text without spaces in lines of at most so many cells. */
export function pieces(text: string, cells: number): readonly string[] {
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

function warnings(state: State, dialog: Dialog, {width, theme}: Brush): readonly Part[] {
  const {changed} = dialog;
  const {word, text} = selectFreshness(state);
  const told = (said: string, goes: number): Part => ({
    goes,
    lines: wrapWords(said, width - 2).map((line) => [span(` ${line}`, theme.styleOf('warn'))]),
  });
  if (isTargetGone(state, dialog)) return [told(goneText(state, dialog), 0)];
  return [
    ...(changed === undefined ? [] : [told(`Changed meanwhile: ${changed}. Answer anew.`, 2)]),
    ...(word === 'LIVE' ? [] : [told(`The screen is not live (${text}): it may not be so any more.`, 3)]),
  ];
}

function goneText({rows}: State, {frozen, action}: Dialog): string {
  const cause = rows.get(frozen.id)?.tombstone?.cause;
  const gone = cause === undefined ? 'It is no longer in the list' : `It is gone (${cause})`;
  return `${gone}: nothing is left to ${action === 'timeout' ? 'shorten' : action}. Esc closes.`;
}

type Words = {
  readonly title: string;
  /** After `Really`, and after what is to be typed. */
  readonly asked: string;
  readonly button: string;
};

const wordsOf = (dialog: Dialog, {label: verb}: SandboxAction): Words =>
  dialog.action === 'timeout'
    ? shorteningWords(dialog.frozen)
    : {title: `${capital(verb)} 1 sandbox`, asked: `${verb} it`, button: capital(verb)};

function question(dialog: Dialog, action: SandboxAction, theme: Theme): Line {
  const {asked} = wordsOf(dialog, action);
  if (dialog.consent === 'confirm') return [span(` Really ${asked}?  y / N`)];
  const isTyped = dialog.typed === dialog.word;
  return [
    span(' Type '),
    span(dialog.word, theme.styleOf('danger')),
    span(` to ${asked}: `),
    span(dialog.typed, theme.styleOf(isTyped ? 'danger' : 'plain')),
    span(' ', {inverse: true}),
  ];
}

/** A typed question has no focus to move: the word itself turns Enter from one button to the other. */
function buttons(dialog: Dialog, action: SandboxAction, theme: Theme): Line {
  const isReady = dialog.consent === 'confirm' || dialog.typed === dialog.word;
  const confirms = dialog.consent === 'confirm' ? dialog.focus === 'confirm' : isReady;
  return [
    span('   '),
    button('Cancel', !confirms, theme.styleOf('bold')),
    span('   '),
    button(wordsOf(dialog, action).button, confirms, theme.styleOf(isReady ? 'danger' : 'dim')),
  ];
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

export const button = (text: string, isFocused: boolean, style: Span['style']): Span =>
  isFocused ? span(`[ ${text} ]`, {...style, inverse: true}) : span(`  ${text}  `, style);
