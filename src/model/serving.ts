import {checkSuspects, withoutSuspect, withSuspect} from './checking.ts';
import type {EventOf} from './event.ts';
import {listWanted} from './listing.ts';
import {logged} from './logging.ts';
import {actUnread} from './settling.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';
import {unreadCounted} from './unseen.ts';

/** Between two readings of the list that events nobody can read ask for. */
const UNREAD_PAUSE_MS = 30_000;
/** Names of unread events kept apart; more are counted as one. */
const MOST_NAMES = 100;
const OTHER_NAMES = 'others';
/** A step back of the server's clock by more than this is a new clock, not a worse reading of the old one. */
const CLOCK_STEP_MS = 2000;

export function budgetChanged(state: State, {budget}: EventOf<'budget.changed'>): Step {
  const {limit, remaining, resetAt} = state.budget ?? {};
  const isSame = limit === budget?.limit && remaining === budget?.remaining && resetAt === budget?.resetAt;
  return [isSame ? state : {...state, budget}];
}

/**
 * Every reading says only "at least": the highest is the best to show, until the clock was set. The lowest is kept
 * too: one answer with a wrong `Date` must not make a life look shorter than it is.
 */
export function serverDated(state: State, {skewMs}: EventOf<'server.dated'>): Step {
  const isBetter = state.skewMs === 0 || skewMs > state.skewMs || state.skewMs - skewMs > CLOCK_STEP_MS;
  const skewFloorMs = Math.min(state.skewFloorMs ?? skewMs, skewMs);
  const next = isBetter ? skewMs : state.skewMs;
  const isSame = next === state.skewMs && skewFloorMs === state.skewFloorMs;
  return [isSame ? state : {...state, skewMs: next, skewFloorMs}];
}

/** The row stays as it is; the next list will say again that it is missing. */
export function readFailed(state: State, {at, id, failure}: EventOf<'read.failed'>): Step {
  const counted = unreadCounted(state, id);
  return andThen([actUnread(withoutSuspect(counted, id), id, at, failure)], checkSuspects);
}

/** A read under way may have left before the change: it is asked anew. The id of nobody we know may be an event's. */
export function hintReceived(state: State, {at, id}: EventOf<'hint.received'>): Step {
  if (id === undefined) return listWanted(state, at, 0);
  const asked = checkSuspects(withSuspect(withoutSuspect(state, id), id, true));
  return state.rows.has(id) ? asked : andThen(asked, (next) => listWanted(next, at, 0));
}

/** It may have told a change, which the list will show; said of a row of that list, reading it again is no help. */
export function eventUnread(state: State, {at, name, excerpt}: EventOf<'event.unread'>): Step {
  const key = state.unread.has(name) || state.unread.size < MOST_NAMES ? name : OTHER_NAMES;
  const count = (state.unread.get(key) ?? 0) + 1;
  const counted = {...state, unread: state.unread.set(key, count)};
  const told =
    count > 1
      ? counted
      : logged(counted, at, {
          kind: 'unread',
          text: `event "${key}" not understood: ${excerpt}`,
          tone: 'warn',
          source: 'stream',
        });
  return told.listing.phase === 'reading' ? [told] : listWanted(told, at, UNREAD_PAUSE_MS);
}
