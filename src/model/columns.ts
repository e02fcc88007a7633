import type {Act} from './act.ts';
import {GRACE_MS, sandboxAction} from './actions.ts';
import {memoryPercent} from './fields.ts';
import {formatExpiry, formatSandboxAge, levelGlyph, statusTone} from './format.ts';
import type {RowView} from './view.ts';

/** What a text means; the theme of the ui turns it into a colour or an attribute. Never colour alone. */
export type Tone = 'plain' | 'dim' | 'bold' | 'accent' | 'good' | 'busy' | 'held' | 'warn' | 'danger' | 'odd';

export type CellText = {readonly text: string; readonly tone: Tone};

/** Orders rows: null sorts first and undefined last, in both directions; ties are broken by id. */
export type SortKey = number | string | null | undefined;

type ColumnRow = {
  readonly id: string;
  readonly header: string;
  /** What help and README say. */
  readonly description: string;
  /** Cells at the least and at the most; spare width goes to the columns in table order. */
  readonly width: readonly [least: number, most: number];
  readonly align: 'left' | 'right';
  /** 1 stays longest when the terminal is narrow. */
  readonly priority: 1 | 2 | 3 | 4;
  readonly cell: (view: RowView) => CellText;
  /** Never depends on the time: an order stands until something happens. */
  readonly sortKey: (view: RowView) => SortKey;
  /** First press of the sort key: biggest first for loads, smallest first for names and expiry. */
  readonly descendingFirst: boolean;
  /** Its values come from samples: of most of a large fleet there are none. */
  readonly isSampled?: true;
  /** Time, or a sample with an age of its own, not the record: out of touch it says as much as before. */
  readonly outlivesGaps?: true;
};

/** The list, from left to right. Table, sort, help, README and `--sort` read this; with least widths 80 cells hold all up to MEM. */
const rows = [
  {
    id: 'id',
    header: 'SANDBOX',
    description: 'id of the sandbox',
    width: [13, 19],
    align: 'left',
    priority: 1,
    cell: ({row}) => plainly(row.sandbox.id),
    sortKey: ({row}) => row.sandbox.id,
    descendingFirst: false,
  },
  {
    id: 'status',
    header: 'STATUS',
    description: 'status in the words of the server, or what is under way; † gone, with the cause (? inferred)',
    width: [9, 11],
    align: 'left',
    priority: 1,
    cell: statusCell,
    sortKey: ({row}) => (row.tombstone ? undefined : row.sandbox.status),
    descendingFirst: false,
  },
  {
    id: 'template',
    header: 'TEMPLATE',
    description: 'template it was made from',
    width: [11, 20],
    align: 'left',
    priority: 3,
    cell: ({row: {sandbox}}) => toldText(sandbox.templateName ?? sandbox.templateId),
    sortKey: ({row: {sandbox}}) => sandbox.templateName ?? sandbox.templateId,
    descendingFirst: false,
  },
  {
    id: 'region',
    header: 'REGION',
    description: 'region',
    width: [8, 12],
    align: 'left',
    priority: 3,
    cell: ({row}) => toldText(row.sandbox.region),
    sortKey: ({row}) => row.sandbox.region,
    descendingFirst: false,
  },
  {
    id: 'age',
    header: 'AGE',
    description: 'time since it was created',
    width: [5, 5],
    align: 'right',
    priority: 3,
    cell: formatSandboxAge,
    sortKey: ({row: {sandbox}}) => (sandbox.createdAt === undefined ? undefined : -sandbox.createdAt),
    descendingFirst: true,
    outlivesGaps: true,
  },
  {
    id: 'expires',
    header: 'EXPIRES',
    description: 'time until it is destroyed with its disk; ! under 2 min, none: never, ?: not told',
    width: [8, 8],
    align: 'right',
    priority: 1,
    cell: formatExpiry,
    // The dead last: they would stand above what is about to die.
    sortKey: ({row: {tombstone, sandbox}}) => (tombstone ? undefined : (sandbox.expiresAt ?? never(sandbox.expiresAt))),
    descendingFirst: false,
    outlivesGaps: true,
  },
  {
    id: 'cpu',
    header: 'CPU',
    description: 'CPU in percent; · not sampled, … no sample yet, - not running, n/a not sent by this server',
    width: [5, 5],
    align: 'right',
    priority: 2,
    cell: (view) => loadCell(view, view.sample?.cpuPercent),
    sortKey: (view) => (isRunning(view) ? view.sample?.cpuPercent : undefined),
    descendingFirst: true,
    isSampled: true,
    outlivesGaps: true,
  },
  {
    id: 'mem',
    header: 'MEM',
    description: 'memory in percent; signs as for CPU',
    width: [5, 5],
    align: 'right',
    priority: 2,
    cell: (view) => loadCell(view, memoryPercent(view)),
    sortKey: (view) => (isRunning(view) ? memoryPercent(view) : undefined),
    descendingFirst: true,
    isSampled: true,
    outlivesGaps: true,
  },
  {
    id: 'executions',
    header: 'EXEC',
    description: 'executions under way / since the agent started: where the server sends no CPU and memory',
    width: [7, 9],
    align: 'right',
    priority: 2,
    cell: executionsCell,
    sortKey: (view) => (isRunning(view) ? view.sample?.activeExecutions : undefined),
    descendingFirst: true,
    isSampled: true,
    outlivesGaps: true,
  },
  {
    id: 'node',
    header: 'NODE',
    description: 'node it runs on',
    width: [12, 20],
    align: 'left',
    priority: 4,
    cell: ({row}) => toldText(row.sandbox.nodeId),
    sortKey: ({row}) => row.sandbox.nodeId,
    descendingFirst: false,
  },
] as const satisfies readonly ColumnRow[];

export type ColumnId = (typeof rows)[number]['id'];

export type Column = ColumnRow & {readonly id: ColumnId};

export const columns: readonly Column[] = rows;

const byId = new Map(columns.map((column) => [column.id, column]));

/** The row of the table for a column that exists by its type. */
export function columnOf(id: ColumnId): Column {
  const column = byId.get(id);
  if (!column) throw new Error(`no such column: ${id}`);
  return column;
}

/** Past this age a sample is no longer what is: three intervals of the simulator and of the documented stream. */
const FRESH_SAMPLE_MS = 10_000;
const WARN_PERCENT = 70;
const DANGER_PERCENT = 90;

const plainly = (text: string): CellText => ({text, tone: 'plain'});
const dimly = (text: string): CellText => ({text, tone: 'dim'});
const toldText = (text: string | undefined): CellText => (text === undefined ? dimly('?') : plainly(text));

const never = (expiresAt: null | undefined): SortKey => (expiresAt === null ? Number.POSITIVE_INFINITY : undefined);

const isRunning = ({row}: RowView): boolean => row.sandbox.status === 'running' && !row.tombstone;

function statusCell({row: {sandbox, tombstone}, act, now}: RowView): CellText {
  if (tombstone) {
    const cause = tombstone.cause === 'deleted by you' ? 'deleted' : tombstone.cause;
    return dimly(`†${cause}${tombstone.inferred ? '?' : ''}`);
  }
  if (act) return {text: underWay(act, now), tone: 'accent'};
  return {text: sandbox.status, tone: statusTone(sandbox.status)};
}

function underWay({action, phase, dueAt}: Act, now: number): string {
  const words = sandboxAction(action).underWay;
  if (phase === 'unknown') return words.replace('…', '?');
  if (phase !== 'grace' || dueAt === undefined) return words;
  // The last tick may be a second old, and what has just been asked for was not.
  return `${action} ${Math.min(GRACE_MS / 1000, Math.ceil(Math.max(0, dueAt - now) / 1000))}s`;
}

/** Why there is no number; undefined when there is a sample. */
function absence(view: RowView): CellText | undefined {
  if (!isRunning(view)) return dimly('-');
  if (view.sampling === 'waiting') return dimly('…');
  return view.sampling === 'none' || !view.sample ? dimly('·') : undefined;
}

const isStale = ({sample, now}: RowView): boolean => sample !== undefined && now - sample.at > FRESH_SAMPLE_MS;

function loadCell(view: RowView, percent: number | undefined): CellText {
  const absent = absence(view);
  if (absent) return absent;
  if (percent === undefined || !Number.isFinite(percent)) return dimly('n/a');
  const shown = Math.round(percent);
  const text = `${levelGlyph(percent)}${String(shown).padStart(3)}%`;
  if (isStale(view)) return dimly(text);
  if (shown >= DANGER_PERCENT) return {text, tone: 'danger'};
  return {text, tone: shown >= WARN_PERCENT ? 'warn' : 'plain'};
}

function executionsCell(view: RowView): CellText {
  const absent = absence(view);
  if (absent) return absent;
  const {activeExecutions: active, totalExecutions: total} = view.sample ?? {};
  if (active === undefined && total === undefined) return dimly('n/a');
  const text = `${active === undefined ? '?' : shortCount(active)}/${total === undefined ? '?' : shortCount(total)}`;
  return isStale(view) ? dimly(text) : plainly(text);
}

/** `418`, `12k`, `3M`: four cells at the most. */
function shortCount(count: number): string {
  if (count < 10_000) return String(Math.round(count));
  return count < 10_000_000 ? `${Math.floor(count / 1000)}k` : `${Math.floor(count / 1_000_000)}M`;
}
