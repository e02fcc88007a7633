import type {Set as ImmutableSet} from 'immutable';
import type {Row} from './sandbox.ts';
import type {State} from './state.ts';
import {added, talliedAnew} from './tallies.ts';

/** Puts a row in its place and keeps true what is counted from the rows. Costs the same in a fleet of any size. */
export function withRow(state: State, row: Row): State {
  const {id} = row.sandbox;
  const before = state.rows.get(id);
  if (before === row) return state;
  const rows = state.rows.set(id, row);
  const isShownAlike = before?.sandbox === row.sandbox && before.tombstone === row.tombstone;
  return isShownAlike ? {...state, rows} : {...state, rows, ...counted(state, id, before, row)};
}

export function withoutRow(state: State, id: string): State {
  const before = state.rows.get(id);
  if (!before) return state;
  const {rows, pinned} = state;
  return {...state, rows: rows.delete(id), pinned: pinned.delete(id), ...counted(state, id, before, undefined)};
}

export const isAlive = (row: Row | undefined): row is Row => row !== undefined && row.tombstone === undefined;

function counted(state: State, id: string, before: Row | undefined, after: Row | undefined) {
  const was = isAlive(before) ? before.sandbox : undefined;
  const is = isAlive(after) ? after.sandbox : undefined;
  return {
    counts: was?.status === is?.status ? state.counts : added(added(state.counts, was?.status, -1), is?.status, 1),
    tallies: talliedAnew(state.tallies, was, is),
    live: state.live + (is ? 1 : 0) - (was ? 1 : 0),
    touched: touchedWith(state, id, after),
  };
}

/**
 * Its place must be looked at in the next frame, unless it has gone and never had one: however late the frame, there
 * are no more of them than rows, now and in the last frame.
 */
export function touchedWith(
  {touched, placed}: Pick<State, 'touched' | 'placed'>,
  id: string,
  row: Row | undefined,
): ImmutableSet<string> {
  // Before the first frame every row will be looked at.
  if (!placed) return touched.size === 0 ? touched.add(id) : touched;
  return row || placed.rows.has(id) ? touched.add(id) : touched.delete(id);
}
