import type {Dialog} from './act.ts';
import {actAgreed} from './asking.ts';
import type {EventOf} from './event.ts';
import {formatEnd} from './format.ts';
import {noticed} from './logging.ts';
import type {Millis, Row, Sandbox, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {wallAt} from './times.ts';

/** Keys typed ahead of a dialog must not answer it. */
const DEAF_MS = 400;
const MOST_TYPED = 64;
/** Less is how differently a server reckons the same expiry twice. Assumed. */
const SAME_END_MS = 2000;

/** There is nothing left to ask about. */
export const isTargetGone = ({rows}: State, {frozen: {id}}: Dialog): boolean => {
  const row = rows.get(id);
  return !row || row.tombstone !== undefined;
};

const isDeaf = (dialog: Dialog, at: Stamp): boolean => at - dialog.openedAt < DEAF_MS;

/** A key for the open dialog: nothing happens without one, or while it does not listen yet. */
function answered<E extends {readonly at: Stamp}>(change: (state: State, dialog: Dialog, event: E) => Step) {
  return (state: State, event: E): Step => {
    const {dialog} = state;
    return !dialog || isDeaf(dialog, event.at) ? [state] : change(state, dialog, event);
  };
}

const withDialog = (state: State, dialog: Dialog): Step => [{...state, dialog}];

export const dialogTyped = answered<EventOf<'dialog.typed'>>((state, dialog, {text}) =>
  dialog.consent === 'type' && !isTargetGone(state, dialog)
    ? withDialog({...state, notice: undefined}, {...dialog, typed: `${dialog.typed}${text}`.slice(0, MOST_TYPED)})
    : [state],
);

export const dialogErased = answered<EventOf<'dialog.erased'>>((state, dialog) =>
  dialog.typed === '' ? [state] : withDialog(state, {...dialog, typed: dialog.typed.slice(0, -1)}),
);

export const dialogFocused = answered<EventOf<'dialog.focused'>>((state, dialog, {on}) =>
  dialog.consent === 'type' || dialog.focus === on ? [state] : withDialog(state, {...dialog, focus: on}),
);

/** Enter says yes only where that was chosen: by moving to it, or by typing the word. `y` is no answer to a word. */
export const dialogAnswered = answered<EventOf<'dialog.answered'>>((state, dialog, {at, answer}) => {
  if (answer === 'no' || (answer === 'enter' && isTargetGone(state, dialog))) return closed(state);
  if (dialog.consent === 'confirm') {
    return answer === 'yes' || dialog.focus === 'confirm' ? actAgreed(state, at, dialog) : closed(state);
  }
  if (answer === 'yes') return [state];
  if (dialog.typed === dialog.word) return actAgreed(state, at, dialog);
  if (dialog.typed === '') return closed(state);
  return [noticed(state, at, `that is not ${dialog.word}: nothing is deleted; Esc closes`, 'warn')];
});

const closed = (state: State): Step => [{...state, dialog: undefined}];

/** Fields whose change makes it another question. */
const decisive = [
  ['status', 'status'],
  ['region', 'region'],
  ['template', 'templateName'],
  ['template', 'templateId'],
] as const satisfies readonly (readonly [label: string, field: keyof Sandbox])[];

/** The row under the open dialog has changed: said in it, and it has to be answered anew. */
export function dialogAfter(state: State, at: Stamp): State {
  const {dialog} = state;
  if (!dialog) return state;
  const row = state.rows.get(dialog.frozen.id);
  const changed = changeUnder(dialog, row, wallAt(state, at));
  if (changed === undefined || (changed === dialog.changed && !row)) return state;
  const frozen = row?.sandbox ?? dialog.frozen;
  return {...state, dialog: {...dialog, frozen, changed, typed: '', focus: 'cancel', openedAt: at}};
}

function changeUnder({action, frozen, changed}: Dialog, row: Row | undefined, today: Millis): string | undefined {
  if (!row) return 'it is no longer in the list';
  if (row.tombstone) {
    const gone = `it is gone: ${row.tombstone.cause}`;
    return gone === changed ? undefined : gone;
  }
  for (const [label, field] of decisive) {
    if (frozen[field] === row.sandbox[field]) continue;
    // Learning what was not told before is no change of the sandbox.
    if (frozen[field] === undefined) continue;
    return `${label} is now ${row.sandbox[field] ?? 'not told'}, it was ${frozen[field]}`;
  }
  return action === 'timeout' ? changeOfEnd(frozen, row.sandbox, today) : undefined;
}

/** A question about a shorter life is about the life that it shows. */
function changeOfEnd({expiresAt: was}: Sandbox, {expiresAt: is}: Sandbox, today: Millis): string | undefined {
  const isSame = typeof was === 'number' && typeof is === 'number' ? Math.abs(is - was) < SAME_END_MS : is === was;
  return isSame || was === undefined
    ? undefined
    : `its end is now ${formatEnd(is, today)}, it was ${formatEnd(was, today)}`;
}
