import type {Clock} from '../clock/clock.ts';
import type {Host} from './host.ts';

/**
 * Hands the terminal to somebody else while `away` runs, then takes it back and paints everything anew. Rejects when
 * it is handed over already. Ink's `suspendTerminal`.
 */
export type HandOver = (away: () => Promise<void>) => Promise<void>;

export type JobControl = {
  /** Ctrl-Z: gives the terminal back and stops; returns once somebody continued us and the screen is painted. */
  readonly suspend: () => Promise<void>;
  /**
   * The terminal is somebody else's until `borrower` is done; then everything is painted. Resolves with false, at once,
   * when it is somebody else's already. A stop stops us too meanwhile, as everybody in the foreground group.
   */
  readonly lend: (borrower: () => Promise<void>) => Promise<boolean>;
  /** Takes the terminal anew and paints everything. */
  readonly redraw: () => Promise<void>;
  /** Whether the terminal is somebody else's now. */
  readonly isAway: () => boolean;
  /** No stop and no continuation matters any more. */
  readonly release: () => void;
};

/** A stop takes effect before this; still running then, we are not allowed to stop. */
const STOP_MS = 200;

/**
 * Stops the whole foreground group, as the terminal does by itself when it is not raw: behind npm or a launcher, a
 * process that stops alone leaves the shell waiting for ever. In a group that no shell looks after, the system drops
 * the signal: then the screen comes back at once. A SIGCONT that follows no stop of ours (SIGSTOP from outside) paints
 * anew too, since the shell has used the terminal meanwhile.
 */
export function createJobControl(host: Host, clock: Clock, handOver: HandOver): JobControl {
  let isAway = false;
  let isOutdated = false;
  let wake: () => void = () => undefined;

  const stopped = (whom: 'self' | 'group') =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(STOP_MS, () => wake());
      wake = () => {
        cancel();
        wake = () => undefined;
        resolve();
      };
      // With a listener of ours the signal would not stop us.
      host.off('SIGTSTP', onStopAsked);
      host.stop(whom);
    }).finally(() => host.on('SIGTSTP', onStopAsked));

  const goAway = async (away: () => Promise<void>): Promise<boolean> => {
    if (isAway) return false;
    isAway = true;
    try {
      await handOver(() => away().finally(host.askSize));
    } finally {
      isAway = false;
    }
    if (isOutdated) {
      isOutdated = false;
      await redraw();
    }
    return true;
  };

  const suspend = async () => void (await goAway(() => stopped('group')));
  /** The terminal stops borrower and us together: a listener of ours would leave a shell waiting for a job that sleeps. */
  const lend = (borrower: () => Promise<void>) =>
    goAway(() => {
      host.off('SIGTSTP', onStopAsked);
      return borrower().finally(() => host.on('SIGTSTP', onStopAsked));
    });
  /** Asked for while the screen is being taken back, it is painted once more: the size may have changed meanwhile. */
  const redraw = async (): Promise<void> => {
    isOutdated = isAway;
    await goAway(async () => undefined);
  };
  const onStopAsked = () => void goAway(() => stopped('self'));
  const onContinued = () => {
    if (isAway) wake();
    else void redraw();
  };

  host.on('SIGTSTP', onStopAsked);
  host.on('SIGCONT', onContinued);
  return {
    suspend,
    lend,
    redraw,
    isAway: () => isAway,
    release() {
      host.off('SIGTSTP', onStopAsked);
      host.off('SIGCONT', onContinued);
    },
  };
}
