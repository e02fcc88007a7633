import {Map as ImmutableMap} from 'immutable';
import type {Dialog} from '../../src/model/act.ts';
import {columnOf} from '../../src/model/columns.ts';
import {initialState} from '../../src/model/initial.ts';
import {emptyLog, type LogEntry, withLogEntry} from '../../src/model/log.ts';
import {type OrderEntry, orderOf} from '../../src/model/order.ts';
import type {Row} from '../../src/model/sandbox.ts';
import {viewOf} from '../../src/model/select.ts';
import {FINE_MS, openSeries, type Series, withSample} from '../../src/model/series.ts';
import type {Session, State} from '../../src/model/state.ts';
import {DAY, HOUR, MINUTE, row, SECOND, sample, sandbox, T0, WALL0} from '../support/builders.ts';

export const session: Session = {
  profile: 'prod',
  host: 'api.hopx.dev',
  keyId: 'hopx_live_7f2c…',
  readonly: false,
  demo: false,
  metricsLimit: 24,
};

/** A screen that has been live for a while, with these rows: what reduce would have made of them, made by hand. */
export function stateOf(rows: readonly Row[], over: Partial<State> = {}): State {
  const first = initialState({session, now: T0, wall: WALL0});
  const byId = ImmutableMap(rows.map((each): [string, Row] => [each.sandbox.id, each]));
  const alive = rows.filter(({tombstone}) => !tombstone);
  const counts = ImmutableMap<string, number>().withMutations((map) => {
    for (const {
      sandbox: {status},
    } of alive)
      map.update(status, 0, (count) => count + 1);
  });
  const state: State = {
    ...first,
    rows: byId,
    live: alive.length,
    counts,
    tombstones: rows.flatMap((each) => (each.tombstone ? [each.sandbox.id] : [])),
    link: {...first.link, phase: 'live', heardAt: T0, openedAt: T0 - HOUR},
    listing: {...first.listing, run: 1, phase: 'complete', beganAt: T0 - HOUR, endedAt: T0 - HOUR, pages: 1},
    ...over,
  };
  const order = over.order ?? orderOf(keyed(state, rows), state.sort.descending);
  const dying = alive.flatMap(({sandbox: {id, expiresAt}}) =>
    typeof expiresAt === 'number' ? [{id, key: expiresAt}] : [],
  );
  return {...state, order, expiring: over.expiring ?? orderOf(dying, false)};
}

function keyed(state: State, rows: readonly Row[]): readonly OrderEntry[] {
  const {sortKey} = columnOf(state.sort.column);
  return rows.flatMap(({sandbox: {id}}) => {
    const view = viewOf(state, id);
    return view ? [{id, key: sortKey(view)}] : [];
  });
}

/** Ten minutes of samples up to T0: a slow wave, without the slots that `isGap` names (in slots before now). */
export function wave(isGap: (slotsAgo: number) => boolean = () => false): Series {
  const samples = Array.from({length: 300}, (_, index) => 299 - index)
    .filter((ago) => !isGap(ago))
    .map((ago) =>
      sample({
        at: T0 - ago * FINE_MS,
        cpuPercent: 50 + 45 * Math.sin(ago / 20),
        memoryPercent: 40 + (300 - ago) / 14,
        memoryUsedBytes: 2.5 * 1024 ** 3,
        memoryTotalBytes: 4 * 1024 ** 3,
        diskPercent: 61,
        diskUsedBytes: 6.1 * 1024 ** 3,
        diskTotalBytes: 10 * 1024 ** 3,
        uptimeSeconds: 4000 - ago * 2,
        totalExecutions: 418 - ago,
        activeExecutions: 2,
        errorCount: 3,
        p95DurationMs: 840,
      }),
    );
  return samples.reduce(withSample, openSeries(T0 - 10 * MINUTE));
}

/** The same without CPU, memory and disk: what the documented stream carries. */
export function countersOnly(): Series {
  const samples = Array.from({length: 300}, (_, index) => 299 - index).map((ago) =>
    sample({
      at: T0 - ago * FINE_MS,
      totalExecutions: 900 - 2 * ago,
      activeExecutions: 3 + Math.round(2 * Math.sin(ago / 15)),
      errorCount: 12,
    }),
  );
  return samples.reduce(withSample, openSeries(T0 - 10 * MINUTE));
}

const told = (over: Parameters<typeof sandbox>[0], more: Partial<Row> = {}) => row({sandbox: sandbox(over), ...more});

/** Nine sandboxes in every state that a list can show. */
const sketchRows: readonly Row[] = [
  told({expiresAt: WALL0 + 108 * SECOND, createdAt: WALL0 - 3 * HOUR - 12 * MINUTE, tokenExpiresAt: WALL0 + 22 * HOUR}),
  told({id: 'sb_02bd77e1aa', expiresAt: WALL0 + 250 * SECOND, createdAt: WALL0 - 58 * MINUTE}),
  told({id: 'sb_71ee0094fd', templateName: 'agent-node20', region: 'eu-west', expiresAt: WALL0 + 595 * SECOND}),
  told({id: 'sb_a1c4d2f009', expiresAt: WALL0 + 22 * MINUTE + 5 * SECOND, status: 'paused'}),
  told({id: 'sb_5d0e3b8c77', status: 'creating', expiresAt: undefined, createdAt: WALL0 - 4 * SECOND}),
  told({id: 'sb_c88f10a2b6', templateName: 'agent-node20', expiresAt: WALL0 + 41 * MINUTE, nodeId: 'n-131'}),
  told({id: 'sb_3f6721de90', region: 'eu-west', expiresAt: null, createdAt: WALL0 - 6 * DAY - 2 * HOUR}),
  told({id: 'sb_e0b95a4c13', status: 'error', expiresAt: undefined, createdAt: WALL0 - 12 * MINUTE}),
  told(
    {id: 'sb_77a0c5e8f2', expiresAt: WALL0 - 12 * SECOND},
    {tombstone: {diedAt: T0 - 12 * SECOND, foundAt: T0 - 12 * SECOND, cause: 'expired', inferred: true}},
  ),
];

const said = (entry: Partial<LogEntry>): Omit<LogEntry, 'seq'> => ({
  at: T0,
  wall: WALL0,
  kind: 'created',
  id: undefined,
  text: '',
  source: 'stream',
  requestId: undefined,
  status: undefined,
  tone: 'plain',
  ...entry,
});

const sketchLog = [
  said({
    wall: WALL0 - 29 * SECOND,
    kind: 'gap',
    text: 'stream lost, 11s; the list was read anew',
    source: 'client',
    tone: 'warn',
  }),
  said({wall: WALL0 - 13 * SECOND, id: 'sb_5d0e3b8c77', text: 'agent-py311 us-east'}),
  said({
    wall: WALL0 - 4 * SECOND,
    kind: 'extend',
    id: 'sb_a1c4d2f009',
    text: '14:14:00 -> 14:44:00',
    source: 'you',
    requestId: 'r_8bf',
    status: 200,
    tone: 'good',
  }),
  said({kind: 'expired', id: 'sb_77a0c5e8f2', text: 'timeout reached (1h), disk deleted'}),
].reduce(withLogEntry, emptyLog);

/** The fleet of the pictures: two sampled, the first selected, the last dead. */
export const sketch = (over: Partial<State> = {}): State =>
  stateOf(sketchRows, {
    cursor: {id: 'sb_9f3a71c204', index: 0},
    log: sketchLog,
    budget: {limit: 100, remaining: 87, resetAt: T0 + 38 * SECOND},
    metrics: ImmutableMap({
      sb_9f3a71c204: wave((ago) => ago > 60 && ago < 84),
      sb_02bd77e1aa: wave(() => false),
    }),
    ...over,
  });

/** A delete that is being confirmed: half of the word is typed. */
export const deleteQuestion: Dialog = {
  action: 'delete',
  consent: 'type',
  frozen: sandbox(),
  timeoutSeconds: undefined,
  openedAt: T0,
  typed: 'c2',
  word: 'c204',
  focus: 'cancel',
  changed: undefined,
};
