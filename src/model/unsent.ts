import type {Failure} from './failure.ts';
import {formatAge} from './format.ts';
import {LONGEST_UNSENT_MS, MOST_REFUSALS} from './limit.ts';
import type {Millis, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import {jumpSince, wallAt} from './times.ts';

/** Something that was agreed to and waits for leave. */
type Waiting = {
  /** What the longest wait is counted from. */
  readonly askedAt: Stamp;
  /** 429s so far: each was not carried out. */
  readonly refusals: number;
};

export const isLate = ({askedAt}: Waiting, at: Stamp): boolean => at - askedAt > LONGEST_UNSENT_MS;

/** Why what may leave now must not, as the end of `not sent: …`: nobody has seen it wait, or it has waited too long. */
export function lateness(
  state: State,
  event: {readonly at: Stamp; readonly wall: Millis},
  waiting: Waiting,
): string | undefined {
  const since = Math.max(state.now, waiting.askedAt);
  const jump = jumpSince({...state, now: since, wall: wallAt(state, since)}, event);
  if (jump) return `${jump.why} before it left`;
  return isLate(waiting, event.at) ? heldTooLong(waiting, event.at) : undefined;
}

export const heldTooLong = ({askedAt}: Waiting, at: Stamp): string =>
  `the request limit held it for ${formatAge(at - askedAt)}; ask again`;

/** Why it does not wait on until then; undefined: it does. `next` is what the server allows then, e.g. `next build`. */
export function hopelessness(
  {at, until, failure}: {readonly at: Stamp; readonly until: Stamp; readonly failure?: Failure},
  waiting: Waiting,
  next: string,
): string | undefined {
  if (isLate(waiting, until)) {
    const wait = Math.max(until - at, failure?.retryAfterMs ?? 0);
    return `the server allows the ${next} in ${formatAge(wait)}: ask again then`;
  }
  return failure && waiting.refusals > MOST_REFUSALS ? failure.message : undefined;
}
