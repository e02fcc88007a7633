import type {Cancel, Clock} from '../clock/clock.ts';
import type {Budget} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {createLimiter} from './limiter.ts';
import {type Priority, priorityRules} from './priorities.ts';

/** One governor for all requests of a session: who goes first, and when. */
export type Governor = {
  /** Resolves when the request may leave, or when `signal` aborts: ask the signal which. Never rejects. */
  readonly admit: (priority: Priority, signal?: AbortSignal) => Promise<void>;
  /** When an act asked for now could leave. */
  readonly actsOpenAt: () => Stamp;
  /** An answer told the budget. */
  readonly learn: (budget: Budget) => void;
  /** A 429 came; answers until when requests stay back. */
  readonly refuse: (retryAfterMs: number | undefined) => Stamp;
};

type Waiter = {readonly admit: () => void};

const [actRule] = priorityRules;

export function createGovernor({clock, random}: {readonly clock: Clock; readonly random: () => number}): Governor {
  const limiter = createLimiter(clock, random);
  const queues = priorityRules.map((rule) => ({rule, waiters: new Set<Waiter>()}));
  const queueOf = new Map(queues.map(({rule, waiters}) => [rule.id, waiters]));
  let cancelTimer: Cancel = () => undefined;

  const admitReady = () => {
    cancelTimer();
    const now = clock.monotonic();
    let nextAt = Number.POSITIVE_INFINITY;
    for (const {rule, waiters} of queues) {
      for (const waiter of waiters) {
        const opensAt = limiter.opensAt(rule, now);
        if (opensAt > now) {
          nextAt = Math.min(nextAt, opensAt);
          break;
        }
        limiter.spend(rule, now);
        waiter.admit();
      }
    }
    if (Number.isFinite(nextAt)) cancelTimer = clock.after(nextAt - now, admitReady);
  };

  return {
    admit: (priority, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const waiters = queueOf.get(priority);
        const admit = () => {
          waiters?.delete(waiter);
          signal?.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = () => {
          admit();
          admitReady();
        };
        const waiter = {admit};
        signal?.addEventListener('abort', giveUp, {once: true});
        waiters?.add(waiter);
        admitReady();
      }),
    actsOpenAt: () => (actRule ? limiter.opensAt(actRule, clock.monotonic()) : clock.monotonic()),
    learn(budget) {
      limiter.learn(budget);
      admitReady();
    },
    refuse(retryAfterMs) {
      const until = limiter.refuse(retryAfterMs);
      admitReady();
      return until;
    },
  };
}
