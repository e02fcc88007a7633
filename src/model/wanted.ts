import {reserved} from './limit.ts';
import {idsFrom, rankOfKey} from './order.ts';
import {isPlainId, type Row, type Sandbox} from './sandbox.ts';
import {isOpen} from './select.ts';
import type {State} from './state.ts';
import {serverAt} from './times.ts';

/** Scrolling and moving have stopped when nothing moved for this long. */
const REST_MS = 300;
/** A record older than this is read again while it is on the screen in full. */
const OLD_RECORD_MS = 60_000;
/** From this size on the detail stands beside the list. */
const DETAIL_BESIDE = {columns: 110, rows: 30} as const;
/** What is about to expire is asked for once more: somebody may have given it a longer life. */
const LAST_LOOK_MS = 2 * 60_000;
/** So many of those that expire next are looked at. */
const LOOKED_AT = 20;
/** Of what nobody has asked for, only while more than this part of the budget is left. */
const SPARE_PART = 0.5;

/**
 * The metric streams that should be open: of the sandbox under the cursor, of the pinned and of the visible ones, then
 * of those whose turn it is; running ones only, at most so many as may be. While the list scrolls no new one is asked for. The
 * runtime opens and closes until reality agrees.
 */
export function selectWantedMetrics(state: State, most = state.session.metricsLimit): readonly string[] {
  if (state.link.phase === 'auth' || state.quitting) return [];
  const {cursor, order, top, screen, metrics, pinned, rotation} = state;
  const isScrolling = state.now - state.scrolledAt < REST_MS;
  const isWanted = (id: string) => isRunning(state.rows.get(id)) && (!isScrolling || isOpen(metrics.get(id)));
  const first = cursor.id === undefined ? [] : [cursor.id];
  const seen = [...new Set([...first, ...pinned, ...idsFrom(order, top, screen.listRows)])].filter(isWanted);
  const isTurn = (id: string) => !seen.includes(id) && isWanted(id);
  // What is looked at never makes way for all of them.
  const turn = (rotation?.ids ?? []).filter(isTurn).slice(0, Math.max(0, most - 1));
  return [...seen.slice(0, Math.max(0, most - turn.length)), ...turn].slice(0, most);
}

export const isRunning = (row: Row | undefined): row is Row =>
  row !== undefined && row.sandbox.status === 'running' && !row.tombstone && isPlainId(row.sandbox.id);

/**
 * The sandboxes whose whole record should be read, the most wanted first: the one under the cursor once it has come to
 * rest there, if the list left something out, or if it is shown in full and old; then, out of a budget that has them to
 * spare, the visible ones of which the list told too little, and those that are about to expire. A read that failed is
 * wanted still: the runtime spaces the attempts.
 */
export function selectWantedReads(state: State): readonly string[] {
  if (state.now - Math.max(state.lastKeyAt, state.scrolledAt) < REST_MS) return [];
  if (!mayAsk(state, reserved)) return [];
  const ofCursor = wantedOfCursor(state);
  if (!mayAsk(state, (limit) => limit * SPARE_PART)) return ofCursor;
  const visible = idsFrom(state.order, state.top, state.screen.listRows);
  const nextToExpire = rankOfKey(state.expiring, serverAt(state, state.now));
  const lacking = visible.filter((id) => mayBeRead(state, id) && lacks(state.rows.get(id), listFields));
  const expiring = idsFrom(state.expiring, nextToExpire, LOOKED_AT);
  const due = expiring.filter((id) => mayBeRead(state, id) && isLastLookDue(state, id));
  return [...new Set([...ofCursor, ...lacking, ...due])];
}

function wantedOfCursor(state: State): readonly string[] {
  const {id} = state.cursor;
  const row = id === undefined ? undefined : state.rows.get(id);
  if (id === undefined || !row || !mayBeRead(state, id)) return [];
  const isOld = state.now - Math.max(row.asOf, row.readAsOf ?? row.asOf) > OLD_RECORD_MS;
  return lacks(row, recordFields) || (isOld && isDetailVisible(state)) ? [id] : [];
}

/** Not while an act on it is under way: that reads by itself. */
function mayBeRead({rows, acts}: State, id: string): boolean {
  const row = rows.get(id);
  return row !== undefined && !row.tombstone && isPlainId(id) && !acts.has(id);
}

/** Fields that a line of the list shows. */
const listFields: readonly (keyof Sandbox)[] = ['templateName', 'region', 'createdAt', 'expiresAt'];

/** Fields that the documented record of one sandbox has and a line of a list may lack (docs.hopx.ai get-sandbox). */
const recordFields: readonly (keyof Sandbox)[] = [
  ...listFields,
  'timeoutSeconds',
  'publicHost',
  'vcpu',
  'memoryBytes',
  'diskBytes',
];

/** Read once, a server that keeps something back is not asked again. */
const lacks = (row: Row | undefined, fields: readonly (keyof Sandbox)[]): boolean =>
  row !== undefined && row.readAsOf === undefined && fields.some((field) => row.sandbox[field] === undefined);

/** Its expiry is near, and was told, or asked for, before it was. */
function isLastLookDue(state: State, id: string): boolean {
  const {sandbox, expiryAsOf = state.startedAt, readAsOf = expiryAsOf} = state.rows.get(id) ?? {};
  const {expiresAt} = sandbox ?? {};
  if (typeof expiresAt !== 'number') return false;
  const from = expiresAt - LAST_LOOK_MS;
  const now = serverAt(state, state.now);
  return now >= from && now < expiresAt && serverAt(state, Math.max(expiryAsOf, readAsOf)) < from;
}

const isDetailVisible = ({detailOpen, screen}: State): boolean =>
  detailOpen || (screen.columns >= DETAIL_BESIDE.columns && screen.rows >= DETAIL_BESIDE.rows);

/** Somebody would answer, and more of the budget is left than `kept` of its limit. */
function mayAsk({link, budget, now}: State, kept: (limit: number) => number): boolean {
  if (link.phase === 'offline' || link.phase === 'auth') return false;
  return !budget || budget.resetAt <= now || budget.remaining > kept(budget.limit);
}
