import {type SandboxAction, sandboxAction} from '../model/actions.ts';
import {formatExpiry} from '../model/format.ts';
import {selectFreshness, viewOf} from '../model/select.ts';
import type {Dialog, State} from '../model/state.ts';
import type {Line, Span} from '../terminal/cells.ts';
import {cellWidth, escapeNonAscii, fitCells} from '../terminal/text.ts';
import {formatMoment} from './moment.ts';
import {type Brush, framed, span, wrapWords} from './paint.ts';
import {sizeOf} from './record.ts';
import type {Theme} from './theme.ts';

const MOST_CELLS = 66;
const LABEL_CELLS = 11;

/** The open question as a block of lines, no larger than the screen. */
export function paintDialog(state: State, dialog: Dialog, screen: Size, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - 2));
  const brush = {width: width - 2, theme};
  const action = sandboxAction(dialog.action);
  const asked = [
    ...warnings(state, dialog, brush),
    ...question(dialog, action, theme),
    [],
    buttons(dialog, action, theme),
  ];
  const facts = [...consequence(dialog, brush), [], ...factLines(state, dialog, brush), []];
  const most = screen.rows - 2;
  const shown = facts.slice(0, Math.max(0, most - asked.length));
  const height = Math.min(screen.rows, shown.length + asked.length + 2);
  const title = [span(`${capital(action.label)} 1 sandbox`, theme.styleOf('danger'))];
  return framed([...shown, ...asked], {title, focused: true, width, height}, theme);
}

type Size = {readonly columns: number; readonly rows: number};

const consequences: Readonly<Record<string, string>> = {
  delete: 'It cannot be undone: the sandbox and its disk are lost.',
  stop: 'What runs in it ends and its memory is lost; the disk is kept.',
  extend: 'It would be destroyed, with its disk, sooner than now.',
};

const consequence = ({action}: Dialog, {width, theme}: Brush): readonly Line[] =>
  wrapWords(consequences[action] ?? '', width - 2).map((text) => [span(` ${text}`, theme.styleOf('bold'))]);

/** What it was when the question was opened: the answer is about that. */
function factLines(state: State, {frozen}: Dialog, {theme}: Brush): readonly Line[] {
  const view = viewOf(state, frozen.id);
  const {session} = state;
  const expiry = view ? formatExpiry({...view, row: {...view.row, sandbox: frozen, tombstone: undefined}}).text : '';
  const facts: readonly (readonly [string, string])[] = [
    ['sandbox', escapeNonAscii(frozen.id)],
    ['status', frozen.status],
    ['template', frozen.templateName ?? frozen.templateId ?? '?'],
    ['region', frozen.region ?? '?'],
    ['size', sizeOf(frozen).text],
    [
      'expires',
      typeof frozen.expiresAt === 'number' ? `${formatMoment(frozen.expiresAt, state.wall)}  ${expiry}` : expiry,
    ],
    ['profile', session.profile],
    ['host', session.host],
  ];
  return facts.map(([label, text]) => [
    span(` ${fitCells(label, LABEL_CELLS)}`, theme.styleOf('dim')),
    span(text, theme.styleOf(label === 'sandbox' ? 'bold' : 'plain')),
  ]);
}

function warnings(state: State, {changed}: Dialog, {width, theme}: Brush): readonly Line[] {
  const {word, text} = selectFreshness(state);
  const said = [
    ...(changed === undefined ? [] : [`Changed meanwhile: ${changed}. Answer anew.`]),
    ...(word === 'LIVE' ? [] : [`The screen is not live (${text}): it may not be so any more.`]),
  ];
  return said.flatMap((each) => wrapWords(each, width - 2).map((line) => [span(` ${line}`, theme.styleOf('warn'))]));
}

function question(dialog: Dialog, {label}: SandboxAction, theme: Theme): readonly Line[] {
  if (dialog.consent === 'confirm') return [[span(` Really ${label} it?  y / N`)]];
  const isTyped = dialog.typed === dialog.word;
  return [
    [
      span(' Type '),
      span(dialog.word, theme.styleOf('danger')),
      span(` to ${label} it: `),
      span(dialog.typed, theme.styleOf(isTyped ? 'danger' : 'plain')),
      span(' ', {inverse: true}),
    ],
  ];
}

/** A typed question has no focus to move: the word itself turns Enter from one button to the other. */
function buttons(dialog: Dialog, {label}: SandboxAction, theme: Theme): Line {
  const isReady = dialog.consent === 'confirm' || dialog.typed === dialog.word;
  const confirms = dialog.consent === 'confirm' ? dialog.focus === 'confirm' : isReady;
  return [
    span('   '),
    button('Cancel', !confirms, theme.styleOf('bold')),
    span('   '),
    button(capital(label), confirms, theme.styleOf(isReady ? 'danger' : 'dim')),
  ];
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const button = (label: string, isFocused: boolean, style: Span['style']): Span =>
  isFocused ? span(`[ ${label} ]`, {...style, inverse: true}) : span(`  ${label}  `, style);

/** Cells the block takes, to put it in the middle. */
export const blockWidth = (lines: readonly Line[]): number =>
  Math.max(0, ...lines.map((line) => line.reduce((sum, {text}) => sum + cellWidth(text), 0)));
