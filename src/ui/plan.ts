import {type ActionId, sandboxAction} from '../model/actions.ts';
import type {Plan, Share} from '../model/bulk.ts';
import {columnOf} from '../model/columns.ts';
import {formatAge, formatClock, formatExpiry, formatSandboxAge} from '../model/format.ts';
import {tallyOf} from '../model/planning.ts';
import {paceOf} from '../model/requestPace.ts';
import {selectFreshness, viewOf} from '../model/select.ts';
import type {State} from '../model/state.ts';
import {wallAt} from '../model/times.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {type Brush, fitLine, formatCount, framed, span, toned, wrapWords} from './paint.ts';
import {button, capital, LABEL_CELLS, label, typedLine} from './question.ts';
import {createTheme, type Theme} from './theme.ts';

const MOST_CELLS = 76;
const BORDER = 2;
/** Of the ids so many lines at the most; the others are a key away. */
const MOST_IDS = 12;

type Size = {readonly columns: number; readonly rows: number};

type Layout = {
  readonly head: readonly Line[];
  readonly idRows: number;
  readonly foot: readonly Line[];
  readonly width: number;
};

/** What an act on many would do, in full, before any of it; no larger than the screen. */
export function paintPlan(state: State, plan: Plan, screen: Size, theme: Theme): readonly Line[] {
  const {head, idRows, foot, width} = layPlan(state, plan, screen, theme);
  const brush = {width: width - BORDER, theme};
  const lines = [...head, ...paintIds(state, plan, idRows, brush), ...foot];
  const height = Math.min(screen.rows, lines.length + BORDER);
  const title = [span('Plan', theme.styleOf('bold'))];
  const right = [span('nothing sent yet', theme.styleOf('dim'))];
  return framed(lines, {title, right, focused: true, width, height}, theme);
}

function layPlan(state: State, plan: Plan, screen: Size, theme: Theme): Layout {
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - BORDER));
  const brush = {width: width - BORDER, theme};
  const foot = footOf(plan, brush);
  const room = screen.rows - BORDER - foot.length;
  const head = headOf(state, plan, brush, room);
  const idRows = Math.max(0, Math.min(MOST_IDS, lineCount(plan), room - head.length - CAPTION_ROWS));
  return {head, idRows, foot, width};
}

/** Says which of the lines are shown. */
const CAPTION_ROWS = 1;

const lineCount = ({ids, skipped}: Plan): number => ids.length + skipped.length;

/** The first line of the ids once it has been scrolled by so many. */
export function scrolledPlan(state: State, plan: Plan, by: number): number {
  const {columns, rows} = state.screen;
  const {idRows} = layPlan(state, plan, {columns, rows: rows - 1}, createTheme({colour: false}));
  const last = Math.max(0, lineCount(plan) - idRows);
  return Math.max(0, Math.min(Math.min(plan.top, last) + by, last));
}

const losses: Partial<Readonly<Record<ActionId, string>>> = {
  delete: 'cannot be undone, disks are lost',
  stop: 'what runs in them ends, memory is lost',
};

function fact(name: string, text: string, {width, theme}: Brush, tone: 'plain' | 'warn' = 'plain'): readonly Line[] {
  return wrapWords(text, Math.max(1, width - LABEL_CELLS - 2)).map((line, row) => [
    ...label(row === 0 ? name : '', theme),
    span(line, theme.styleOf(tone)),
  ]);
}

/** What goes first where the screen is too small stands last here, and is left out whole. */
function headOf(state: State, plan: Plan, brush: Brush, rows: number): readonly Line[] {
  const {theme, width} = brush;
  const {profile, host} = state.session;
  const {word, text} = selectFreshness(state);
  const loss = losses[plan.action] ?? '';
  const title = [
    span(` ${titleOf(plan)}`, theme.styleOf('danger')),
    span(loss === '' ? '' : `   ${loss}`, theme.styleOf('bold')),
  ];
  const must: readonly Line[] = [
    fitLine(title, width),
    ...(plan.changed === undefined ? [] : fact('changed', `${plan.changed}: answer anew`, brush, 'warn')),
    ...(word === 'LIVE' ? [] : fact('not live', `${text}: each is read before it is acted on`, brush, 'warn')),
  ];
  const may: readonly (readonly Line[])[] = [
    fact('where', `${profile} at ${host}`, brush),
    skippedOf(plan, brush),
    lifeOf(plan, brush),
    plan.hidden === 0 ? [] : fact('hidden', `${formatCount(plan.hidden)} of them outside the filter`, brush, 'warn'),
    fact('requests', requestsOf(state, plan), brush),
    fact('status', sharesOf(plan.statuses), brush),
    fact('region', sharesOf(plan.regions), brush),
    fact('stops', 'after 3 failures in a row; Esc pauses at any time', brush),
    fact('taken', `${formatClock(wallAt(state, plan.openedAt))} from ${filterOf(state)}`, brush),
  ];
  const lines = [...must];
  for (const part of may) if (lines.length + part.length + 2 <= rows) lines.push(...part);
  return lines;
}

function titleOf({action, ids, timeoutSeconds}: Plan): string {
  const count = `${formatCount(ids.length)} ${ids.length === 1 ? 'sandbox' : 'sandboxes'}`;
  const long = timeoutSeconds === undefined ? '' : ` to ${formatAge(timeoutSeconds * 1000)} from now`;
  return `${sandboxAction(action).label.toUpperCase()} ${count}${long}`;
}

const skippedOf = (plan: Plan, brush: Brush): readonly Line[] =>
  plan.skipped.length === 0 ? fact('skipped', 'none', brush) : fact('skipped', tallyOf(plan.reasons), brush, 'warn');

/** A timeout destroys: whoever gets one, or a nearer one, is told of. */
function lifeOf({timeoutSeconds, shortened}: Plan, brush: Brush): readonly Line[] {
  if (timeoutSeconds === undefined) return [];
  const text =
    shortened === 0
      ? 'all live longer than now'
      : `${formatCount(shortened)} would die sooner than now, or get an end, disk included`;
  return fact('life', text, brush, shortened === 0 ? 'plain' : 'warn');
}

function requestsOf(state: State, {action, ids, checks}: Plan): string {
  const {method} = sandboxAction(action).request;
  const reads = checks === 0 ? '' : `${formatCount(checks)} GET + `;
  return `${reads}${formatCount(ids.length)} ${method}; ${paceOf(state, checks + ids.length)}`;
}

const MOST_SHARES = 5;

/** `running 51  paused 13`; of many the rest is one number. */
function sharesOf(shares: readonly Share[]): string {
  const shown = shares.length > MOST_SHARES ? shares.slice(0, MOST_SHARES - 1) : shares;
  const others = shares.slice(shown.length).reduce((sum, [, count]) => sum + count, 0);
  const all = others === 0 ? shown : [...shown, [`${shares.length - shown.length} others`, others] as const];
  return all.map(([name, count]) => `${name} ${formatCount(count)}`).join('  ');
}

const filterOf = ({filter}: State): string =>
  filter.active.text === '' ? 'the list unfiltered' : `filter ${filter.active.text}`;

/** The exact ids in their order, then those that are left out and why, under a line that says which of them are shown. */
function paintIds(state: State, plan: Plan, rows: number, brush: Brush): readonly Line[] {
  if (rows <= 0) return [];
  const {ids, skipped, top} = plan;
  const total = lineCount(plan);
  const first = Math.max(0, Math.min(top, total - rows));
  const shown = Array.from({length: Math.min(rows, total)}, (_, row) => {
    const id = ids[first + row];
    const left = skipped[first + row - ids.length];
    return id === undefined ? leftLine(left?.id ?? '', left?.why ?? '', brush) : idLine(state, id, brush);
  });
  const range =
    total <= rows
      ? 'all of them'
      : `${formatCount(first + 1)} to ${formatCount(first + shown.length)} of ${formatCount(total)}`;
  const caption = fact('ids', `${range}, in the order of marking`, brush)[0] ?? [];
  return [caption, ...shown].map((line) => fitLine(line, brush.width));
}

const ID_CELLS = 20;
const AGE_CELLS = 7;
const STATUS_CELLS = 9;
const EXPIRY_CELLS = 8;

/** Columns, so that what stands out is seen: age, status, what is left of its life, template. */
function idLine(state: State, id: string, {theme}: Brush): Line {
  const view = viewOf(state, id);
  if (!view) return [span(`   ${id}`)];
  const {templateName, templateId} = view.row.sandbox;
  const status = columnOf('status').cell(view);
  const expiry = formatExpiry(view);
  return [
    span(`   ${fitCells(id, ID_CELLS)} `),
    span(fitCells(formatSandboxAge(view).text, AGE_CELLS, 'right')),
    span('  '),
    toned({...status, text: fitCells(status.text, STATUS_CELLS)}, theme),
    toned({...expiry, text: fitCells(expiry.text, EXPIRY_CELLS, 'right')}, theme),
    span(`  ${templateName ?? templateId ?? '?'}`, theme.styleOf('dim')),
  ];
}

const leftLine = (id: string, why: string, {theme}: Brush): Line => [
  span(`   ${fitCells(id, ID_CELLS)} skipped: ${why}`, theme.styleOf('dim')),
];

/** The question; what is typed decides, or the button that has the focus. */
function footOf(plan: Plan, {width, theme}: Brush): readonly Line[] {
  const {action, word, typed, focus} = plan;
  if (word === undefined) {
    const yes = sandboxAction(action).label;
    return [
      [],
      fitLine(
        [span(` Really ${yes} ${formatCount(plan.ids.length)}?  y / N   `), ...buttons(capital(yes), focus, theme)],
        width,
      ),
    ];
  }
  return [[], fitLine(typedLine(word, typed, 'confirm', theme), width)];
}

const buttons = (verb: string, focus: Plan['focus'], theme: Theme): Line => [
  button('Cancel', focus === 'cancel', theme.styleOf('bold')),
  span(' '),
  button(verb, focus === 'confirm', theme.styleOf('danger')),
];
