import {Set as ImmutableSet} from 'immutable';
import {formatAge} from './format.ts';
import {logged} from './logging.ts';
import type {Stamp, Via} from './sandbox.ts';
import type {State} from './state.ts';

/** What came to us by asking, though nothing had said that there was something to ask for. */
const FOUND = 'found by re-read';

/** Rows that a gap left in doubt are waited for this long before the gap is accounted for without them. */
const LONGEST_ACCOUNT_MS = 60_000;

/** In a gap, or after one of which not all is known yet. */
const isOutOfTouch = ({link}: State): boolean => link.staleSince !== undefined || link.unaccounted !== undefined;

/** The gap hid it: now, or it is one that the account of the last gap did not wait for. */
export const wasHidden = (state: State, id: string): boolean => isOutOfTouch(state) || state.link.late.has(id);

/**
 * Nobody told this change: a list or a GET found it. Not one that an event led us to, nor what an act of ours did. A
 * snapshot is the stream's own, but after a gap it tells what no event did.
 */
function isUntold(state: State, id: string, via: Via): boolean {
  if (via === 'event' || via === 'act' || state.acts.has(id)) return false;
  if (via === 'snapshot') return isOutOfTouch(state);
  return state.suspects.get(id)?.isTold !== true;
}

/** Counts a change that nobody told while there is a gap. */
export function missedCounted(state: State, id: string, via: Via): State {
  if (!isOutOfTouch(state) || !isUntold(state, id, via)) return state;
  return {...state, link: {...state.link, missed: state.link.missed + 1}};
}

/** A GET that should have decided on a row did not answer: the account of the gap is not whole. */
export function unreadCounted(state: State, id: string): State {
  if (!isOutOfTouch(state) || state.suspects.get(id)?.isTold !== false) return state;
  return {...state, link: {...state.link, unreadable: state.link.unreadable + 1}};
}

/** The words of a change and, in brackets, what has to be known of how it is known. A server without events tells none. */
export function withMarks(state: State, id: string, via: Via, text: string, ...marks: readonly string[]): string {
  const isFound = (via === 'list' || via === 'read') && !state.link.polling && isUntold(state, id, via);
  const all = isFound ? [...marks, FOUND] : marks;
  return all.length === 0 ? text : `${text} (${all.join(', ')})`.trimStart();
}

/**
 * Says how long we were out of touch and what was missed, once that is known: when the list has been read and every
 * row that was not in it has been asked for. What takes too long is said to be open.
 */
export function gapAccounted(state: State, at: Stamp): State {
  const {unaccounted} = state.link;
  if (!unaccounted) return state;
  const isOpen = state.suspects.size > 0 || state.listing.phase === 'reading';
  return isOpen && at - unaccounted.to < LONGEST_ACCOUNT_MS ? state : gapSaid(state, at);
}

/** The same at once, whatever is still open. */
export function gapSaid(state: State, at: Stamp): State {
  const {unaccounted, missed, polling, unreadable} = state.link;
  if (!unaccounted) return state;
  const {from, to, isWhole} = unaccounted;
  const open = state.suspects.size;
  const atLeast = isWhole && open + unreadable === 0 ? '' : 'at least ';
  const changes = missed === 1 ? '1 change' : `${missed} changes`;
  const found = polling ? 'found' : 'found that no event told';
  const left = open === 0 ? '' : `; ${open === 1 ? '1 sandbox is' : `${open} sandboxes are`} still asked for`;
  const list = isWhole ? 'list read again' : 'a part of the list read again';
  const text = `out of touch for ${formatAge(to - from)}; ${list}: ${atLeast}${changes} ${found}${left}`;
  const late = ImmutableSet(state.suspects.keys());
  const accounted = {...state, link: {...state.link, unaccounted: undefined, late, missed: 0, unreadable: 0}};
  return logged(accounted, at, {kind: 'gap end', text});
}
