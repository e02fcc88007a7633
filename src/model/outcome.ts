import type {Act} from './act.ts';
import {type ActionId, sandboxAction} from './actions.ts';
import {checkSuspects} from './checking.ts';
import {sandboxGone} from './dying.ts';
import type {EventOf} from './event.ts';
import type {Failure} from './failure.ts';
import {journalledNow} from './journal.ts';
import {itemAccepted} from './ledger.ts';
import {setsExpiry} from './lifetime.ts';
import {sandboxObserved} from './observing.ts';
import type {SandboxPatch, Stamp} from './sandbox.ts';
import {actEnded, actLogged, actNoticed, actRefused, newAct, readFirst, saidOf, withAct} from './sending.ts';
import {actDone, actOutlived, actShortened, GONE_ALREADY, isReached, isShortened} from './settling.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';

/** When a GET is sent if nothing has confirmed the act, counted from the one before; after the last we give up. */
const CHECK_AFTER_MS = [2000, 4000, 8000, 8000, 8000] as const;

const nextCheck = (checks: number, at: Stamp): Stamp => at + (CHECK_AFTER_MS[checks] ?? 8000);

/** An outcome counts even if we had given up waiting for it. */
const actOf = (
  state: State,
  {action, id, at}: {readonly action: ActionId; readonly id: string; readonly at: Stamp},
): Act => {
  const act = state.acts.get(id);
  return act?.action === action ? act : newAct(action, id, at);
};

/**
 * The server took it. It is done once an event, a list or a GET shows it: that line of the log has the answer too, so that
 * this one stands in the journal alone.
 */
export function actionAccepted(state: State, event: EventOf<'action.accepted'>): Step {
  const {at, asOf, id, requestId, status} = event;
  const asked = actOf(state, event);
  const latencyMs = asked.sentAt === undefined ? undefined : at - asked.sentAt;
  const act = {...asked, requestId, status, latencyMs};
  const before = state.rows.get(id);
  const wasReached =
    before !== undefined && act.sentAt !== undefined && before.asOf >= act.sentAt && isReached(act, before);
  const taken = itemAccepted(state, id, status, requestId);
  const waiting: Act = {...act, phase: 'accepted', sentAt: asOf, dueAt: nextCheck(0, at), checks: 0, doubt: undefined};
  const step = event.patch
    ? sandboxObserved(withAct(taken, waiting), {at, asOf, via: 'act', patch: event.patch})
    : ([withAct(taken, waiting)] as Step);
  const written = journalledNow(state, at, saidOf(act, {text: 'accepted'}));
  return andThen(step, (next) => [judged(next, at, waiting, event.patch, wasReached), ...written]);
}

/** What the reply itself settles: the new end of a life, or a sandbox that went before the reply came. */
function judged(state: State, at: Stamp, act: Act, patch: SandboxPatch | undefined, wasReached: boolean): State {
  if (!state.acts.has(act.id)) return state;
  const row = state.rows.get(act.id);
  if (!row || row.tombstone) return endedWithSandbox(state, at, act);
  if (isShortened(act, patch?.expiresAt)) return actShortened(state, at, act, patch.expiresAt);
  const isTold = setsExpiry(act.action) && patch?.expiresAt !== undefined && patch.expiresAt !== null;
  // A new token shows nowhere else: that the server took the request is all there is to know.
  return wasReached || isTold || act.action === 'refresh' ? actDone(state, at, act, row) : state;
}

function endedWithSandbox(state: State, at: Stamp, act: Act): State {
  if (act.action === 'delete') return actDone(state, at, act, undefined);
  const text = `${act.action} ended: the sandbox is gone`;
  return actEnded(state, at, act, {result: 'failed', text, tone: 'warn'});
}

/** Kinds that leave open whether the sandbox or the route is missing: 404, 405, 410 and 501. */
const mayLackRoute: ReadonlySet<string> = new Set(['unsupported', 'not-found']);

function isRouteInDoubt({action}: Act, {kind}: Failure): boolean {
  return sandboxAction(action).mayBeUnsupported && mayLackRoute.has(kind);
}

function routeDoubted(state: State, at: Stamp, act: Act, doubt: Failure): Step {
  const asking: Act = {...act, phase: 'unknown', sentAt: act.sentAt ?? at, dueAt: nextCheck(0, at), doubt};
  return [withAct(state, asking), {do: 'read', id: act.id, priority: 'act'}];
}

/** Nothing was changed. In the server's own words; then the sandbox is read, because it is not as we thought. */
export function actionRefused(state: State, event: EventOf<'action.refused'>): Step {
  const {at, id, failure} = event;
  const act = {...actOf(state, event), requestId: failure.requestId};
  if (act.action === 'delete' && failure.kind === 'not-found') return alreadyGone(state, at, act);
  if (isRouteInDoubt(act, failure)) return routeDoubted(state, at, act, failure);
  if (act.isBulk && hasNotLeft(failure)) return [notTried(state, at, act, failure)];
  const refused = actRefused(state, at, act, `refused: ${failure.message}`, failure);
  return failure.kind === 'read-only' ? [refused] : [refused, {do: 'read', id, priority: 'check'}];
}

/** Kinds that without a status mean that there was nobody to send to. */
const onTheWay: ReadonlySet<Failure['kind']> = new Set(['unreachable', 'timed-out', 'exhausted']);

const hasNotLeft = ({kind, status, mayHaveHappened}: Failure): boolean =>
  !mayHaveHappened && status === undefined && onTheWay.has(kind);

/** One of many for which there was no connection: put back, as the next attempt may reach the server. */
function notTried(state: State, at: Stamp, act: Act, {message}: Failure): State {
  const text = `${act.action} not sent: ${message}`;
  return actEnded(state, at, {...act, sentAt: undefined}, {result: 'waiting', text, tone: 'warn', isTrouble: true});
}

/** What a stream, a GET or a list says is gone; a 404 to a delete of ours ends that delete as well. */
export function sandboxLost(state: State, event: EventOf<'sandbox.gone'>): Step {
  const act = state.acts.get(event.id);
  const step =
    event.via === 'act' && act?.action === 'delete' ? alreadyGone(state, event.at, act) : sandboxGone(state, event);
  return andThen(step, (next) => andThen(readAgain(next, event), checkSuspects));
}

/** The answer that an act waited for is older than what is known: only a new one decides. */
function readAgain(state: State, {id, via}: EventOf<'sandbox.gone'>): Step {
  const act = state.acts.get(id);
  return via === 'read' && act?.phase === 'checking' ? readFirst(state, act) : [state];
}

/** 404 on a delete: somebody, or the clock, was quicker. It is what the user wanted. */
function alreadyGone(state: State, at: Stamp, act: Act): Step {
  const ended = actEnded(state, at, act, {result: 'done', text: GONE_ALREADY, status: 404, after: 'deleted'});
  return sandboxGone(ended, {at, asOf: at, id: act.id, via: 'act'});
}

/** No answer: it may have happened. Never sent again; a GET decides. */
export function actionUnknown(state: State, event: EventOf<'action.unknown'>): Step {
  const {at, id, failure} = event;
  const act = {...actOf(state, event), requestId: failure.requestId};
  if (isRouteInDoubt(act, failure)) return routeDoubted(state, at, act, failure);
  if (state.rows.get(id)?.tombstone) return actOutlived(withAct(state, {...act, phase: 'unknown'}), id, at);
  const text = `outcome unknown: ${failure.message}; reading it`;
  const told = actLogged(state, at, act, {text, tone: 'warn', requestId: failure.requestId, status: failure.status});
  const asking: Act = {...act, phase: 'unknown', sentAt: act.sentAt ?? at, dueAt: nextCheck(0, at), checks: 0};
  return [
    withAct(actNoticed(told, at, act, `${act.action} ${id}: ${text}`), asking),
    {do: 'read', id, priority: 'act'},
  ];
}

const UNCONFIRMED = {text: 'accepted, not confirmed yet'} as const;

/** Nothing has confirmed it so far: asked for again, a few times. */
export function confirmationDue(state: State, at: Stamp, act: Act): Step {
  const checks = act.checks + 1;
  if (checks < CHECK_AFTER_MS.length) {
    const told = act.phase === 'accepted' && act.checks === 0 ? actLogged(state, at, act, UNCONFIRMED) : state;
    const asked = withAct(told, {...act, checks, dueAt: nextCheck(checks, at)});
    return [asked, {do: 'read', id: act.id, priority: 'check'}];
  }
  return [unconfirmed(state, at, act)];
}

/** The server took it, or nobody knows; and nothing has shown it since. */
function unconfirmed(state: State, at: Stamp, act: Act): State {
  const isTaken = act.phase === 'accepted';
  const text = isTaken ? 'no confirmation yet: no longer waiting for it' : 'nobody knows whether it happened';
  return actEnded(state, at, act, {result: isTaken ? 'done' : 'unknown', text, tone: 'warn'});
}
