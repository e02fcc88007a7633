import {type ActionId, sandboxActions} from '../model/actions.ts';
import type {Event} from '../model/event.ts';
import {bulkReason, disabledReason} from '../model/refusal.ts';
import type {Stamp} from '../model/sandbox.ts';
import {isUnsent} from '../model/sending.ts';
import type {State} from '../model/state.ts';
import type {Command, Mode} from './command.ts';

const LIST: readonly Mode[] = ['list'];

/** With marks an act is on them, and never on the row under the cursor. */
function asks({marks, cursor}: State, at: Stamp, action: ActionId): Event {
  if (marks.size > 0) return {type: 'plan.asked', at, action};
  if (cursor.id === undefined) return {type: 'notice.shown', at, text: 'no sandbox is selected'};
  return {type: 'action.asked', at, action, id: cursor.id};
}

/** Everything a key does to a sandbox, from the table of actions. */
export const actCommands: readonly Command[] = [
  ...sandboxActions.map(
    ({id, key, label, description}, index): Command => ({
      id,
      keys: [key],
      label,
      description,
      group: 'Act',
      modes: LIST,
      event: (state, at) => asks(state, at, id),
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
    modes: LIST,
    event: (_, at) => ({type: 'action.undone', at}),
    disabledReason: (state) =>
      state.acts.some(isUnsent) || state.bulk?.graceUntil !== undefined ? undefined : 'nothing waits to be sent',
    inFooter: 1,
  },
];
