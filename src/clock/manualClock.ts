import type {Cancel, Clock} from './clock.ts';

export type ManualClock = Clock & {
  /** Moves both clocks on by `ms` and runs what falls due on the way, in order of its time. */
  readonly advance: (ms: number) => void;
  /** Moves the wall clock alone, as NTP or a user does. */
  readonly jumpWall: (ms: number) => void;
  /** How many timers wait: a test can tell a leak. */
  readonly waiting: () => number;
};

type Timer = {readonly at: number; readonly order: number; readonly run: () => void};

/** A clock that stands still until told: time as an argument, so a test or a simulation repeats to the byte. */
export function manualClock(startWall = 0): ManualClock {
  let now = 0;
  let wallOffset = startWall;
  let order = 0;
  const timers = new Set<Timer>();

  const nextDue = (until: number): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.at > until) continue;
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  };

  return {
    wall: () => now + wallOffset,
    monotonic: () => now,
    after(ms, run): Cancel {
      order += 1;
      const timer = {at: now + Math.max(0, ms), order, run};
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const until = now + ms;
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.run();
      }
      now = until;
    },
    jumpWall(ms) {
      wallOffset += ms;
    },
    waiting: () => timers.size,
  };
}
