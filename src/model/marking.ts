import type {BulkEvent} from './bulkEvents.ts';
import {formatCount} from './format.ts';
import {noticed} from './logging.ts';
import {idsFrom} from './order.ts';
import type {Stamp} from './sandbox.ts';
import {cursorMoved, isCovered} from './screen.ts';
import {lineOf} from './standing.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type Marking<T extends BulkEvent['type']> = Extract<BulkEvent, {readonly type: T}>;

/** Those that have gone can be unmarked, and not marked. */
export function markToggled(state: State, {at, id}: Marking<'mark.toggled'>): Step {
  if (isCovered(state)) return [state];
  if (state.marks.has(id)) return onwards({...state, marks: state.marks.delete(id), lastMarked: id}, at);
  const row = state.rows.get(id);
  if (!row) return [state];
  if (row.tombstone) return [noticed(state, at, `${id} is gone: there is nothing to mark`)];
  return onwards({...state, marks: state.marks.add(id), lastMarked: id}, at);
}

/** The next one is a key away. */
const onwards = (state: State, at: Stamp): Step => cursorMoved(state, {type: 'cursor.moved', at, by: 1});

/** From the mark made last to the cursor, both with it; without one only the cursor's. */
export function marksExtended(state: State, {at}: Marking<'marks.extended'>): Step {
  const {cursor, lastMarked} = state;
  if (isCovered(state) || cursor.id === undefined) return [state];
  const anchor = lastMarked === undefined ? undefined : lineOf(state, lastMarked);
  const from = Math.min(anchor ?? cursor.index, cursor.index);
  const count = Math.abs((anchor ?? cursor.index) - cursor.index) + 1;
  const marked = withMarks(state, idsFrom(state.order, from, count));
  return [noticed({...marked, lastMarked: cursor.id}, at, markedText(marked))];
}

/** All that pass the filter now; the dead do not count. */
export function allShownMarked(state: State, {at}: Marking<'marks.allShown'>): Step {
  if (isCovered(state)) return [state];
  const marked = withMarks(state, idsFrom(state.order, 0, state.order.size));
  return [noticed(marked, at, markedText(marked))];
}

export const marksCleared = (state: State, {at}: Marking<'marks.cleared'>): Step =>
  isCovered(state) || state.marks.size === 0
    ? [state]
    : [noticed({...state, marks: state.marks.clear(), lastMarked: undefined}, at, 'nothing is marked any more')];

const withMarks = (state: State, ids: readonly string[]): State => ({
  ...state,
  marks: state.marks.withMutations((marks) => {
    for (const id of ids) if (state.rows.get(id)?.tombstone === undefined) marks.add(id);
  }),
});

const markedText = ({marks}: State): string => `${formatCount(marks.size)} marked: an act on them shows its plan first`;
