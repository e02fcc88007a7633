import type {Dialog} from './act.ts';
import {answerTo, heardBy, lessTyped, moreTyped} from './answering.ts';
import {actAgreed} from './asking.ts';
import type {EventOf} from './event.ts';
import {formatEnd} from './format.ts';
import type {Millis, Row, Sandbox, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {wallAt} from './times.ts';

/** Less is how differently a server reckons the same expiry twice. Assumed. */
const SAME_END_MS = 2000;

/** There is nothing left to ask about. */
export const isTargetGone = ({rows}: State, {frozen: {id}}: Dialog): boolean => {
  const row = rows.get(id);
  return !row || row.tombstone !== undefined;
};

const answered = heardBy(({dialog}) => dialog);

const withDialog = (state: State, dialog: Dialog): Step => [{...state, dialog}];

export const dialogTyped = answered<EventOf<'dialog.typed'>>((state, dialog, {text}) =>
  dialog.consent === 'type' && !isTargetGone(state, dialog)
    ? withDialog({...state, notice: undefined}, {...dialog, typed: moreTyped(dialog.typed, text)})
    : [state],
);

export const dialogErased = answered<EventOf<'dialog.erased'>>((state, dialog) =>
  dialog.typed === '' ? [state] : withDialog(state, {...dialog, typed: lessTyped(dialog.typed)}),
);

export const dialogFocused = answered<EventOf<'dialog.focused'>>((state, dialog, {on}) =>
  dialog.consent === 'type' || dialog.focus === on ? [state] : withDialog(state, {...dialog, focus: on}),
);

export const dialogAnswered = answered<EventOf<'dialog.answered'>>((state, dialog, event) => {
  const closed = {...state, dialog: undefined};
  if (event.answer === 'enter' && isTargetGone(state, dialog)) return [closed];
  const asked = dialog.consent === 'type' ? dialog : {...dialog, word: undefined};
  return answerTo(asked, state, event, {
    agreed: () => actAgreed(state, event.at, dialog),
    closed,
    otherwise: (word) => `that is not ${word}: nothing is deleted; Esc closes`,
  });
});

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
