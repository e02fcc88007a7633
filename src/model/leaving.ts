import type {Act} from './act.ts';
import {EXTEND_BY_SECONDS} from './actions.ts';
import {bulkStopped, bulkTakenBack} from './bulkStop.ts';
import type {EventOf} from './event.ts';
import type {Failure} from './failure.ts';
import {formatAge} from './format.ts';
import {itemEnded} from './ledger.ts';
import {earliestServerAt, isShortening, setsExpiry, standingOf} from './lifetime.ts';
import {LONGEST_UNSENT_MS, MOST_REFUSALS} from './limit.ts';
import {noticed} from './logging.ts';
import {lateReason} from './refusal.ts';
import type {Row, Stamp} from './sandbox.ts';
import {
  actEnded,
  actLogged,
  actNoticed,
  actRefused,
  asked,
  isExpiryFresh,
  isUnsent,
  NEVER_EXPIRES,
  readFirst,
  withAct,
  withoutAct,
} from './sending.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {newestTakenBack, requestsPutBack} from './takingBack.ts';
import {jumpSince, PROGRAM_STOPPED, wallAt} from './times.ts';

/** Agreed to, not sent and not going to be: it has waited for too long. */
export const isOverdue = (act: Act, at: Stamp): boolean =>
  // Of a bulk act the ledger shows the wait, and how to end it.
  !act.isBulk && isUnsent(act) && at - act.askedAt > LONGEST_UNSENT_MS;

/** The grace is over: on to the limiter, unless something since then speaks against it. */
export function graceEnded(state: State, at: Stamp, act: Act): Step {
  if (state.quitting) return [state];
  const reason = lateReason(state, act.action, state.rows.get(act.id));
  return reason === undefined ? asked(state, act) : [actRefused(state, at, act, `not sent: ${reason}`)];
}

/** The moment in which it leaves or does not: everything is asked anew, however long it has waited. */
export function actionAdmitted(state: State, event: EventOf<'action.admitted'>): Step {
  const {at, id} = event;
  const act = state.acts.get(id);
  if (act?.phase !== 'queued' || state.quitting) return [state];
  const since = Math.max(state.now, act.askedAt);
  const jump = jumpSince({...state, now: since, wall: wallAt(state, since)}, event);
  if (jump) return [act.isBulk ? bulkStopped(state, jump.why) : putBack(state, at, act, jump.why)];
  return isOverdue(act, at) ? [overdue(state, at, act)] : leaving(state, at, act);
}

function leaving(state: State, at: Stamp, act: Act): Step {
  const row = state.rows.get(act.id);
  const reason = lateReason(state, act.action, row);
  if (act.isBulk && isOutOfReach(state)) return [bulkStopped(state, reason ?? 'nothing can be sent')];
  if (reason !== undefined || !row) return [leftOut(state, at, act, reason ?? 'no such sandbox')];
  if (!setsExpiry(act.action)) return flying(state, at, act, row, {savePath: act.savePath});
  if (!isExpiryFresh(state, row, at) && !act.timeout?.mayShorten) return readFirst(state, act);
  return act.action === 'extend' ? extended(state, at, act, row) : timeoutSet(state, at, act, row);
}

/** Nothing that leaves now would arrive. */
const isOutOfReach = ({link: {phase}}: State): boolean => phase === 'offline' || phase === 'auth';

/** Something speaks against it in the last moment: one act is refused, one of many is passed over. */
const leftOut = (state: State, at: Stamp, act: Act, reason: string): State =>
  act.isBulk
    ? actEnded(state, at, act, {result: 'skipped', text: `not sent: ${reason}`, tone: 'warn'})
    : actRefused(state, at, act, `not sent: ${reason}`);

type Sent = {readonly timeoutSeconds?: number; readonly savePath?: string | undefined};

function flying(state: State, at: Stamp, act: Act, {sandbox}: Row, {timeoutSeconds, savePath}: Sent): Step {
  const {action, id} = act;
  const expiryBefore = action === 'refresh' ? sandbox.tokenExpiresAt : sandbox.expiresAt;
  const before = standingOf(action, sandbox);
  return [
    withAct(state, {...act, phase: 'sent', sentAt: at, dueAt: undefined, before, expiryBefore}),
    {
      do: 'send',
      action,
      id,
      ...(timeoutSeconds === undefined ? {} : {timeoutSeconds}),
      ...(savePath === undefined ? {} : {savePath}),
    },
  ];
}

/**
 * Asks for what is left of the life and half an hour more. The server counts the timeout from when it takes the
 * request (docs.hopx.ai set-timeout), so what is left is reckoned by the earliest its clock can show and rounded up:
 * the life can only grow. A life that should be over by now gets the half hour: if the sandbox still is, that saves
 * it, and if not, the server says so.
 */
function extended(state: State, at: Stamp, act: Act, row: Row): Step {
  const {expiresAt, timeoutSeconds} = row.sandbox;
  if (typeof expiresAt !== 'number') return [leftOut(state, at, act, NEVER_EXPIRES)];
  // Where the server never told the time our clock decides; then no less than the whole timeout it was given is asked.
  const least = state.skewFloorMs === undefined ? (timeoutSeconds ?? 0) : 0;
  const leftSeconds = Math.max(0, least, Math.ceil((expiresAt - earliestServerAt(state, at)) / 1000));
  return flying(state, at, act, row, {timeoutSeconds: leftSeconds + EXTEND_BY_SECONDS});
}

/** As it was asked for, unless by now that is a shorter life to which nobody agreed. */
function timeoutSet(state: State, at: Stamp, act: Act, row: Row): Step {
  const {seconds = 0, mayShorten = false} = act.timeout ?? {};
  if (!mayShorten && isShortening(state, at, row, seconds)) {
    return [leftOut(state, at, act, 'its life would be shorter, which was not agreed to: E asks')];
  }
  const expiryWanted = earliestServerAt(state, at) + seconds * 1000;
  return flying(state, at, {...act, expiryWanted}, row, {timeoutSeconds: seconds});
}

/** It cannot leave yet: by our own counting, or because the server said 429. */
export function actionQueued(state: State, {at, id, until, failure}: EventOf<'action.queued'>): Step {
  const act = state.acts.get(id);
  if (act?.phase === 'sent' && failure) return turnedBack(state, at, {...act, checks: act.checks + 1}, until, failure);
  const isHeld = act?.phase === 'queued' || act?.phase === 'checking';
  return [isHeld && !failure && act.dueAt !== until ? held(state, at, act, until) : state];
}

/** By our own counting; said in the log once, however often the wait is told anew. */
function held(state: State, at: Stamp, act: Act, until: Stamp): State {
  if (act.isBulk) return withAct(state, {...act, dueAt: until});
  if (isOverdue(act, until)) return actRefused(state, at, act, `not sent: ${tooLongUntil(at, until)}`);
  const text = `waits for the request limit: goes on in ${formatAge(until - at)}`;
  const told = act.dueAt === undefined ? actLogged(state, at, act, {text, tone: 'warn'}) : state;
  return waiting(told, at, {...act, dueAt: until}, text);
}

/** 429: not carried out. It asks for leave anew, unless that has no prospect. */
function turnedBack(state: State, at: Stamp, act: Act, until: Stamp, failure: Failure): Step {
  if (act.checks > MOST_REFUSALS && !act.isBulk)
    return [actRefused(state, at, act, `refused: ${failure.message}`, failure)];
  if (isOverdue({...act, phase: 'queued'}, until)) {
    return [actRefused(state, at, act, `not carried out: ${tooLongUntil(at, until)}`, failure)];
  }
  const {requestId, status, message} = failure;
  const text = `not carried out yet: ${message}; sent again in ${formatAge(until - at)}`;
  const told = actLogged(state, at, act, {text, tone: 'warn', requestId, status});
  // Paused while its answer was on the way: it must not leave a second time before it goes on.
  if (act.isBulk && told.bulk?.pausedBy !== undefined) return [notCarriedOut(told, act)];
  const [queued, ...effects] = asked(told, act);
  return [waiting(queued, at, {...act, phase: 'queued', sentAt: undefined, dueAt: until}, text), ...effects];
}

const notCarriedOut = (state: State, {id}: Act): State =>
  itemEnded(withoutAct(state, id), id, {result: 'waiting', text: 'not carried out'});

const waiting = (state: State, at: Stamp, act: Act, text: string): State =>
  actNoticed(withAct(state, act), at, act, `${act.action} ${act.id} ${text}; u takes it back`);

const tooLongUntil = (at: Stamp, until: Stamp): string =>
  `the request limit allows it only in ${formatAge(until - at)}; press again`;

/** It has waited for longer than anybody remembers a key. */
export function overdue(state: State, at: Stamp, act: Act): State {
  if (state.quitting) return state;
  const what = act.phase === 'checking' ? 'its expiry could not be read' : 'the request limit held it';
  return actRefused(state, at, act, `not sent: ${what} for ${formatAge(at - act.askedAt)}; press again`);
}

/** `u`: the newest act that has not left, or all of a bulk act of which none has. */
export function actionUndone(state: State, {at}: EventOf<'action.undone'>): Step {
  if (state.bulk?.graceUntil !== undefined) return [bulkTakenBack(state, at)];
  const newest = unsentActs(state).reduce<Act | undefined>((a, b) => (a && a.askedAt > b.askedAt ? a : b), undefined);
  if (!newest) return [newestTakenBack(state, at) ?? noticed(state, at, NOTHING_TO_TAKE_BACK)];
  const text = newest.checks > 0 ? 'taken back: not carried out' : 'taken back: nothing was sent';
  const back = actLogged(withoutAct(state, newest.id), at, newest, {text});
  return [noticed(back, at, `${newest.action} of ${newest.id} ${text}`)];
}

const NOTHING_TO_TAKE_BACK = 'nothing to take back: u undoes what has not been sent yet';

const unsentActs = ({acts}: State): readonly Act[] => [...acts.values()].filter((act) => isUnsent(act) && !act.isBulk);

/** While nobody could see them, or take them back, no act leaves: not in that time, and not after it. */
export function allPutBack(state: State, at: Stamp, why: string): State {
  const unsent = unsentActs(state);
  const back = unsent.reduce(
    (next, act) => putBack(next, at, act, why),
    bulkStopped(requestsPutBack(state, at, why), why),
  );
  return unsent.length > 1
    ? noticed(back, at, `${unsent.length} acts not sent: ${why} before they left`, 'danger')
    : back;
}

const putBack = (state: State, at: Stamp, act: Act, why: string): State =>
  actRefused(
    state,
    at,
    act,
    `not sent: ${why} ${act.phase === 'grace' ? 'during its 5 s of grace' : 'before it left'}`,
  );

/** Ctrl-Z: a stop of a few seconds is too short for a tick to notice, and long enough for a grace to end in it. */
export const suspendAsked = (state: State, {at}: EventOf<'suspend.asked'>): Step => [
  allPutBack(state, at, PROGRAM_STOPPED),
  {do: 'suspend'},
];
