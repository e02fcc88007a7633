import type {Dialog} from './act.ts';
import {type ActionId, GRACE_MS, sandboxAction} from './actions.ts';
import type {EventOf} from './event.ts';
import {noticed} from './logging.ts';
import {disabledReason} from './refusal.ts';
import type {Row, Stamp} from './sandbox.ts';
import {asked, isExpiryFresh, newAct, readFirst, withAct} from './sending.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** What must be typed before a delete: this much of the end of the id. */
const TYPED_CHARACTERS = 4;

/** A key asked for an act on the sandbox under the cursor: refused with a reason, asked about, or begun. */
export function actionAsked(state: State, {at, action, id}: EventOf<'action.asked'>): Step {
  if (state.dialog || state.overlay) return [state];
  const next = {...state, lastAsked: {action, id, at}};
  return isHeldDown(state, at, action, id) ? [next] : askedOnce(next, at, action, id);
}

/** A key that repeats because it is held is one key: counted from its last repetition, not from its first. */
const HELD_DOWN_MS = 1000;

const isHeldDown = ({lastAsked}: State, at: Stamp, action: ActionId, id: string): boolean =>
  lastAsked?.action === action && lastAsked.id === id && at - lastAsked.at < HELD_DOWN_MS;

function askedOnce(state: State, at: Stamp, action: ActionId, id: string): Step {
  const reason = disabledReason(state, action, id);
  const row = state.rows.get(id);
  if (reason !== undefined || !row) return [noticed(state, at, `${action}: ${reason ?? 'no such sandbox'}`, 'warn')];
  const {consent} = sandboxAction(action);
  if (consent === 'none') return actBegun(state, at, action, row);
  return [{...state, dialog: newDialog(action, consent, row, at)}];
}

function newDialog(action: ActionId, consent: Dialog['consent'], {sandbox}: Row, openedAt: Stamp): Dialog {
  const word = sandbox.id.slice(-TYPED_CHARACTERS);
  return {action, consent, frozen: sandbox, openedAt, typed: '', word, focus: 'cancel', changed: undefined};
}

/** The user agreed. Everything is asked anew: the fleet did not wait for the answer. */
export function actAgreed(state: State, at: Stamp, {action, frozen}: Dialog): Step {
  const closed = {...state, dialog: undefined};
  const reason = disabledReason(closed, action, frozen.id);
  const row = closed.rows.get(frozen.id);
  if (reason !== undefined || !row) return [noticed(closed, at, `${action}: ${reason ?? 'no such sandbox'}`, 'warn')];
  return actBegun(closed, at, action, row);
}

function actBegun(state: State, at: Stamp, action: ActionId, row: Row): Step {
  const {id} = row.sandbox;
  const act = newAct(action, id, at);
  if (action === 'delete') {
    const waiting = withAct(state, {...act, phase: 'grace', dueAt: at + GRACE_MS});
    return [noticed(waiting, at, `${id} is deleted in ${GRACE_MS / 1000} s: u takes it back`, 'warn')];
  }
  return action === 'extend' && !isExpiryFresh(state, row, at) ? readFirst(state, act) : asked(state, act);
}
