import type {Act} from './act.ts';
import {type ActionId, sandboxAction, sandboxActions} from './actions.ts';
import {isPlainId, type Row} from './sandbox.ts';
import {NEVER_EXPIRES} from './sending.ts';
import type {State} from './state.ts';

/** Statuses whose rules are documented; with any other word the server decides (docs.hopx.ai data-model). */
const knownStatuses: ReadonlySet<string> = new Set(['creating', 'running', 'paused', 'stopped', 'error']);

/**
 * Why an act on this sandbox cannot be asked for now, and what to do about it; undefined: it can. With the name of the
 * act before it, it fits a line of 80 cells.
 */
export function disabledReason(state: State, action: ActionId, id: string | undefined): string | undefined {
  if (state.session.readonly) return READ_ONLY;
  const row = id === undefined ? undefined : state.rows.get(id);
  if (!row) return 'no sandbox selected: move the cursor onto one';
  const act = state.acts.get(row.sandbox.id);
  return (
    blockedReason(state, action, row) ??
    (act ? underWayReason(act) : undefined) ??
    statusReason(action, row.sandbox.status) ??
    (action === 'extend' && row.sandbox.expiresAt === null ? NEVER_EXPIRES : undefined)
  );
}

export const READ_ONLY = 'read-only: start without --readonly to act';

/** What stops everything that would change something, whatever it is about. */
export const heldBackReason = (state: State): string | undefined =>
  state.session.readonly ? READ_ONLY : outOfTouchReason(state.link);

/** Why an act on many cannot be asked for now, whoever they are. */
export function bulkReason(state: State, action: ActionId): string | undefined {
  if (state.session.readonly) return READ_ONLY;
  if (action === 'refresh') return 'one at a time: unmark them (U) and move the cursor';
  return reachReason(state, action);
}

function outOfTouchReason({phase}: State['link']): string | undefined {
  if (phase === 'offline') return 'offline: nothing can be sent; r tries to connect again';
  return phase === 'auth' ? 'access denied: check the API key, then press r' : undefined;
}

/** What stops an act even when it was agreed to already: asked again in the moment in which it would leave. */
export const lateReason = (state: State, action: ActionId, row: Row | undefined): string | undefined =>
  blockedReason(state, action, row) ?? (row && statusReason(action, row.sandbox.status));

/** Where the name of the act is no verb. */
const verbs: Partial<Readonly<Record<ActionId, string>>> = {timeout: 'set', refresh: 'renew'};

function blockedReason(state: State, action: ActionId, row: Row | undefined): string | undefined {
  if (!row) return 'it is no longer in the list';
  if (row.tombstone) return `it is gone (${row.tombstone.cause}): nothing left to ${verbs[action] ?? action}`;
  if (!isPlainId(row.sandbox.id)) return 'its id holds characters that no request may carry: act on it elsewhere';
  return reachReason(state, action);
}

function reachReason(state: State, action: ActionId): string | undefined {
  const outOfTouch = outOfTouchReason(state.link);
  if (outOfTouch !== undefined) return outOfTouch;
  return state.unsupported.has(action) ? unsupportedReason(action) : undefined;
}

/** What stands in for a route that this server lacks. */
const instead: Partial<Readonly<Record<ActionId, ActionId>>> = {start: 'resume', stop: 'pause'};

function unsupportedReason(action: ActionId): string {
  const other = instead[action];
  const hint = other ? `; ${sandboxAction(other).key} (${other}) may do` : '';
  return `${action} is not supported by this server${hint}`;
}

function underWayReason(act: Act): string {
  if (act.isBulk) return `a ${act.action} of many has it: b shows the ledger`;
  if (act.phase === 'grace') return 'its delete is about to leave: u takes it back';
  if (act.phase === 'queued') return `its ${act.action} waits for the request limit: u takes it back`;
  return `${sandboxAction(act.action).underWay} is still under way: wait for its outcome`;
}

/** The control plane accepts it from there, as far as is documented. */
export function isFitting(action: ActionId, status: string): boolean {
  const {from} = sandboxAction(action);
  return !from || from.includes(status) || !knownStatuses.has(status);
}

function statusReason(action: ActionId, status: string): string | undefined {
  const {from} = sandboxAction(action);
  if (!from || isFitting(action, status)) return undefined;
  const fitting = sandboxActions
    .filter((other) => other.from?.includes(status))
    .map((other) => `${other.key} ${other.label}`);
  const hint = fitting.length > 0 ? `; possible: ${fitting.join(', ')}` : '';
  return `it is ${status}, not ${from.join(' or ')}${hint}`;
}
