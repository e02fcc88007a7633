/** Takes back what was planned; calling it twice, or too late, does nothing. */
export type Cancel = () => void;

/** The only way to know or to wait for time. `systemClock` in the product, `manualClock` in tests and tapes. */
export type Clock = {
  /** Milliseconds since the Unix epoch. May jump either way: for display and for the server's times only. */
  readonly wall: () => number;
  /** Milliseconds since some start. Never goes back: for ages, order and time-outs. */
  readonly monotonic: () => number;
  /** Calls `run` once, `ms` from now (at the least 0, at the most 2^31-1: beyond that Node fires at once). */
  readonly after: (ms: number, run: () => void) => Cancel;
};

/** The longest delay `setTimeout` keeps; a longer one would fire at once (Node's documentation, Timers). */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_DELAY_MS));
    return () => clearTimeout(timer);
  },
};

/** Calls `run` every `ms` until cancelled. A late call is not made up for. */
export function every(clock: Clock, ms: number, run: () => void): Cancel {
  let cancel: Cancel = () => undefined;
  const plan = () => {
    cancel = clock.after(ms, () => {
      plan();
      run();
    });
  };
  plan();
  return () => cancel();
}

/** Resolves after `ms`, or as soon as `signal` aborts; never rejects. */
export function wait(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    const stop = () => {
      cancel();
      resolve();
    };
    signal?.addEventListener('abort', stop, {once: true});
  });
}
