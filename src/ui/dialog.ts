import type {Dialog} from '../model/act.ts';
import {type ActionId, type SandboxAction, sandboxAction} from '../model/actions.ts';
import {isTargetGone} from '../model/dialogue.ts';
import {formatExpiry} from '../model/format.ts';
import {selectFreshness, viewOf} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {escapeNonAscii, fitCells} from '../terminal/text.ts';
import {formatMoment} from './moment.ts';
import {type Brush, framed, span, toned, wrapWords} from './paint.ts';
import {
  button,
  buttonsLine,
  capital,
  doubtParts,
  fact,
  fitting,
  LABEL_CELLS,
  label,
  type Part,
  typedLine,
  warning,
  whereLines,
} from './question.ts';
import {sizeOf} from './record.ts';
import {endChange, lossOf, shorteningWords} from './shortening.ts';
import type {Theme} from './theme.ts';
import {cutCells} from './wrapCells.ts';

const MOST_CELLS = 66;
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
  const [id = '', more] = cutCells(escapeNonAscii(frozen.id), room);
  return [
    [...label('sandbox', theme), span(more === undefined ? id : fitCells(`${id}…`, room), theme.styleOf('bold'))],
    ...whereLines(session, brush),
  ];
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

const warnings = (state: State, dialog: Dialog, brush: Brush): readonly Part[] =>
  isTargetGone(state, dialog) ? [warning(goneText(state, dialog), 0, brush)] : doubtParts(state, dialog.changed, brush);

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
  return dialog.consent === 'confirm'
    ? [span(` Really ${asked}?  y / N`)]
    : typedLine(dialog.word, dialog.typed, asked, theme);
}

/** A typed question has no focus to move: the word itself turns Enter from one button to the other. */
function buttons(dialog: Dialog, action: SandboxAction, theme: Theme): Line {
  const isReady = dialog.consent === 'confirm' || dialog.typed === dialog.word;
  const confirms = dialog.consent === 'confirm' ? dialog.focus === 'confirm' : isReady;
  return buttonsLine(wordsOf(dialog, action).button, isReady, confirms, theme);
}
