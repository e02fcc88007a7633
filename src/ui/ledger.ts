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
const MOST_CELLS = 100;
const BAR_CELLS = 20;
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
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - BORDER));
  const height = Math.max(1, Math.min(screen.rows, bulk.ids.length + HEAD_ROWS + BORDER));
  const brush = {width: width - BORDER, theme};
  const rows = Math.max(0, height - BORDER - HEAD_ROWS);
  const title = [span(`${bulk.action} of ${formatCount(bulk.ids.length)}`, theme.styleOf('bold'))];
  const right = [toned(standOf(bulk), theme)];
  const lines = [...headOf(state, bulk, brush), rule([], brush), ...itemsOf(bulk, rows, brush)];
  return framed(lines, {title, right, focused: true, width, height}, theme);
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
  if (bulk.pausedBy !== undefined) return {text: `${bulk.pausedBy}; Enter goes on, Esc closes`, tone: 'warn'};
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

/** From where it was scrolled to, else so that the last one begun is in sight. */
function itemsOf({shown: ids, items, top, next}: Bulk, rows: number, brush: Brush): readonly Line[] {
  const last = Math.max(0, ids.length - rows);
  const first = Math.min(last, top ?? Math.max(0, next - Math.ceil(rows / 2)));
  return ids.slice(first, first + rows).map((id) => itemLine(id, items.get(id), brush));
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
