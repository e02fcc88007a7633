import {Set as ImmutableSet} from 'immutable';
import {checkSuspects, withSuspect} from './checking.ts';
import type {EventOf} from './event.ts';
import {isAlive} from './fleet.ts';
import {denied, gapBegun, gapEnded, inPhase, withLink} from './gap.ts';
import {logged, noticed} from './logging.ts';
import {sandboxObserved} from './observing.ts';
import {listPause, pollPause, retryPause} from './pacing.ts';
import type {Stamp} from './sandbox.ts';
import type {Listing, State} from './state.ts';
import {andThen, forEach, type Step} from './step.ts';

/** Readings in a row because rows came or went meanwhile; after that the slow one has to do. */
const MOST_REPEATS = 4;

/** What `r` says until the list is there, or is not. */
export const RE_READING = 'reading the list again…';

/** The answer to an `r` that is still on the screen. */
const answered = (state: State, at: Stamp, text: string): State =>
  state.notice?.text === RE_READING ? noticed(state, at, text) : state;

const withListing = (state: State, listing: Partial<Listing>): State => ({
  ...state,
  listing: {...state.listing, ...listing},
});

/** Reads the whole list, one reading at a time: asked for meanwhile, another follows. */
export function listBegun(state: State, at: Stamp, repeats = 0): Step {
  if (state.listing.phase === 'reading') return [withListing(state, {again: true})];
  const run = state.listing.run + 1;
  const begun: Partial<Listing> = {
    run,
    phase: 'reading',
    beganAt: at,
    pages: 0,
    seen: ImmutableSet(),
    again: false,
    nextAt: undefined,
    disturbed: false,
    repeats,
  };
  return [withListing(state, begun), {do: 'list', run}];
}

const isUnderWay = ({phase, run}: Listing, event: {readonly run: number}): boolean =>
  phase === 'reading' && run === event.run;

/** Rows count as soon as their page is here, even of a reading that is no longer waited for. */
export function listPaged(state: State, event: EventOf<'list.page'>): Step {
  const {at, asOf, patches} = event;
  const step = forEach(state, patches, (next, patch) => sandboxObserved(next, {at, asOf, via: 'list', patch}));
  if (!isUnderWay(state.listing, event)) return step;
  return andThen(step, (next) => {
    const {pages, beganAt, seen} = next.listing;
    const ids = patches.map((patch) => patch.id);
    return [withListing(next, {pages: pages + 1, beganAt: pages === 0 ? asOf : beganAt, seen: seen.union(ids)})];
  });
}

export function listEnded(state: State, event: EventOf<'list.ended'>): Step {
  const {at, complete} = event;
  if (!isUnderWay(state.listing, event)) return [state];
  const {seen, beganAt = at, again, disturbed, pages, repeats} = state.listing;
  const read = withListing(state, readingOver(event, beganAt));
  const told = complete ? withMissing(read, seen, beganAt) : partTold(read, at, state.listing.reason);
  const tookMs = at - beganAt;
  const said = answered(told, at, `list read in ${(tookMs / 1000).toFixed(1)} s: ${told.live} alive`);
  const current = heardByList(said, at, {beganAt, isWhole: complete});
  const isHinted = state.listing.nextAt !== undefined;
  const planned = withListing(current, {nextAt: at + (isHinted ? pollPause(current) : listPause(current))});
  // One page is one answer: only a cursor between two can skip a row.
  const isDoubtful = disturbed && pages > 1 && repeats < MOST_REPEATS;
  const next: Step = again || isDoubtful ? listBegun(planned, at, isDoubtful ? repeats + 1 : 0) : [planned];
  return andThen(next, checkSuspects);
}

const readingOver = ({at, complete, reason}: EventOf<'list.ended'>, beganAt: Stamp): Partial<Listing> => ({
  phase: complete ? 'complete' : 'partial',
  endedAt: at,
  failures: 0,
  reason: complete ? undefined : (reason ?? 'the server cut it'),
  seen: ImmutableSet(),
  again: false,
  ...(complete ? {readAsOf: beganAt} : {}),
});

/** A list that was asked for after the stream had opened, or any list where there is no stream, ends the gap. */
function heardByList(
  state: State,
  at: Stamp,
  {beganAt, isWhole}: {readonly beganAt: Stamp; readonly isWhole: boolean},
): State {
  const {link} = state;
  if (link.polling) return gapEnded(withLink(state, {heardAt: at}), at, 'poll', isWhole);
  if (link.openedAt === undefined) return link.phase === 'offline' ? streamAloneDown(state, at) : state;
  if (beganAt < Math.max(link.openedAt, link.since)) return state;
  return gapEnded(state, at, 'live', isWhole);
}

const streamAloneDown = (state: State, at: Stamp): State =>
  withLink(state, {...inPhase(state.link, 'stale', at), reason: 'the stream is down; the list is read instead'});

/** Not being in the list proves nothing: each of these is asked for by id. */
function withMissing(state: State, seen: ImmutableSet<string>, asOf: Stamp): State {
  let next = state;
  for (const [id, row] of state.rows) {
    // Two snapshots may come with one stamp: what the later one lacks is asked for as well.
    if (isAlive(row) && row.asOf <= asOf && !seen.has(id)) next = withSuspect(next, id, false);
  }
  return next;
}

/** A list that was cut removes nothing; said once, not at every reading. */
function partTold(state: State, at: Stamp, reasonBefore: string | undefined): State {
  const {reason} = state.listing;
  if (reason === reasonBefore) return state;
  return logged(state, at, {kind: 'list', text: `the list is not whole: ${reason}; rows may be missing`, tone: 'warn'});
}

/** The rows stay. Tried again by itself, unless the key was refused. */
export function listFailed(state: State, event: EventOf<'list.failed'>): Step {
  const {at, failure} = event;
  if (!isUnderWay(state.listing, event)) return [state];
  const {failures, reason} = state.listing;
  const failed = withListing(state, {
    phase: 'failed',
    failures: failures + 1,
    nextAt: at + retryPause(failures, failure),
    reason: failure.message,
    seen: ImmutableSet(),
    again: false,
  });
  if (failure.kind === 'unauthorized' || failure.kind === 'forbidden') return [denied(failed, at, failure)];
  const told = answered(failed, at, `list not read: ${failure.message}`);
  const shown = withoutTouch({...told, lastFailure: failure}, event);
  if (reason === failure.message) return [shown];
  const {message, requestId, status} = failure;
  const said = {kind: 'list', text: `list not read: ${message}`, tone: 'warn', requestId, status} as const;
  return [logged(shown, at, said)];
}

/** Where the list is all there is, its failure is the loss of touch; with a stream it only delays the end of a gap. */
function withoutTouch(state: State, {at, failure}: EventOf<'list.failed'>): State {
  const {link} = state;
  if (!link.polling) return link.phase === 'live' ? state : withLink(state, {reason: failure.message});
  const phase = failure.kind === 'unreachable' ? 'offline' : 'stale';
  const {staleSince = link.heardAt ?? at} = link;
  return withLink(gapBegun(state, at), {...inPhase(link, phase, at), reason: failure.message, staleSince});
}

/** One event with the whole list: as good as having read it. */
export function snapshotObserved(state: State, {at, asOf, patches}: EventOf<'snapshot.observed'>): Step {
  const step = forEach(state, patches, (next, patch) => sandboxObserved(next, {at, asOf, via: 'snapshot', patch}));
  const seen = ImmutableSet(patches.map((patch) => patch.id));
  return andThen(step, (next) =>
    checkSuspects(
      heardByList(withListing(withMissing(next, seen, asOf), {endedAt: at}), at, {beganAt: asOf, isWhole: true}),
    ),
  );
}

/**
 * Something changed and nobody said what: the list is read soon, and once for many such hints. Not at once after the
 * last one: a server that says nothing but hints is read as often as one that has no stream.
 */
export function listWanted(state: State, at: Stamp, leastPauseMs: number): Step {
  const {nextAt, endedAt} = state.listing;
  const soon = Math.max(at + 1000, (endedAt ?? at) + Math.max(leastPauseMs, pollPause(state)));
  return nextAt !== undefined && nextAt <= soon ? [state] : [withListing(state, {nextAt: soon})];
}
