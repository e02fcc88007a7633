import type {Act} from './act.ts';
import {sandboxAction} from './actions.ts';
import {noticed} from './logging.ts';
import type {Seen} from './merge.ts';
import type {Row, Stamp} from './sandbox.ts';
import {actLogged, actRefused, asked, expiryChange, isExpiryFresh, isUnsent, withoutAct} from './sending.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** What an observation of its sandbox means for the act under way. `row` is the row with the observation in it. */
export function actSeen(state: State, seen: Seen, row: Row): Step {
  const act = state.acts.get(seen.patch.id);
  if (!act) return [state];
  if (act.phase === 'checking') return expirySeen(state, seen, act, row);
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

/** A life is reckoned only from an expiry that was told just now: a GET that does not tell it ends the extension. */
function expirySeen(state: State, {at, via, patch}: Seen, act: Act, row: Row): Step {
  if (isExpiryFresh(state, row, at)) return asked(state, act);
  if (via !== 'read') return [state];
  const why =
    patch.expiresAt === undefined ? 'the server does not tell when it expires' : 'what was read is old; press again';
  return [actRefused(state, at, act, `extend not sent: ${why}`)];
}

/** The act has brought about what it is for. */
export function isReached({action, expiryBefore}: Act, {sandbox}: Row): boolean {
  if (action !== 'extend') return sandboxAction(action).settles.includes(sandbox.status);
  const {expiresAt} = sandbox;
  return (
    expiresAt === null || (typeof expiresAt === 'number' && expiresAt > (expiryBefore ?? Number.POSITIVE_INFINITY))
  );
}

/** Still in a state to begin from, as if nothing had been sent; in between (`pausing`) it is worth asking again. */
function isUntouched({action}: Act, {sandbox}: Row): boolean {
  const {from} = sandboxAction(action);
  return from === undefined || from.includes(sandbox.status);
}

export const isShortened = ({action, expiryBefore}: Act, expiresAt: number | null | undefined): expiresAt is number =>
  action === 'extend' && typeof expiresAt === 'number' && typeof expiryBefore === 'number' && expiresAt < expiryBefore;

/** An extension must never cost life: if it did, somebody has to know at once. */
export function actShortened(state: State, at: Stamp, act: Act, expiresAt: number): State {
  const text = `expires EARLIER than before: ${expiryChange(act.expiryBefore, expiresAt)}`;
  const ended = actLogged(withoutAct(state, act.id), at, act, {text, tone: 'danger'});
  return noticed(ended, at, `${act.id} ${text}`, 'danger');
}

export function actDone(state: State, at: Stamp, act: Act, row: Row | undefined): State {
  const {done} = sandboxAction(act.action);
  const expiresAt = row?.sandbox.expiresAt;
  const change =
    act.action === 'extend' && typeof expiresAt === 'number' ? expiryChange(act.expiryBefore, expiresAt) : '';
  const text = change === '' ? done : `${done} ${change}`;
  const ended = actLogged(withoutAct(state, act.id), at, act, {text, tone: 'good'});
  return noticed(ended, at, `${act.id} ${text}`);
}

/** The sandbox can be read and the route cannot be found: it is the route that this server lacks. */
function actUnsupported(state: State, at: Stamp, act: Act): State {
  const off = {...state, unsupported: state.unsupported.add(act.action)};
  return actRefused(off, at, act, `${act.action} is not supported by this server`, act.doubt);
}

/** Its sandbox is gone: what a delete was for, and the end of anything else whose outcome is still open. */
export function actOutlived(state: State, id: string, at: Stamp): Step {
  const act = state.acts.get(id);
  if (!act || act.phase === 'sent') return [state];
  if (act.action === 'delete' && !isUnsent(act)) return [actDone(state, at, act, undefined)];
  const text = isUnsent(act) ? 'not sent: it is gone already' : `${act.action} ended: the sandbox is gone`;
  return [noticed(actLogged(withoutAct(state, id), at, act, {text, tone: 'warn'}), at, `${id}: ${text}`, 'warn')];
}

/** A GET that does not answer leaves an unknown outcome unknown; what waited for its answer ends. */
export function actUnread(state: State, id: string, at: Stamp, message: string): State {
  const act = state.acts.get(id);
  if (act?.phase === 'checking') return actRefused(state, at, act, `extend not sent: ${message}`);
  if (act?.doubt) return actRefused(state, at, act, `refused: ${act.doubt.message}`, act.doubt);
  return state;
}
