import {columnOf, type SortKey} from './columns.ts';
import {matchesFilter} from './filter.ts';
import {indexOf, type OrderEntry, sortable} from './order.ts';
import type {Row} from './sandbox.ts';
import {viewOf, viewOfRow} from './select.ts';
import type {Moment, State} from './state.ts';
import type {RowView} from './view.ts';

const sortKeyOf = ({column}: State['sort'], view: RowView): SortKey =>
  view.isPinned ? PINNED : sortable(columnOf(column).sortKey(view));

/** Stands before all other keys, whatever the column. */
const PINNED: SortKey = null;

/** Where a row belongs in the list, at this moment; undefined: not in it. */
export function entryOf({filter, sort}: State, moment: Moment, row: Row): OrderEntry | undefined {
  const view = viewOfRow(moment, row);
  return matchesFilter(filter.active, view) ? {id: row.sandbox.id, key: sortKeyOf(sort, view)} : undefined;
}

/** Where an id stands in the list: where it belonged when the list was put right last. Undefined: not in it. */
export function standingEntry(state: State, placed: Moment, id: string): OrderEntry | undefined {
  if (state.resorts.has(id)) return {id, key: state.resorts.get(id)};
  const row = placed.rows.get(id);
  return row && entryOf(state, placed, row);
}

/** The line of the list, from 0, on which an id stands. */
export const lineOf = (state: State, id: string): number | undefined =>
  indexOf(state.order, {id, key: standingKey(state, id)});

function standingKey(state: State, id: string): SortKey {
  if (state.resorts.has(id)) return state.resorts.get(id);
  const view = viewOf(state.placed ?? state, id);
  return view && sortKeyOf(state.sort, view);
}
