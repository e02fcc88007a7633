import {Set as ImmutableSet} from 'immutable';
import type {Failure} from './failure.ts';
import {logged} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import type {Link, State} from './state.ts';
import {gapSaid} from './unseen.ts';

export const withLink = (state: State, link: Partial<Link>): State => ({...state, link: {...state.link, ...link}});

export const inPhase = (link: Link, phase: Link['phase'], at: Stamp): Pick<Link, 'phase' | 'since'> => ({
  phase,
  since: link.phase === phase ? link.since : at,
});

/** From the last byte on nothing is known to be current. */
export function gapBegun(state: State, at: Stamp): State {
  const {staleSince, openedAt, heardAt} = state.link;
  if (staleSince !== undefined) return state;
  return withLink(gapSaid(state, at), {
    staleSince: openedAt === undefined ? at : (heardAt ?? at),
    lostAt: at,
    missed: 0,
    unreadable: 0,
    late: ImmutableSet(),
  });
}

/** A list has been read; `isWhole`: all of it. What was missed is known once the rows that it lacks are asked for. */
export function gapEnded(state: State, at: Stamp, phase: 'live' | 'poll', isWhole: boolean): State {
  const {staleSince} = state.link;
  const reason = phase === 'poll' ? state.link.reason : undefined;
  const unaccounted = staleSince === undefined ? state.link.unaccounted : {from: staleSince, to: at, isWhole};
  const link = {...inPhase(state.link, phase, at), staleSince: undefined, lostAt: undefined, unaccounted, reason};
  return {...withLink(state, link), lastFailure: undefined, notice: noticeAfter(state)};
}

/** What was refused because there was no connection is no longer true once there is one. */
export const noticeAfter = ({notice, link}: State): State['notice'] =>
  link.phase === 'offline' || link.phase === 'auth' ? undefined : notice;

/** Nothing is tried again by itself: a refused key does not heal, and trying on may lock it. */
export function denied(state: State, at: Stamp, failure: Failure): State {
  const {message: reason, requestId, status} = failure;
  const link = {...inPhase(state.link, 'auth', at), openedAt: undefined, retryAt: undefined, reason};
  const shut = withLink(gapBegun(state, at), link);
  const idle = {...shut, listing: {...shut.listing, nextAt: undefined}, lastFailure: failure};
  if (state.link.phase === 'auth') return idle;
  return logged(idle, at, {kind: 'access', text: `access denied: ${reason}`, tone: 'danger', requestId, status});
}
