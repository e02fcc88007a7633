import {columnOf} from './columns.ts';
import type {EventOf} from './event.ts';
import {asTyped, type Filter, noFilter, parseFilter} from './filter.ts';
import {noticed} from './logging.ts';
import {rebuilt} from './mending.ts';
import {selectColumns} from './select.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

function filteredBy(state: State, active: Filter, rest: Partial<State['filter']>): State {
  const filter = {...state.filter, ...rest, active};
  const isSame = active.text === state.filter.active.text && active.isLoose === state.filter.active.isLoose;
  return isSame ? {...state, filter} : rebuilt({...state, filter});
}

export function filterOpened(state: State): Step {
  const {active, draft} = state.filter;
  if (draft !== undefined || state.dialog) return [state];
  return [{...state, filter: {active, draft: active.text, mistake: undefined, before: active}}];
}

/** Applied while it is typed, a value as a beginning; what cannot be read yet leaves the last good filter in force. */
export function filterEdited(state: State, {text}: EventOf<'filter.edited'>): Step {
  if (state.filter.draft === undefined) return [state];
  const read = parseFilter(text);
  if ('mistake' in read) return [{...state, filter: {...state.filter, draft: text, mistake: read.mistake}}];
  return [filteredBy(state, asTyped(read.filter), {draft: text, mistake: undefined})];
}

/** A term that stands there already is taken out. */
export function filterTermToggled(state: State, {term}: EventOf<'filter.termToggled'>): Step {
  const words = state.filter.active.text.split(' ').filter((word) => word !== '');
  const others = words.filter((word) => word !== term);
  const read = parseFilter((others.length < words.length ? others : [...words, term]).join(' '));
  if ('mistake' in read || state.filter.draft !== undefined || state.dialog) return [state];
  return [filteredBy(state, read.filter, {before: read.filter, mistake: undefined})];
}

export function filterKept(state: State, {at}: EventOf<'filter.kept'>): Step {
  const {draft, mistake} = state.filter;
  if (draft === undefined) return [state];
  const read = parseFilter(state.filter.active.text);
  const active = 'filter' in read ? read.filter : state.filter.active;
  const kept = filteredBy(state, active, {draft: undefined, mistake: undefined, before: active});
  if (mistake === undefined) return [kept];
  const inForce = active.text === '' ? 'no filter is in force' : `still in force: ${active.text}`;
  return [noticed(kept, at, `filter: ${mistake}; ${inForce}`, 'warn')];
}

/** Esc: out of the prompt back to what was before it; without a prompt, no filter. */
export function filterCleared(state: State): Step {
  const {draft, before} = state.filter;
  const next = draft === undefined ? noFilter : before;
  return [filteredBy(state, next, {draft: undefined, mistake: undefined, before: next})];
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
  // Not by what is not shown: nobody could check it.
  const shown = selectColumns(state);
  const index = shown.findIndex(({id}) => id === state.sort.column);
  const next = shown.at((index + by) % shown.length);
  return next ? sortedBy(state, {column: next.id, descending: next.descendingFirst}) : [state];
}

export const sortInverted = (state: State): Step =>
  sortedBy(state, {...state.sort, descending: !state.sort.descending});
