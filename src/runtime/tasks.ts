/** Everything that runs in the background, so that stopping can wait for it. */
export type Tasks = {
  /** Begins at once. What it throws goes to `report`, never to the process. */
  readonly start: (work: () => Promise<void> | void) => void;
  /** Resolves when nothing runs any more. */
  readonly ended: () => Promise<void>;
};

/** `report` hears of mistakes of ours only: every expected failure is an Event by then. It must not throw. */
export function createTasks(report: (error: unknown) => void): Tasks {
  const running = new Set<Promise<void>>();

  const attempt = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      report(error);
    }
  };

  return {
    start(work) {
      const task: Promise<void> = attempt(work).then(() => {
        running.delete(task);
      });
      running.add(task);
    },
    async ended() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
