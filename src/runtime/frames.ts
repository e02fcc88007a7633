import type {Cancel, Clock} from '../clock/clock.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {Urgency} from '../model/store.ts';

/** Decides when listeners are told of a change. */
export type Frames = {
  /** Calls `notify` at once if the rate allows, else as soon as it does. Of several waiting, the last is called. */
  readonly schedule: (urgency: Urgency, notify: () => void) => void;
  /** No frame ever again. */
  readonly stop: () => void;
};

/**
 * At most ten frames a second that a key caused, four that events caused. Samples, bytes and seconds come all the time:
 * as one frame a second, all that changes by itself moves together.
 */
const SPACING_MS: Readonly<Record<Urgency, number>> = {key: 100, data: 250, routine: 1000};

const NEVER: Stamp = Number.NEGATIVE_INFINITY;

type Pending = {readonly dueAt: Stamp; readonly notify: () => void; readonly urgency: Urgency};

export function createFrames(clock: Clock): Frames {
  let lastKeyAt = NEVER;
  let lastAt = NEVER;
  let pending: Pending | undefined;
  let cancelTimer: Cancel = () => undefined;
  let isStopped = false;

  const paint = ({notify, urgency}: Pending) => {
    cancelTimer();
    pending = undefined;
    lastAt = clock.monotonic();
    if (urgency === 'key') lastKeyAt = lastAt;
    notify();
  };

  const plan = (next: Pending) => {
    const now = clock.monotonic();
    pending = next;
    if (isStopped) return;
    if (next.dueAt <= now) return paint(next);
    cancelTimer();
    cancelTimer = clock.after(next.dueAt - now, () => paint(next));
  };

  return {
    schedule(urgency, notify) {
      // A key is held to other keys only: a frame of data a moment ago must not make it wait.
      const dueAt = (urgency === 'key' ? lastKeyAt : lastAt) + SPACING_MS[urgency];
      plan(pending && pending.dueAt <= dueAt ? {...pending, notify} : {dueAt, notify, urgency});
    },
    stop() {
      isStopped = true;
      pending = undefined;
      cancelTimer();
    },
  };
}
