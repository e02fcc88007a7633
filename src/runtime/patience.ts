import type {Clock} from '../clock/clock.ts';
import {WINDOW_MS} from '../model/limit.ts';
import type {Stamp} from '../model/sandbox.ts';

/** Held for longer than a whole window of the limit: nobody expects it any more. */
export const LONGEST_UNSENT_MS = WINDOW_MS + 10_000;

/** Whether what is asked for now would leave too late; `at`: when it would, by default at the moment of the question. */
export type IsLate = (at?: Stamp) => boolean;

export function startPatience(clock: Clock): IsLate {
  const since = {stamp: clock.monotonic(), wall: clock.wall()};
  // The monotonic clock of some systems stands still while the machine sleeps.
  return (at = clock.monotonic()) =>
    at - since.stamp > LONGEST_UNSENT_MS || clock.wall() - since.wall > LONGEST_UNSENT_MS;
}
