import type {Api} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import {filterableStatuses} from '../contract/sandbox.ts';
import {type ColumnId, columnOf} from '../model/columns.ts';
import {matchesFilter} from '../model/filter.ts';
import {idsFrom, orderOf} from '../model/order.ts';
import type {Row} from '../model/sandbox.ts';
import type {RowView} from '../model/view.ts';
import type {CliError, ExitName} from './exit.ts';
import {type Asking, explain} from './explain.ts';
import type {WatchOptions} from './parse.ts';
import {jsonText, tableText} from './print.ts';
import {readFleet} from './readFleet.ts';

/** What goes where, and how the program ends. */
export type Printed = {readonly stdout: string; readonly stderr: readonly string[]; readonly exit: ExitName};

export type OnceOptions = Pick<WatchOptions, 'filter' | 'region' | 'status' | 'sort' | 'output'>;

export type OnceWorld = {
  readonly api: Pick<Api, 'listSandboxes'>;
  readonly clock: Clock;
  /** Server clock minus ours, asked after the list was read. */
  readonly skewMs: () => number;
  readonly asking: Asking;
  /** Says a word to whoever waits. */
  readonly say: (sentence: string) => void;
};

/** As on the screen: soonest to expire first. */
const usualSort = {column: 'expires' as ColumnId, descending: false};

/**
 * Reads the whole list once and prints it. `--region` and `--status` are sent to the server, and tried here again for
 * a server that ignores them; other terms are ours alone. A part of the list is printed as such, and ends with the code
 * of what cut it (1 when it was the server): a script that looks only at the code must not take it for the whole.
 */
export async function printOnce(options: OnceOptions, {api, clock, skewMs, asking, say}: OnceWorld): Promise<Printed> {
  const onWait = (ms: number) => say(waiting(ms, asking));
  const fleet = await readFleet(questionOf(options), {api, clock, onWait});
  const failed = fleet.failure && explain(fleet.failure, asking);
  if (failed && fleet.rows.size === 0) throw failed;
  const views = chosenViews([...fleet.rows.values()], options, clock, skewMs());
  const complete = fleet.gap === undefined;
  return {
    stdout: options.output === 'json' ? jsonText(views, complete) : tableText(views),
    stderr: [
      ...(views.length === 0 ? [emptiness(fleet.rows.size, options)] : []),
      ...(complete ? [] : [`this is a part of the list: ${failed?.message ?? fleet.gap}`]),
    ],
    exit: complete ? 'ok' : exitOf(failed),
  };
}

const exitOf = (failed: CliError | undefined): ExitName => failed?.exit ?? 'general';

const waiting = (ms: number, {origin}: Asking) =>
  `${origin.host} takes no more requests for now: waiting ${Math.ceil(ms / 1000)} s before the list goes on (Ctrl-C ends it)`;

/** Only what a server may be asked: any other status is for our own filter, and so is a beginning such as `us-*`. */
function questionOf({region, status}: OnceOptions) {
  const isAskable = filterableStatuses.some((known) => known === status);
  return {
    ...(region !== undefined && !region.endsWith('*') ? {region} : {}),
    ...(status !== undefined && isAskable ? {status} : {}),
  };
}

function emptiness(read: number, {filter}: OnceOptions): string {
  if (filter.text === '') return 'no sandboxes';
  return read === 0 ? `no sandboxes match ${filter.text}` : `no sandboxes: 0 of ${read} match ${filter.text}`;
}

function chosenViews(
  rows: readonly Row[],
  {filter, sort = usualSort}: OnceOptions,
  clock: Clock,
  skewMs: number,
): readonly RowView[] {
  const now = clock.monotonic();
  const wall = clock.wall();
  const views = rows
    .map((row): RowView => ({...unsampled, row, now, wall, serverNow: wall + skewMs}))
    .filter((view) => matchesFilter(filter, view));
  const byId = new Map(views.map((view) => [view.row.sandbox.id, view]));
  const {sortKey} = columnOf(sort.column);
  const order = orderOf(
    views.map((view) => ({id: view.row.sandbox.id, key: sortKey(view)})),
    sort.descending,
  );
  return idsFrom(order, 0, order.size).flatMap((id) => byId.get(id) ?? []);
}

const unsampled = {act: undefined, isPinned: false, sampling: 'none', sample: undefined, bucket: undefined} as const;
