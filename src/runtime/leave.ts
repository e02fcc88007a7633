import {wait} from '../clock/clock.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {Held} from './governor.ts';
import type {Ports} from './ports.ts';

/** What an event of leave is made of: the moment, by both clocks. */
type Admission = {readonly at: Stamp; readonly wall: number};

export type Leave = {
  /** Waits for leave: for `until` by the clock, then for the limiter. Undefined: let go of meanwhile. Never rejects. */
  readonly ask: (key: string, held: Held, until?: Stamp) => Promise<Admission | undefined>;
  /** Lets go of whatever nobody wants to leave any more. */
  readonly keep: (isWanted: (key: string) => boolean) => void;
};

/** Requests of the user's that wait for leave, each by its key; they hold nobody but themselves. */
export function createLeave({clock, governor, stopping}: Ports): Leave {
  const waiting = new Map<string, AbortController>();
  const letGo = (key: string) => {
    waiting.get(key)?.abort();
    waiting.delete(key);
  };
  return {
    async ask(key, held, until) {
      // Taken back and asked for anew: one place in the queue.
      letGo(key);
      const leave = new AbortController();
      waiting.set(key, leave);
      const signal = AbortSignal.any([stopping, leave.signal]);
      const ms = (until ?? Number.NEGATIVE_INFINITY) - clock.monotonic();
      if (ms > 0) await wait(clock, ms, signal);
      await governor.admit('act', signal, held);
      if (signal.aborted) return undefined;
      waiting.delete(key);
      return {at: clock.monotonic(), wall: clock.wall()};
    },
    keep(isWanted) {
      for (const key of [...waiting.keys()]) if (!isWanted(key)) letGo(key);
    },
  };
}
