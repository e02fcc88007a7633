import type {Act} from './act.ts';
import {sandboxAction} from './actions.ts';
import type {Failure} from './failure.ts';
import {formatMoment} from './format.ts';
import {itemEnded} from './ledger.ts';
import {setsExpiry, standingOf} from './lifetime.ts';
import type {Seen} from './merge.ts';
import type {Millis, Row, Stamp} from './sandbox.ts';
import {actEnded, actRefused, asked, expiryChange, isExpiryFresh, isUnsent, withoutAct} from './sending.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {wallAt} from './times.ts';

/** What an observation of its sandbox means for the act under way. `row` is the row with the observation in it. */
export function actSeen(state: State, seen: Seen, row: Row): Step {
  const act = state.acts.get(seen.patch.id);
  if (!act) return [state];
  if (act.phase === 'checking') return checkSeen(state, seen, act, row);
  if (seen.via === 'act' || act.sentAt === undefined || seen.asOf < act.sentAt) return [state];
  if (act.doubt) return [seen.via === 'read' ? actUnsupported(state, seen.at, act) : state];
  if (act.phase !== 'accepted' && act.phase !== 'unknown') return [state];
  if (isShortened(act, seen.patch.expiresAt)) return [actShortened(state, seen.at, act, seen.patch.expiresAt)];
  if (isReached(act, row)) return [actDone(state, seen.at, act, row)];
  if (act.phase === 'unknown' && seen.via === 'read' && isUntouched(act, row)) {
    return [actRefused(state, seen.at, act, `${act.action} did not happen`)];
  }
  return [state];
}

/** A life is reckoned only from an expiry that was told just now: a GET that does not tell it ends the act. */
function checkSeen(state: State, {at, asOf, via, patch}: Seen, act: Act, row: Row): Step {
  if (!setsExpiry(act.action)) return via === 'read' && asOf >= act.askedAt ? asked(state, act) : [state];
  if (isExpiryFresh(state, row, at)) return asked(state, act);
  if (via !== 'read') return [state];
  // Who agreed to a shorter life agreed to it whatever it is now.
  if (act.timeout?.mayShorten) return asked(state, act);
  const why =
    patch.expiresAt === undefined ? 'the server does not tell when it expires' : 'what was read is old; press again';
  return [actRefused(state, at, act, `${act.action} not sent: ${why}`)];
}

/** Our clock, the server's and the way between them: a new end of a life is the one asked for within this. */
const SAME_EXPIRY_MS = 90_000;

/** The act has brought about what it is for. */
export function isReached(act: Act, {sandbox}: Row): boolean {
  const {action, expiryBefore} = act;
  if (action === 'timeout') return isExpiryReached(act, sandbox);
  if (action === 'refresh') return (sandbox.tokenExpiresAt ?? 0) > (expiryBefore ?? Number.POSITIVE_INFINITY);
  if (action !== 'extend') return sandboxAction(action).settles.includes(sandbox.status);
  const {expiresAt} = sandbox;
  return (
    expiresAt === null || (typeof expiresAt === 'number' && expiresAt > (expiryBefore ?? Number.POSITIVE_INFINITY))
  );
}

/** Its end has moved, to where it was asked to be. */
function isExpiryReached(
  {timeout, expiryBefore, expiryWanted}: Act,
  {expiresAt, timeoutSeconds}: Row['sandbox'],
): boolean {
  if (typeof expiresAt !== 'number' || expiresAt === expiryBefore) return false;
  const isNear = expiryWanted !== undefined && Math.abs(expiresAt - expiryWanted) <= SAME_EXPIRY_MS;
  return isNear || timeoutSeconds === timeout?.seconds;
}

/** Still in a state to begin from, as if nothing had been sent; in between (`pausing`) it is worth asking again. */
function isUntouched({action, expiryBefore}: Act, {sandbox}: Row): boolean {
  // A renewed token leaves no trace that a GET must show.
  if (action === 'refresh') return false;
  if (action === 'timeout') return sandbox.expiresAt === expiryBefore;
  const {from} = sandboxAction(action);
  return from === undefined || from.includes(sandbox.status);
}

export const isShortened = (
  {action, timeout, expiryBefore}: Act,
  expiresAt: number | null | undefined,
): expiresAt is number =>
  (action === 'extend' || timeout?.mayShorten === false) &&
  typeof expiresAt === 'number' &&
  typeof expiryBefore === 'number' &&
  expiresAt < expiryBefore;

/** What nobody agreed to shorten must never cost life: if it did, somebody has to know at once. */
export function actShortened(state: State, at: Stamp, act: Act, expiresAt: number): State {
  const text = `expires EARLIER than before: ${expiryChange(act.expiryBefore, expiresAt, wallAt(state, at))}`;
  const after = new Date(expiresAt).toISOString();
  return actEnded(state, at, act, {result: 'failed', text, tone: 'danger', after});
}

export function actDone(state: State, at: Stamp, act: Act, row: Row | undefined): State {
  const {done} = sandboxAction(act.action);
  const change = row ? changeOf(act, row.sandbox, wallAt(state, at)) : '';
  const text = change === '' ? done : `${done} ${change}`;
  const after = act.action === 'delete' ? 'deleted' : standingOf(act.action, row?.sandbox);
  return actEnded(state, at, act, {result: 'done', text, tone: 'good', after});
}

function changeOf(
  {action, expiryBefore, savePath}: Act,
  {expiresAt, tokenExpiresAt}: Row['sandbox'],
  today: Millis,
): string {
  if (setsExpiry(action)) return typeof expiresAt === 'number' ? expiryChange(expiryBefore, expiresAt, today) : '';
  if (action !== 'refresh') return '';
  const until = tokenExpiresAt === undefined ? '' : `until ${formatMoment(tokenExpiresAt, today)}`;
  return savePath === undefined ? until : `${until}, written to ${savePath}`;
}

/** The sandbox can be read and the route cannot be found: it is the route that this server lacks. */
function actUnsupported(state: State, at: Stamp, act: Act): State {
  const off = {...state, unsupported: state.unsupported.add(act.action)};
  const text = `${act.action} is not supported by this server`;
  const {requestId, status} = act.doubt ?? {};
  return actEnded(off, at, act, {result: 'failed', text, tone: 'danger', requestId, status, isFatal: true});
}

/** Its sandbox is gone: what a delete was for, and the end of anything else whose outcome is still open. */
export function actOutlived(state: State, id: string, at: Stamp): Step {
  const act = state.acts.get(id);
  if (!act || act.phase === 'sent') return [state];
  if (act.action === 'delete' && !isUnsent(act)) return [actDone(state, at, act, undefined)];
  if (act.action === 'delete' && act.isBulk) {
    return [actEnded(state, at, act, {result: 'done', text: GONE_ALREADY, after: 'deleted'})];
  }
  const isLate = !isUnsent(act);
  const text = isLate ? `${act.action} ended: the sandbox is gone` : 'not sent: it is gone already';
  return [actEnded(state, at, act, {result: isLate ? 'failed' : 'skipped', text, tone: 'warn'})];
}

/** What a delete is for has happened without it. */
export const GONE_ALREADY = 'gone already: nothing left to delete';

/** A GET that does not answer leaves an unknown outcome unknown; what waited for its answer ends. */
export function actUnread(state: State, id: string, at: Stamp, failure: Failure): State {
  const act = state.acts.get(id);
  if (act?.phase === 'checking') return checkUnread(state, at, act, failure);
  if (act?.doubt) return actRefused(state, at, act, `refused: ${act.doubt.message}`, act.doubt);
  return state;
}

/** Of many, those that could not be asked about are not tried: the next attempt may reach the server. */
function checkUnread(state: State, at: Stamp, act: Act, failure: Failure): State {
  const text = `${act.action} not sent: ${failure.message}`;
  if (!act.isBulk || failure.status !== undefined) return actRefused(state, at, act, text, failure);
  return itemEnded(withoutAct(state, act.id), act.id, {result: 'waiting', text, isTrouble: true});
}
