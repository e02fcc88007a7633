import {type ActionId, sandboxActions} from '../model/actions.ts';
import type {Event} from '../model/event.ts';
import {bulkReason, disabledReason} from '../model/refusal.ts';
import type {Stamp} from '../model/sandbox.ts';
import {isUnsent} from '../model/sending.ts';
import type {State} from '../model/state.ts';
import {waitsToLeave} from '../model/takingBack.ts';
import type {Command, Mode} from './command.ts';

/** Where a sandbox is selected. */
const SANDBOX: readonly Mode[] = ['list', 'focus'];
/** Where something that was agreed to can be seen to wait. */
const WAITING: readonly Mode[] = ['list', 'focus', 'templates', 'builds'];

/** With marks an act is on them, and never on the row under the cursor; an exact timeout is written first. */
function askedFor({marks, cursor}: State, action: ActionId, at: Stamp): Event {
  const ids = marks.size > 0 ? [...marks] : cursor.id === undefined ? [] : [cursor.id];
  const [id] = ids;
  if (id === undefined) return {type: 'notice.shown', at, text: 'no sandbox is selected'};
  if (action === 'timeout') return {type: 'form.opened', at, form: 'timeout', ids};
  return marks.size > 0 ? {type: 'plan.asked', at, action} : {type: 'action.asked', at, action, id};
}

/** Keys that change a sandbox, or take that back; from the table of actions. */
export const actCommands: readonly Command[] = [
  ...sandboxActions.map(
    ({id, key, label, description}, index): Command => ({
      id,
      keys: [key],
      label,
      description,
      group: 'Act',
      modes: SANDBOX,
      event: (state, at) => askedFor(state, id, at),
      disabledReason: (state) =>
        state.marks.size > 0 ? bulkReason(state, id) : disabledReason(state, id, state.cursor.id),
      inFooter: 10 + index,
    }),
  ),
  {
    id: 'undo',
    keys: ['u'],
    label: 'take it back',
    description: 'take back what waits',
    group: 'Act',
    modes: WAITING,
    event: (_, at) => ({type: 'action.undone', at}),
    disabledReason: (state) =>
      state.acts.some(isUnsent) || state.bulk?.graceUntil !== undefined || waitsToLeave(state)
        ? undefined
        : 'nothing waits to be sent',
    inFooter: 1,
  },
];
