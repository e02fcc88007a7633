/** A terminal that is written to and never waited for. */
export type TtyOutput = {
  /** Hands text over; never blocks. Empty text is nothing. */
  readonly write: (text: string) => void;
  /** Whether the terminal has taken everything that was handed over. */
  readonly isTaken: () => boolean;
  /** Calls back each time it has; gives back how to stop that. */
  readonly onTaken: (listener: () => void) => () => void;
};

export function createTtyOutput(stream: {readonly write: (text: string, taken: () => void) => unknown}): TtyOutput {
  let held = 0;
  const listeners = new Set<() => void>();
  return {
    write(text) {
      if (text === '') return;
      held += 1;
      stream.write(text, () => {
        held -= 1;
        if (held === 0) for (const listener of listeners) listener();
      });
    },
    isTaken: () => held === 0,
    onTaken(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
