import {Set as ImmutableSet} from 'immutable';
import {columnOf, columns} from './columns.ts';
import type {EventOf} from './event.ts';
import {asTyped, type Filter, matchesFilter, noFilter, parseFilter} from './filter.ts';
import {noticed} from './logging.ts';
import {indexOf, type Order, type OrderEntry, orderOf, withEntry, withoutId} from './order.ts';
import type {Millis, Stamp} from './sandbox.ts';
import {withOrder} from './screen.ts';
import {viewOf} from './select.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {NEVER} from './times.ts';

/** Rows change places only after the keys have been quiet: nothing moves under a finger. */
const RESORT_PAUSE_MS = 2000;
/** How often a filter that depends on time looks at every row. */
const REFILTER_MS: Millis = 5000;

/** Where a row stands; undefined: not in the list. */
function entryOf(state: State, id: string): OrderEntry | undefined {
  const view = viewOf(state, id);
  if (!view || !matchesFilter(state.filter.active, view)) return undefined;
  return {id, key: columnOf(state.sort.column).sortKey(view)};
}

/** A frame begins: what changed since the last one is taken out of the list, or put where it belongs. */
export function frameBegan(state: State, {at}: EventOf<'frame.began'>): Step {
  const mayResort = at - state.lastKeyAt >= RESORT_PAUSE_MS;
  const due = mayResort && state.resorts.size > 0 ? state.resorts.union(state.touched) : state.touched;
  return due.size === 0 ? [state] : [mended(state, due, mayResort)];
}

function mended(state: State, ids: ImmutableSet<string>, mayResort: boolean): State {
  let {order} = state;
  const later: string[] = [];
  for (const id of ids) {
    const entry = entryOf(state, id);
    if (isHeld(state, id, entry)) later.push(id);
    else if (!entry) order = withoutId(order, id);
    else if (mayResort || indexOf(order, id) === undefined) order = withEntry(order, entry);
    else if (withEntry(order, entry) !== order) later.push(id);
  }
  const resorts = mayResort ? ImmutableSet(later) : state.resorts.union(later);
  return withOrder({...state, touched: ImmutableSet(), resorts}, order);
}

/**
 * The row under the cursor keeps its place when it dies or no longer matches, until the cursor has left it: the next
 * key must not hit the row that would come up under it. Without a key ever pressed there is nobody to protect.
 */
function isHeld({cursor, lastKeyAt, order, rows}: State, id: string, entry: OrderEntry | undefined): boolean {
  const row = rows.get(id);
  if (!row || id !== cursor.id || lastKeyAt === NEVER || indexOf(order, id) === undefined) return false;
  return !entry || row.tombstone !== undefined;
}

/** Every row anew: after a change of filter or sort, which is once for one key. */
function rebuilt(state: State): State {
  const entries: OrderEntry[] = [];
  for (const id of state.rows.keys()) {
    const entry = entryOf(state, id);
    if (entry) entries.push(entry);
  }
  const order = orderOf(entries, state.sort.descending);
  return withOrder({...state, touched: ImmutableSet(), resorts: ImmutableSet()}, order);
}

/** Time alone lets rows in and out: looked at in one go, and seldom. Nobody changes places by it. */
export function refiltered(state: State, at: Stamp): State {
  if (!state.filter.active.dependsOnTime || at < (state.reorderAt ?? at)) return state;
  let order: Order = state.order;
  for (const id of state.rows.keys()) {
    const entry = entryOf(state, id);
    if (entry && indexOf(order, id) === undefined) order = withEntry(order, entry);
    else if (!entry && !isHeld(state, id, entry)) order = withoutId(order, id);
  }
  return withOrder({...state, reorderAt: at + REFILTER_MS}, order);
}

function filteredBy(state: State, active: Filter, at: Stamp, rest: Partial<State['filter']>): State {
  const filter = {...state.filter, ...rest, active};
  const isSame = active.text === state.filter.active.text && active.isLoose === state.filter.active.isLoose;
  if (isSame) return {...state, filter};
  return rebuilt({...state, filter, reorderAt: active.dependsOnTime ? at + REFILTER_MS : undefined});
}

export function filterOpened(state: State): Step {
  const {active, draft} = state.filter;
  if (draft !== undefined || state.dialog) return [state];
  return [{...state, filter: {active, draft: active.text, mistake: undefined, before: active}}];
}

/** Applied while it is typed, a value as a beginning; what cannot be read yet leaves the last good filter in force. */
export function filterEdited(state: State, {at, text}: EventOf<'filter.edited'>): Step {
  if (state.filter.draft === undefined) return [state];
  const read = parseFilter(text);
  if ('mistake' in read) return [{...state, filter: {...state.filter, draft: text, mistake: read.mistake}}];
  return [filteredBy(state, asTyped(read.filter), at, {draft: text, mistake: undefined})];
}

export function filterKept(state: State, {at}: EventOf<'filter.kept'>): Step {
  const {draft, mistake} = state.filter;
  if (draft === undefined) return [state];
  const read = parseFilter(state.filter.active.text);
  const active = 'filter' in read ? read.filter : state.filter.active;
  const kept = filteredBy(state, active, at, {draft: undefined, mistake: undefined, before: active});
  if (mistake === undefined) return [kept];
  const inForce = active.text === '' ? 'no filter is in force' : `still in force: ${active.text}`;
  return [noticed(kept, at, `filter: ${mistake}; ${inForce}`, 'warn')];
}

/** Esc: out of the prompt back to what was before it; without a prompt, no filter. */
export function filterCleared(state: State, {at}: EventOf<'filter.cleared'>): Step {
  const {draft, before} = state.filter;
  const next = draft === undefined ? noFilter : before;
  return [filteredBy(state, next, at, {draft: undefined, mistake: undefined, before: next})];
}

function sortedBy(state: State, sort: State['sort']): Step {
  const overlay = state.overlay?.kind === 'sort' ? undefined : state.overlay;
  const {column, descending} = state.sort;
  if (sort.column === column && sort.descending === descending) return [{...state, overlay}];
  return [rebuilt({...state, sort, overlay})];
}

export const sortChosen = (state: State, {column, descending}: EventOf<'sort.chosen'>): Step =>
  sortedBy(state, {column, descending: descending ?? columnOf(column).descendingFirst});

export function sortStepped(state: State, {by}: EventOf<'sort.stepped'>): Step {
  const index = columns.findIndex(({id}) => id === state.sort.column);
  const next = columns.at((index + by) % columns.length);
  return next ? sortedBy(state, {column: next.id, descending: next.descendingFirst}) : [state];
}

export const sortInverted = (state: State): Step =>
  sortedBy(state, {...state.sort, descending: !state.sort.descending});
