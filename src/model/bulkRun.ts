import type {Act} from './act.ts';
import type {ActionId} from './actions.ts';
import {type Bulk, type BulkPhase, isUnderWay} from './bulk.ts';
import {bulkStopped} from './bulkStop.ts';
import type {Effect} from './event.ts';
import {formatCount} from './format.ts';
import {itemEnded, withItemPhase} from './ledger.ts';
import {setsExpiry} from './lifetime.ts';
import {logged, noticed} from './logging.ts';
import {bulkReason, lateReason} from './refusal.ts';
import type {Row, Stamp} from './sandbox.ts';
import {actLogged, asked, isExpiryFresh, newAct, readFirst} from './sending.ts';
import {GONE_ALREADY} from './settling.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** So many are looked at, or on their way, at once. */
const LANES = 3;
/** What was told of a row is believed so long, and only while the screen is LIVE. */
const FRESH_ROW_MS = 60_000;

/**
 * Begins as many as may be on their way, stops where that is no use, and ends the whole when none is left. A loop:
 * thousands may have to be left out one after the other.
 */
export function bulkAdvanced(state: State, at: Stamp): Step {
  const effects: Effect[] = [];
  let next = state;
  for (let id = idDue(next); id !== undefined; id = idDue(next)) {
    const [going, ...more] = begun(withoutNext(next), at, id);
    next = going;
    effects.push(...more);
  }
  return [rested(next, at), ...effects];
}

/** Whose turn it is, if one more may be on its way. */
function idDue({bulk, quitting}: State): string | undefined {
  if (!isUnderWay(bulk) || quitting) return undefined;
  const isHeld = [bulk.trouble, bulk.pausedBy, bulk.graceUntil].some((why) => why !== undefined);
  return isHeld || bulk.counts.running >= LANES ? undefined : nextOf(bulk);
}

/** Nothing more can begin now: all is decided, or it stands still, or what is on its way is waited for. */
function rested(state: State, at: Stamp): State {
  const {bulk} = state;
  if (!isUnderWay(bulk)) return state;
  const {waiting, running: going, accepted} = bulk.counts;
  if (waiting + going + accepted === 0) return ended(state, at, bulk);
  return bulk.trouble === undefined ? state : stoodStill(state, at, bulk, bulk.trouble);
}

/** Stopped by what came of one of them: what has not left must not go on. */
function stoodStill(state: State, at: Stamp, bulk: Bulk, why: string): State {
  const stopped = bulkStopped({...state, bulk: {...bulk, trouble: undefined}}, why);
  return noticed(stopped, at, `${bulk.action} stands still: ${why}; b shows the ledger`, 'danger');
}

const nextOf = ({ids, next, again}: Bulk): string | undefined => ids[next] ?? again[0];

function withoutNext(state: State): State {
  const {bulk} = state;
  if (!bulk) return state;
  const isFirstTime = bulk.next < bulk.ids.length;
  const next = isFirstTime ? {...bulk, next: bulk.next + 1} : {...bulk, again: bulk.again.slice(1)};
  return {...state, bulk: next};
}

/** Looked at once more before anything of it leaves: the plan may be minutes old. */
function begun(state: State, at: Stamp, id: string): Step {
  const {bulk} = state;
  if (!bulk) return [state];
  const {action} = bulk;
  const timeout = bulk.timeout && {seconds: bulk.timeout.seconds, mayShorten: bulk.timeout.shorter.has(id)};
  // What holds for one holds for all of them: an offline server, a refused key, a route that this server lacks.
  const why = bulkReason(state, action);
  if (why !== undefined) return [bulkStopped(itemEnded(running(state, bulk, id), id, notTried), why)];
  const act = newAct(action, id, at, {timeout, isBulk: true});
  const going = running(state, bulk, id);
  const row = state.rows.get(id);
  const verdict = passedOver(state, action, row, id);
  if (verdict || !row) return [leftOut(going, at, act, verdict ?? gone(action, 'it is no longer in the list'))];
  return needsRead(state, at, action, row) ? readFirst(going, act) : asked(going, act);
}

/** It never was an act under way: another one on the same sandbox may be, and goes on. */
const leftOut = (state: State, at: Stamp, act: Act, ending: ReturnType<typeof gone>): State =>
  itemEnded(actLogged(state, at, act, ending), act.id, ending);

const notTried = {result: 'waiting', text: 'not sent'} as const;

const running = (state: State, bulk: Bulk, id: string): State => ({
  ...state,
  bulk: withItemPhase(bulk, id, {phase: 'running', text: 'under way', status: undefined, requestId: undefined}),
});

const gone = (action: ActionId, why: string) =>
  action === 'delete'
    ? ({result: 'done', text: GONE_ALREADY, after: 'deleted'} as const)
    : ({result: 'skipped', text: `not sent: ${why}`, tone: 'warn'} as const);

/** Why there is nothing to send for it. */
function passedOver(state: State, action: ActionId, row: Row | undefined, id: string) {
  if (row?.tombstone) return gone(action, `it is gone (${row.tombstone.cause})`);
  const why = state.acts.has(id)
    ? 'another act on it is under way'
    : (pinnedReason(state, id) ?? lateReason(state, action, row));
  return row && why !== undefined ? ({result: 'skipped', text: `not sent: ${why}`, tone: 'warn'} as const) : undefined;
}

const pinnedReason = ({pinned}: State, id: string): string | undefined =>
  pinned.has(id) ? 'it is pinned, which protects it' : undefined;

/** Whether a GET goes before the act: always before a delete, else where what is known may be old. */
export function needsRead(state: State, at: Stamp, action: ActionId, row: Row): boolean {
  if (action === 'delete') return true;
  const isFresh = state.link.phase === 'live' && at - row.asOf < FRESH_ROW_MS;
  return !isFresh || (setsExpiry(action) && !isExpiryFresh(state, row, at));
}

const worst: readonly BulkPhase[] = ['failed', 'unknown', 'skipped', 'done'];

/** What needs a look before what went well. */
const worstFirst = ({ids, items}: Bulk): readonly string[] =>
  worst.flatMap((phase) => ids.filter((id) => items.get(id)?.phase === phase));

/** Of each it is known what came of it. */
function ended(state: State, at: Stamp, bulk: Bulk): State {
  const text = summaryOf(bulk);
  const isGood = bulk.counts.failed + bulk.counts.unknown === 0;
  const tone = isGood ? 'good' : 'danger';
  const over = {...state, bulk: {...bulk, endedAt: at, shown: worstFirst(bulk), top: 0}};
  const told = logged(over, at, {kind: `${bulk.action} many`, text, source: 'you', tone});
  return noticed(
    told,
    at,
    `${bulk.action} of ${formatCount(bulk.ids.length)} is over: ${text}`,
    isGood ? 'plain' : 'danger',
  );
}

const told = [
  ['done', 'done'],
  ['failed', 'failed'],
  ['unknown', 'unknown'],
  ['skipped', 'skipped'],
  ['running', 'under way'],
  ['accepted', 'accepted'],
  ['waiting', 'not tried'],
] as const;

/** `12 done, 1 failed, 51 not tried`. */
export const summaryOf = ({counts}: Bulk): string =>
  told
    .filter(([phase]) => counts[phase] > 0)
    .map(([phase, word]) => `${formatCount(counts[phase])} ${word}`)
    .join(', ');
