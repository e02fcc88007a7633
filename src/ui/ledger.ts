import type {Bulk, BulkItem, BulkPhase} from '../model/bulk.ts';
import {isUnderWay} from '../model/bulk.ts';
import {summaryOf} from '../model/bulkRun.ts';
import type {CellText, Tone} from '../model/columns.ts';
import {formatAge} from '../model/format.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {bar} from './braille.ts';
import {type Brush, fitLine, formatCount, framed, rule, span, spread, toned} from './paint.ts';
import type {Theme} from './theme.ts';

const BORDER = 2;
const BAR_CELLS = 20;
/** From here on there is room for the budget. */
const WIDE = 60;
const ID_CELLS = 20;
const WORD_CELLS = 10;
/** How it stands, and the rule below. */
const HEAD_ROWS = 3;

type Size = {readonly columns: number; readonly rows: number};

const words: Readonly<Record<BulkPhase, readonly [word: string, tone: Tone]>> = {
  waiting: ['not tried', 'dim'],
  running: ['under way', 'accent'],
  accepted: ['accepted', 'accent'],
  done: ['done', 'good'],
  failed: ['failed', 'danger'],
  skipped: ['skipped', 'warn'],
  unknown: ['unknown', 'odd'],
};

/** What came of each of many, over the view. */
export function paintLedger(state: State, bulk: Bulk, screen: Size, theme: Theme): readonly Line[] {
  // The whole screen: strips of the list beside it would say nothing.
  const {columns: width, rows: height} = screen;
  const brush = {width: width - BORDER, theme};
  const rows = itemRows(height);
  const title = [span(`${bulk.action} of ${formatCount(bulk.ids.length)}`, theme.styleOf('bold'))];
  const right = [...(width >= WIDE ? budgetOf(state, theme) : []), toned(standOf(bulk), theme)];
  const lines = [...headOf(state, bulk, brush), rule([], brush), ...itemsOf(bulk, rows, brush)];
  return framed(lines, {title, right, focused: true, width, height}, theme);
}

const budgetOf = ({budget}: State, theme: Theme): Line =>
  budget ? [span(`budget ${formatCount(budget.remaining)}/${formatCount(budget.limit)}   `, theme.styleOf('dim'))] : [];

/** Lines of the ledger that show items, on a screen so high. */
const itemRows = (height: number): number => Math.max(0, height - BORDER - HEAD_ROWS);

/** The first line once it has been scrolled by so many. */
export function scrolledLedger({screen}: State, bulk: Bulk, by: number): number {
  const rows = itemRows(screen.rows - 1);
  const last = Math.max(0, bulk.shown.length - rows);
  return Math.max(0, Math.min(firstLine(bulk, rows) + by, last));
}

/** Where it was scrolled to, else so that the last one begun is in sight. */
function firstLine({shown, top, next}: Bulk, rows: number): number {
  const last = Math.max(0, shown.length - rows);
  return Math.min(last, top ?? Math.max(0, next - Math.ceil(rows / 2)));
}

function standOf(bulk: Bulk): CellText {
  if (!isUnderWay(bulk)) return {text: 'over', tone: 'plain'};
  return bulk.pausedBy === undefined ? {text: 'under way', tone: 'accent'} : {text: 'stands still', tone: 'warn'};
}

function headOf(state: State, bulk: Bulk, {width, theme}: Brush): readonly Line[] {
  const {counts, ids} = bulk;
  const decided = ids.length - counts.waiting - counts.running - counts.accepted;
  const {full, rest} = bar(ids.length === 0 ? 0 : (100 * decided) / ids.length, BAR_CELLS);
  const progress = [
    span(' '),
    span(full, theme.styleOf('accent')),
    span(rest, theme.styleOf('dim')),
    span(`  ${formatCount(decided)} of ${formatCount(ids.length)}  `),
    span(summaryOf(bulk), theme.styleOf('plain')),
    ...(bulk.left.length === 0
      ? []
      : [span(`   ${formatCount(bulk.left.length)} left out by the plan`, theme.styleOf('dim'))]),
  ];
  return [fitLine(progress, width), fitLine([span(' '), toned(waitOf(state, bulk), theme)], width)];
}

/** What it waits for, or why it goes no further. */
function waitOf(state: State, bulk: Bulk): CellText {
  const {now} = state;
  if (bulk.graceUntil !== undefined) {
    const left = formatAge(Math.max(0, bulk.graceUntil - now) + 999);
    const what = bulk.next === 0 ? 'nothing has left yet: the first leaves' : 'the next leaves';
    return {text: `${what} in ${left}; u takes it back`, tone: 'warn'};
  }
  if (bulk.endedAt !== undefined) return {text: 'w writes the ledger; Esc closes it', tone: 'dim'};
  if (bulk.pausedBy !== undefined)
    return {text: `${bulk.pausedBy}; Enter goes on, x gives up the rest, Esc closes`, tone: 'warn'};
  const until = heldUntil(state);
  if (until !== undefined)
    return {text: `waits for the request limit: goes on in ${formatAge(until - now)}`, tone: 'warn'};
  return {text: 'Esc pauses it at any time', tone: 'dim'};
}

/** The limiter holds one of them until then. */
function heldUntil({acts, now}: State): number | undefined {
  const holds = [...acts.values()].flatMap(({isBulk, phase, dueAt}) =>
    isBulk && (phase === 'queued' || phase === 'checking') && dueAt !== undefined && dueAt > now ? [dueAt] : [],
  );
  return holds.length === 0 ? undefined : Math.min(...holds);
}

function itemsOf(bulk: Bulk, rows: number, brush: Brush): readonly Line[] {
  const first = firstLine(bulk, rows);
  return bulk.shown.slice(first, first + rows).map((id) => itemLine(id, bulk.items.get(id), brush));
}

function itemLine(id: string, item: BulkItem | undefined, {width, theme}: Brush): Line {
  const {phase = 'waiting', text = '', status, requestId} = item ?? {};
  const [word, tone] = words[phase];
  const left = [
    span(` ${fitCells(id, ID_CELLS)} `),
    span(fitCells(word, WORD_CELLS), theme.styleOf(tone)),
    span(phase === 'waiting' || phase === 'running' ? '' : text),
  ];
  const trace = [status, requestId].filter((each) => each !== undefined).join(' ');
  return spread(left, [span(trace === '' ? '' : ` ${trace} `, theme.styleOf('dim'))], width);
}
