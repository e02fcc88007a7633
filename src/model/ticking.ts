import type {Act} from './act.ts';
import {checkSuspects} from './checking.ts';
import {creationDue} from './creating.ts';
import {forgotten} from './dying.ts';
import type {EventOf} from './event.ts';
import {allPutBack, graceEnded, isOverdue, overdue} from './leaving.ts';
import {silenceEnded, slept} from './link.ts';
import {listBegun} from './listing.ts';
import {confirmationDue} from './outcome.ts';
import {rotated} from './rotation.ts';
import {samplesFreed} from './sampling.ts';
import type {Millis, Stamp} from './sandbox.ts';
import type {Notice, State} from './state.ts';
import {andThen, forEach, type Step} from './step.ts';
import {deletionsDue} from './templateDeleting.ts';
import {buildDue} from './templateSpec.ts';
import {jumpSince, wallAt} from './times.ts';

const noticeMs: Readonly<Record<Notice['tone'], number>> = {plain: 5000, warn: 8000, danger: 20_000};

/** About once a second: time is taken over, and what falls due is done. */
export function clockTicked(state: State, {at, wall}: EventOf<'clock.ticked'>): Step {
  const jump = jumpSince(state, {at, wall});
  const ticked = {...(jump ? jumped(state, at, wall) : state), now: at, wall};
  const said = jump ? noticeKept(ticked, at) : withoutOldNotice(ticked, at);
  const aged = rotated(samplesFreed(forgotten(said, at), at), at);
  const woken: Step = jump ? slept(allPutBack(aged, at, jump.why), at, jump.ms) : [aged];
  const heard = andThen(woken, (next) => silenceEnded(next, at));
  const listed = andThen(heard, (next) => listDue(next, at));
  const acted = andThen(listed, (next) => forEach(next, dueActs(next, at), (each, act) => actDue(each, at, act)));
  const asked = andThen(acted, (next) => deletionsDue(buildDue(creationDue(next, at), at), at));
  const gone = andThen(asked, (next) => [bulkGraceEnded(next, at)]);
  return andThen(gone, checkSuspects);
}

/** From now on the first of many may leave. */
const bulkGraceEnded = (state: State, at: Stamp): State =>
  state.bulk?.graceUntil !== undefined && at >= state.bulk.graceUntil
    ? {...state, bulk: {...state.bulk, graceUntil: undefined}}
    : state;

/** The server's clock has not jumped with ours: it goes on as it was, until the next answer tells. */
const jumped = (state: State, at: Stamp, wall: Millis): State => ({
  ...state,
  jumpedAt: at,
  skewMs: state.skewMs - (wall - wallAt(state, at)),
  skewFloorMs: undefined,
});

/** Nobody has seen the screen meanwhile: what it says is shown for its whole time from now on. */
const noticeKept = (state: State, at: Stamp): State =>
  state.notice ? {...state, notice: {...state.notice, at}} : state;

function withoutOldNotice(state: State, at: Stamp): State {
  const {notice} = state;
  return notice && at - notice.at >= noticeMs[notice.tone] ? {...state, notice: undefined} : state;
}

/** Out of touch too: it tells whether it is the stream alone that is down. */
function listDue(state: State, at: Stamp): Step {
  const {listing, link} = state;
  const isDue = listing.phase !== 'reading' && listing.nextAt !== undefined && at >= listing.nextAt;
  return isDue && link.phase !== 'auth' && !state.quitting ? listBegun(state, at) : [state];
}

const dueActs = (state: State, at: Stamp): readonly Act[] =>
  [...state.acts.values()].filter((act) => isOverdue(act, at) || (act.dueAt !== undefined && at >= act.dueAt));

function actDue(state: State, at: Stamp, act: Act): Step {
  if (isOverdue(act, at)) return [overdue(state, at, act)];
  if (act.phase === 'grace') return graceEnded(state, at, act);
  return act.phase === 'accepted' || act.phase === 'unknown' ? confirmationDue(state, at, act) : [state];
}
