import type {EventOf} from './event.ts';
import {noticed} from './logging.ts';
import {moved} from './mending.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** Each is sampled all the time: more would leave nothing for what is on the screen. */
const MOST_PINNED = 20;

/** To the top of the list, or back, at once; the cursor goes with it, so that the same key takes it back. */
export function pinToggled(state: State, {at, id}: EventOf<'pin.toggled'>): Step {
  if (!state.rows.has(id) || state.cursor.id !== id) return [state];
  const isPinned = state.pinned.has(id);
  if (!isPinned && state.pinned.size >= MOST_PINNED) {
    return [noticed(state, at, `${MOST_PINNED} are pinned: take one down with p first`, 'warn')];
  }
  const pinned = isPinned ? state.pinned.delete(id) : state.pinned.add(id);
  return [noticed(moved({...state, pinned}, id), at, `${id} ${isPinned ? 'unpinned' : 'pinned to the top'}`)];
}
