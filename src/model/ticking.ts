import {graceEnded} from './asking.ts';
import {checkSuspects} from './checking.ts';
import {forgotten} from './dying.ts';
import type {EventOf} from './event.ts';
import {slept} from './link.ts';
import {listBegun} from './listing.ts';
import {confirmationDue} from './outcome.ts';
import {samplesFreed} from './sampling.ts';
import type {Stamp} from './sandbox.ts';
import {refiltered} from './sorting.ts';
import type {Act, Notice, State} from './state.ts';
import {andThen, forEach, type Step} from './step.ts';

/** Between two ticks; more means that this program did not run. */
const LONGEST_TICK_MS = 5000;
/** The wall clock may drift from the monotonic one by this much between two ticks. */
const LONGEST_DRIFT_MS = 2000;

const noticeMs: Readonly<Record<Notice['tone'], number>> = {plain: 5000, warn: 8000, danger: 20_000};

/** About once a second: time is taken over, and what falls due is done. */
export function clockTicked(state: State, {at, wall}: EventOf<'clock.ticked'>): Step {
  const drift = Math.abs(wall - state.wall - (at - state.now));
  const jump = Math.max(drift > LONGEST_DRIFT_MS ? drift : 0, at - state.now > LONGEST_TICK_MS ? at - state.now : 0);
  const ticked = {...state, now: at, wall};
  const aged = samplesFreed(refiltered(forgotten(withoutOldNotice(ticked, at), at), at), at);
  const woken: Step = jump > 0 ? slept(aged, at, jump) : [aged];
  const listed = andThen(woken, (next) => listDue(next, at));
  const acted = andThen(listed, (next) => forEach(next, dueActs(next, at), (each, act) => actDue(each, at, act)));
  return andThen(acted, checkSuspects);
}

function withoutOldNotice(state: State, at: Stamp): State {
  const {notice} = state;
  return notice && at - notice.at >= noticeMs[notice.tone] ? {...state, notice: undefined} : state;
}

/** Not while nobody would answer: the stream's return begins a reading of its own. */
function listDue(state: State, at: Stamp): Step {
  const {listing, link} = state;
  const isHopeless = link.phase === 'auth' || (link.phase === 'offline' && !link.polling);
  const isDue = listing.phase !== 'reading' && listing.nextAt !== undefined && at >= listing.nextAt;
  return isDue && !isHopeless && !state.quitting ? listBegun(state, at) : [state];
}

const dueActs = (state: State, at: Stamp): readonly Act[] =>
  [...state.acts.values()].filter(({dueAt}) => dueAt !== undefined && at >= dueAt);

function actDue(state: State, at: Stamp, act: Act): Step {
  if (act.phase === 'grace') return graceEnded(state, at, act);
  return act.phase === 'accepted' || act.phase === 'unknown' ? confirmationDue(state, at, act) : [state];
}
