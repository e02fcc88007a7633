import type {Stamp} from '../model/sandbox.ts';

/** Counts what happened in the last `ms`, for a limit that holds over every such span and not only on average. */
export type Pace = {
  readonly note: (now: Stamp) => void;
  /** The earliest time at which one more makes no more than `most` within the span. */
  readonly freeAt: (now: Stamp, most: number) => Stamp;
};

export function createPace(ms: number): Pace {
  const stamps: Stamp[] = [];
  return {
    note(now) {
      stamps.push(now);
      while ((stamps[0] ?? now) <= now - ms) stamps.shift();
    },
    freeAt(now, most) {
      const blocking = stamps[stamps.length - most];
      return blocking === undefined ? now : Math.max(now, blocking + ms);
    },
  };
}
