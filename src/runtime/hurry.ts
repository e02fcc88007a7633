/** Lets one waiting loop be woken. */
export type Hurry = {
  readonly wake: () => void;
  /** Resolves at the next `wake`. Only the newest call is kept, so waits given up hold nothing. */
  readonly next: () => Promise<void>;
  /** Resolves at the next `wake`, or when `signal` aborts. */
  readonly nextOrAborted: (signal: AbortSignal) => Promise<void>;
};

export function createHurry(): Hurry {
  let resolveNext: () => void = () => undefined;
  const next = () =>
    new Promise<void>((resolve) => {
      resolveNext = resolve;
    });
  return {
    wake: () => resolveNext(),
    next,
    async nextOrAborted(signal) {
      if (signal.aborted) return;
      const wake = () => resolveNext();
      const woken = next();
      signal.addEventListener('abort', wake, {once: true});
      await woken;
      signal.removeEventListener('abort', wake);
    },
  };
}
