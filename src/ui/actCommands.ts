import {type ActionId, sandboxActions} from '../model/actions.ts';
import type {Event} from '../model/event.ts';
import {disabledReason} from '../model/refusal.ts';
import type {Stamp} from '../model/sandbox.ts';
import {isUnsent} from '../model/sending.ts';
import type {State} from '../model/state.ts';
import type {Command} from './command.ts';

/** What the key of an act asks for; an exact timeout is written first. */
function askedFor({cursor, marks}: State, action: ActionId, at: Stamp): Event {
  if (cursor.id === undefined && marks.size === 0) return {type: 'notice.shown', at, text: 'no sandbox is selected'};
  const ids = marks.size > 0 ? [...marks] : [cursor.id ?? ''];
  if (action === 'timeout') return {type: 'form.opened', at, form: 'timeout', ids};
  return {type: 'action.asked', at, action, id: cursor.id ?? ''};
}

/** Keys that change a sandbox, or take that back. */
export const actCommands: readonly Command[] = [
  ...sandboxActions.map(
    ({id, key, label, description}, index): Command => ({
      id,
      keys: [key],
      label,
      description,
      group: 'Act',
      modes: ['list'],
      event: (state, at) => askedFor(state, id, at),
      disabledReason: (state) => disabledReason(state, id, state.cursor.id),
      inFooter: 10 + index,
    }),
  ),
  {
    id: 'undo',
    keys: ['u'],
    label: 'take it back',
    description: 'take back what waits',
    group: 'Act',
    modes: ['list'],
    event: (_, at) => ({type: 'action.undone', at}),
    disabledReason: (state) => (state.acts.some(isUnsent) ? undefined : 'nothing waits to be sent'),
    inFooter: 1,
  },
];
