import {Map as ImmutableMap} from 'immutable';
import type {Act} from '../../src/model/act.ts';
import {initialState} from '../../src/model/initial.ts';
import {orderOf} from '../../src/model/order.ts';
import type {Sample} from '../../src/model/sample.ts';
import type {Millis, Row, Sandbox, Stamp} from '../../src/model/sandbox.ts';
import {newAct} from '../../src/model/sending.ts';
import type {Session, State} from '../../src/model/state.ts';
import type {RowView} from '../../src/model/view.ts';

/** Where the monotonic clock stands when a story begins. */
export const T0: Stamp = 1_000_000;

/** What the wall clock, ours and the server's, shows at T0: 2025-11-14 14:02:11 UTC. */
export const WALL0: Millis = Date.UTC(2025, 10, 14, 14, 2, 11);

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A running sandbox, told in full, an hour old and with an hour to live. */
export function sandbox(over: Partial<Sandbox> = {}): Sandbox {
  return {
    id: 'sb_9f3a71c204',
    status: 'running',
    templateId: 'tpl_1',
    templateName: 'agent-py311',
    region: 'us-east',
    nodeId: 'n-114',
    organizationId: '42',
    publicHost: 'https://sb_9f3a71c204.hopx.dev',
    createdAt: WALL0 - HOUR,
    updatedAt: undefined,
    expiresAt: WALL0 + HOUR,
    timeoutSeconds: 7200,
    tokenExpiresAt: undefined,
    vcpu: 2,
    memoryBytes: 4 * 1024 ** 3,
    diskBytes: 10 * 1024 ** 3,
    internetAccess: true,
    liveMode: true,
    ...over,
  };
}

/** A live row told at T0. */
export function row(over: Partial<Row> = {}): Row {
  return {
    sandbox: sandbox(),
    asOf: T0,
    version: undefined,
    expiryAsOf: T0,
    readAsOf: undefined,
    versionFloor: undefined,
    parts: undefined,
    cleared: [],
    tombstone: undefined,
    ...over,
  };
}

/** One line as columns and filters see it at T0: not sampled, nothing under way. */
export function view(over: Partial<RowView> = {}): RowView {
  return {
    row: row(),
    act: undefined,
    isPinned: false,
    sampling: 'none',
    sample: undefined,
    bucket: undefined,
    now: T0,
    wall: WALL0,
    serverNow: WALL0,
    ...over,
  };
}

/** The line of a sandbox that is as usual but for `over`. */
export const viewOfSandbox = (over: Partial<Sandbox>, more: Partial<RowView> = {}): RowView =>
  view({row: row({sandbox: sandbox(over)}), ...more});

/** A sample that says nothing but what `over` tells. */
export function sample(over: Partial<Sample> = {}): Sample {
  return {
    at: T0,
    cpuPercent: undefined,
    memoryPercent: undefined,
    memoryUsedBytes: undefined,
    memoryTotalBytes: undefined,
    diskPercent: undefined,
    diskUsedBytes: undefined,
    diskTotalBytes: undefined,
    uptimeSeconds: undefined,
    totalExecutions: undefined,
    activeExecutions: undefined,
    errorCount: undefined,
    requestsTotal: undefined,
    p95DurationMs: undefined,
    ...over,
  };
}

/** A pause that was sent at T0 and is not answered yet. */
export const act = (over: Partial<Act> = {}): Act => ({
  ...newAct('pause', 'sb_9f3a71c204', T0),
  sentAt: T0,
  ...over,
});

export const session: Session = {
  profile: 'prod',
  host: 'api.hopx.dev',
  keyId: 'hopx_live_k3y…',
  readonly: false,
  demo: false,
  metricsLimit: 24,
};

/** A program that has just begun at T0, but for `over`. */
export const state = (over: Partial<State> = {}): State => ({
  ...initialState({session, now: T0, wall: WALL0}),
  ...over,
});

/** A fleet as the list shows it, unfiltered, in the order given. */
export function fleet(
  sandboxes: readonly (Partial<Sandbox> & {readonly id: string})[],
  over: Partial<State> = {},
): State {
  const told = sandboxes.map((each) => sandbox(each));
  const expiring = told.flatMap(({id, expiresAt}) => (typeof expiresAt === 'number' ? [{id, key: expiresAt}] : []));
  return state({
    rows: ImmutableMap(told.map((each): [string, Row] => [each.id, row({sandbox: each})])),
    order: orderOf(
      told.map(({id}, index) => ({id, key: index})),
      false,
    ),
    expiring: orderOf(expiring, false),
    ...over,
  });
}
