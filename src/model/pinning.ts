import type {EventOf} from './event.ts';
import {touchedWith} from './fleet.ts';
import {noticed} from './logging.ts';
import {cursorMoved} from './screen.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';

/** Each is sampled all the time: more would leave nothing for what is on the screen. */
const MOST_PINNED = 20;

/** To the top of the list, or back. The cursor goes to the next row, so that the list stays where it is. */
export function pinToggled(state: State, {at, id}: EventOf<'pin.toggled'>): Step {
  const row = state.rows.get(id);
  if (!row || state.cursor.id !== id) return [state];
  const isPinned = state.pinned.has(id);
  if (!isPinned && state.pinned.size >= MOST_PINNED) {
    return [noticed(state, at, `${MOST_PINNED} are pinned: take one down with p first`, 'warn')];
  }
  const by = state.cursor.index + 1 < state.order.size ? 1 : -1;
  return andThen(cursorMoved(state, {type: 'cursor.moved', at, by}), (next) => {
    const pinned = isPinned ? next.pinned.delete(id) : next.pinned.add(id);
    const said = noticed(
      {...next, pinned, touched: touchedWith(next, id, row)},
      at,
      `${id} ${isPinned ? 'unpinned' : 'pinned to the top'}`,
    );
    return [said];
  });
}
