import {formatBytes} from '../model/format.ts';
import type {State} from '../model/state.ts';
import type {BuildQuestion, DeleteQuestion, Question} from '../model/templateAsked.ts';
import {usageOf} from '../model/templateUse.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, escapeNonAscii} from '../terminal/text.ts';
import {type Brush, fitLine, formatCount, framed, span, spread} from './paint.ts';
import {buttonsLine, doubtParts, fact, fitting, type Part, typedLine} from './question.ts';
import {formatSize} from './templates.ts';
import type {Theme} from './theme.ts';

const MOST_CELLS = 76;
const BORDER = 2;

type Room = {readonly columns: number; readonly rows: number};

/** The open question about a template or a spec, no larger than the screen. */
export function paintTemplateQuestion(state: State, question: Question, room: Room, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(MOST_CELLS, room.columns - BORDER));
  const brush = {width: width - BORDER, theme};
  const lines =
    question.kind === 'delete'
      ? fitting(deleteParts(state, question, brush), room.rows - BORDER)
      : buildLines(state, question, room.rows - BORDER, brush);
  const title = question.kind === 'delete' ? 'Delete 1 template' : 'Build from a spec';
  const height = Math.min(room.rows, lines.length + BORDER);
  return framed(lines, {title: [span(title, theme.styleOf('danger'))], focused: true, width, height}, theme);
}

const stay = (lines: readonly Line[]): Part => ({lines, goes: 0});

function deleteParts(state: State, {frozen, changed, word, typed}: DeleteQuestion, brush: Brush): readonly Part[] {
  const {theme} = brush;
  const {isLeast} = usageOf(state, frozen);
  const isReady = typed === word;
  const used = isLeast ? 'none is known, not all tell what they are made of' : 'none uses it';
  return [
    {lines: [[span(' It cannot be undone: no sandbox can be made of it any more.', theme.styleOf('bold'))]], goes: 4},
    {lines: [[]], goes: 11},
    stay(fact('template', [escapeNonAscii(frozen.name)], theme)),
    stay(fact('id', [escapeNonAscii(frozen.id)], theme)),
    ...whereParts(state, theme),
    {lines: fact('status', [frozen.status ?? '?'], theme), goes: 8},
    {lines: fact('size', [formatSize(frozen) ?? '?'], theme), goes: 9},
    {lines: fact('sandboxes', [used], theme), goes: 7},
    {lines: [[]], goes: 5},
    ...doubtParts(state, changed, brush),
    stay([typedLine(word, typed, 'delete it', theme)]),
    {lines: [[]], goes: 10},
    {lines: [buttonsLine('Delete', isReady, isReady, theme)], goes: 1},
  ];
}

/** Where it would happen: never cut away. */
const whereParts = ({session}: State, theme: Theme): readonly Part[] => [
  stay(fact('profile', [session.profile], theme)),
  stay(fact('host', [session.host], theme)),
];

const MOST_LISTED = 12;

/** Lines of the list of files in a screen of so many rows. */
export const listedRows = (state: State, {spec}: BuildQuestion, rows: number): number =>
  Math.max(1, Math.min(MOST_LISTED, spec.listing.length, rows - BORDER - fixedLines(state, spec.copies.length)));

const LEAST_FIXED = 8;
/** With all the copies and the target, where the rows allow. */
const fixedLines = ({session}: State, copies: number) => LEAST_FIXED + (session.host === '' ? 0 : 1) + copies;

function buildLines(state: State, question: BuildQuestion, rows: number, brush: Brush): readonly Line[] {
  const {spec, top, focus} = question;
  const {theme, width} = brush;
  const dim = theme.styleOf('dim');
  const parts: readonly Part[] = [
    stay(fact('template', [`${spec.name}  (${spec.isUpdate ? 'built anew' : 'new'})`], theme)),
    {lines: fact('from', [spec.fromImage], theme), goes: 1},
    {lines: fact('size', [`${spec.cpu} vCPU  ${spec.memoryMb} MB  ${spec.diskGb} GB disk`], theme), goes: 2},
    {lines: fact('steps', [`${spec.steps}   spec ${spec.path}`], theme), goes: 3},
    {lines: fact('profile', [`${state.session.profile}  host ${state.session.host}`], theme), goes: 1},
    {
      lines: spec.copies.flatMap(({source, target, files, bytes}) =>
        fact('copy', [`${source} -> ${target}   ${formatCount(files)} files, ${formatBytes(bytes)}`], theme),
      ),
      goes: 4,
    },
    stay([leaving(question, brush)]),
    stay(files(question, listedRows(state, question, rows + BORDER), brush)),
    {lines: [[]], goes: 5},
    stay([
      spread(
        [span(' Really build it?  y / N')],
        spec.listing.length > 1 ? [span(`${top + 1} of ${formatCount(spec.listing.length)} `, dim)] : [],
        width,
      ),
    ]),
    stay([buttonsLine('Build', true, focus === 'confirm', theme)]),
  ];
  return fitting(parts, rows);
}

/** What leaves this machine, in all. */
function leaving({spec}: BuildQuestion, {width, theme}: Brush): Line {
  const {files: count, bytes, packedBytes} = spec;
  const short = ` ${formatCount(count)} files leave: ${formatCount(bytes)} bytes`;
  const long = ` ${formatCount(count)} files leave this machine: ${formatCount(bytes)} bytes, ${formatBytes(packedBytes)} packed`;
  const what = count === 0 ? ' No file leaves this machine.' : cellWidth(long) <= width ? long : short;
  return fitLine([span(what, theme.styleOf('bold'))], width);
}

const files = ({spec, top}: BuildQuestion, rows: number, {width, theme}: Brush): readonly Line[] =>
  spec.listing
    .slice(top, top + rows)
    .map(({path, bytes}) =>
      spread([span(`   ${path}`)], [span(`  ${formatCount(bytes)} `, theme.styleOf('dim'))], width),
    );
