import type {Millis, Stamp} from './sandbox.ts';
import type {State} from './state.ts';

/** Before everything: what has not happened yet. */
export const NEVER: Stamp = Number.NEGATIVE_INFINITY;

/** Between two ticks; more means that this program did not run. */
const LONGEST_TICK_MS = 5000;
/** The wall clock may drift from the monotonic one by this much between two ticks. */
const LONGEST_DRIFT_MS = 2000;

export const PROGRAM_STOPPED = 'the program was stopped';

type Clocks = Pick<State, 'now' | 'wall' | 'skewMs'>;

/** The wall clock at a stamp, counted from the last tick. */
export const wallAt = ({wall, now}: Clocks, at: Stamp): Millis => wall + (at - now);

/** The server's clock at a stamp, at the least: whoever counts what is left of a life by it counts too much. */
export const serverAt = (clocks: Clocks, at: Stamp): Millis => wallAt(clocks, at) + clocks.skewMs;

/** A time that nobody here saw pass. */
export type Jump = {readonly ms: Millis; readonly why: string};

/** What was missed since the last tick. The monotonic clock of some systems stands still while the machine sleeps. */
export function jumpSince(clocks: Clocks, {at, wall}: {readonly at: Stamp; readonly wall: Millis}): Jump | undefined {
  const gap = at - clocks.now;
  const drift = Math.abs(wall - wallAt(clocks, at));
  if (gap > LONGEST_TICK_MS) return {ms: Math.max(gap, drift), why: PROGRAM_STOPPED};
  return drift > LONGEST_DRIFT_MS ? {ms: drift, why: 'the machine slept, or its clock was set,'} : undefined;
}
