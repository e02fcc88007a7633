import type {Bulk, Plan} from './bulk.ts';
import type {Millis, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import {wallAt} from './times.ts';

/** A file to be: where, and what is in it. */
type FileText = {readonly path: string; readonly text: string};

const ndjson = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** `20251114-140211`, UTC. */
const stampOf = (wall: Millis): string => {
  const [date = '', time = ''] = new Date(wall).toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
};

const timeOf = (state: State, at: Stamp): string => new Date(wallAt(state, at)).toISOString();

/** One line for the plan, then one a sandbox, in the order in which they would be acted on. */
export function recordOfPlan(state: State, at: Stamp, plan: Plan): FileText {
  const {action, timeoutSeconds, ids, skipped, shortened, hidden} = plan;
  const {profile, host} = state.session;
  const head = {
    ...{plan: action, taken: timeOf(state, plan.openedAt), profile, host, filter: state.filter.active.text},
    ...(timeoutSeconds === undefined ? {} : {timeout_seconds: timeoutSeconds, shortened}),
    ...{count: ids.length, skipped: skipped.length, hidden, sent: 0},
  };
  const lines = ids.map((id) => ({id, action, ...standing(state, id)}));
  const left = skipped.map(({id, why}) => ({id, action: null, why}));
  return {
    path: `hopx-top-plan-${action}-${stampOf(wallAt(state, at))}.ndjson`,
    text: ndjson([head, ...lines, ...left]),
  };
}

function standing(state: State, id: string): object {
  const {status, region, templateName, expiresAt} = state.rows.get(id)?.sandbox ?? {};
  const expires = typeof expiresAt === 'number' ? new Date(expiresAt).toISOString() : expiresAt;
  return {status, region, template: templateName, expires_at: expires};
}

/** One line for the whole, then one a sandbox: what was done, failed, left out, and not tried. */
export function recordOfLedger(state: State, at: Stamp, bulk: Bulk, path?: string): FileText {
  const {action, ids, timeout, counts, pausedBy, endedAt} = bulk;
  const head = {
    ...{ledger: action, begun: timeOf(state, bulk.startedAt)},
    ...{ended: endedAt === undefined ? null : timeOf(state, endedAt), paused_by: pausedBy ?? null},
    ...(timeout ? {timeout_seconds: timeout.seconds} : {}),
    ...{count: ids.length, counts, left_out: bulk.left.length},
  };
  const left = bulk.left.map(({id, why}) => ({id, outcome: 'left out', text: why}));
  const lines = ids.map((id) => {
    const {phase, text, status, requestId} = bulk.items.get(id) ?? {};
    return {id, outcome: phase === 'waiting' ? 'not tried' : phase, text, status, request_id: requestId};
  });
  return {
    path: path ?? `hopx-top-ledger-${action}-${stampOf(wallAt(state, at))}.ndjson`,
    text: ndjson([head, ...lines, ...left]),
  };
}
