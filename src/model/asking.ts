import type {Act, Dialog} from './act.ts';
import {type ActionId, GRACE_MS, sandboxAction} from './actions.ts';
import type {EventOf} from './event.ts';
import {isShortening, setsExpiry} from './lifetime.ts';
import {noticed} from './logging.ts';
import {disabledReason} from './refusal.ts';
import type {Row, Stamp} from './sandbox.ts';
import {isCovered} from './screen.ts';
import {asked, isExpiryFresh, newAct, readFirst, withAct} from './sending.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** What must be typed before a delete: this much of the end of the id. */
const TYPED_CHARACTERS = 4;

/** A key asked for an act on the sandbox under the cursor: refused with a reason, asked about, or begun. */
export function actionAsked(state: State, event: EventOf<'action.asked'>): Step {
  if (isCovered(state)) return [state];
  const {at, action, id} = event;
  const next = {...state, lastAsked: {action, id, at}};
  return isHeldDown(state, at, action, id) ? [next] : askedOnce(next, event);
}

/** A key that repeats because it is held is one key: counted from its last repetition, not from its first. */
const HELD_DOWN_MS = 1000;

const isHeldDown = ({lastAsked}: State, at: Stamp, action: ActionId, id: string): boolean =>
  lastAsked?.action === action && lastAsked.id === id && at - lastAsked.at < HELD_DOWN_MS;

function askedOnce(state: State, {at, action, id, timeoutSeconds, savePath}: EventOf<'action.asked'>): Step {
  const reason = disabledReason(state, action, id);
  const row = state.rows.get(id);
  if (reason !== undefined || !row) return [refused(state, at, action, reason)];
  if (action === 'timeout') return timeoutAsked(state, at, row, timeoutSeconds);
  const {consent} = sandboxAction(action);
  if (consent === 'none') return actBegun(state, at, newAct(action, id, at, {savePath}), row);
  return [{...state, dialog: newDialog(action, consent, row, at)}];
}

const refused = (state: State, at: Stamp, action: ActionId, reason: string | undefined): State =>
  noticed(state, at, `${action}: ${reason ?? 'no such sandbox'}`, 'warn');

/** What is known to make a life shorter, or to give it an end, needs the user's word first. */
function timeoutAsked(state: State, at: Stamp, row: Row, seconds: number | undefined): Step {
  if (seconds === undefined) return [noticed(state, at, 'timeout: say how long, such as 30m', 'warn')];
  if (isExpiryFresh(state, row, at) && isShortening(state, at, row, seconds)) {
    return [{...state, dialog: {...newDialog('timeout', 'confirm', row, at), timeoutSeconds: seconds}}];
  }
  return actBegun(state, at, newAct('timeout', row.sandbox.id, at, {timeout: {seconds, mayShorten: false}}), row);
}

function newDialog(action: ActionId, consent: Dialog['consent'], {sandbox}: Row, openedAt: Stamp): Dialog {
  const word = sandbox.id.slice(-TYPED_CHARACTERS);
  return {
    ...{action, consent, frozen: sandbox, openedAt, typed: '', word},
    timeoutSeconds: undefined,
    focus: 'cancel',
    changed: undefined,
  };
}

/** The user agreed. Everything is asked anew: the fleet did not wait for the answer. */
export function actAgreed(state: State, at: Stamp, {action, frozen: {id}, timeoutSeconds: seconds}: Dialog): Step {
  const closed = {...state, dialog: undefined};
  const reason = disabledReason(closed, action, id);
  const row = closed.rows.get(id);
  if (reason !== undefined || !row) return [refused(closed, at, action, reason)];
  const timeout = seconds === undefined ? undefined : {seconds, mayShorten: true};
  return actBegun(closed, at, newAct(action, id, at, {timeout}), row);
}

function actBegun(state: State, at: Stamp, act: Act, row: Row): Step {
  const {id, action} = act;
  if (action === 'delete') {
    const waiting = withAct(state, {...act, phase: 'grace', dueAt: at + GRACE_MS});
    return [noticed(waiting, at, `${id} is about to be deleted: u takes it back`, 'warn')];
  }
  return setsExpiry(action) && !isExpiryFresh(state, row, at) ? readFirst(state, act) : asked(state, act);
}
