import type {Stamp} from '../model/sandbox.ts';
import {type Outcome, outcomeOf} from './failures.ts';
import type {Held} from './governor.ts';
import type {Ports} from './ports.ts';
import type {Priority} from './priorities.ts';

export type Asked<T> = {readonly outcome: Outcome<T>; readonly sentAt: Stamp};

/** A GET answered 429 is asked again this often, each time after the server's own wait. */
const MOST_REFUSALS = 5;

/** Asks a GET through the governor, waiting out 429s. Undefined: the session stopped meanwhile. Never rejects. */
export async function askGoverned<T>(
  {governor, clock, stopping}: Ports,
  priority: Priority,
  ask: () => Promise<T>,
  held?: Held,
): Promise<Asked<T> | undefined> {
  await governor.admit(priority, stopping, held);
  for (let refusals = 0; !stopping.aborted; refusals += 1) {
    const sentAt = clock.monotonic();
    const outcome = await outcomeOf(ask);
    if (stopping.aborted) return undefined;
    if ('value' in outcome || outcome.failure.kind !== 'rate-limited') return {outcome, sentAt};
    governor.refuse(outcome.failure.retryAfterMs, priority);
    if (refusals === MOST_REFUSALS) return {outcome, sentAt};
    await governor.admit(priority, stopping, held);
  }
  return undefined;
}
