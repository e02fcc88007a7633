import type {Cancel, Clock} from '../clock/clock.ts';
import type {Budget} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {createLimiter} from './limiter.ts';
import {type Priority, type PriorityRule, priorityRules} from './priorities.ts';

/** Told until when a request is held, and again whenever that changes. */
export type Held = (until: Stamp) => void;

/** One governor for all requests of a session: who goes first, and when. */
export type Governor = {
  /** Resolves when the request may leave, or when `signal` aborts: ask the signal which. Never rejects. */
  readonly admit: (priority: Priority, signal?: AbortSignal, held?: Held) => Promise<void>;
  /** An answer told the budget. */
  readonly learn: (budget: Budget) => void;
  /** A request was answered 429, an act where `priority` is left out; answers until when requests stay back. */
  readonly refuse: (retryAfterMs: number | undefined, priority?: Priority) => Stamp;
  /**
   * A request with a limit of its own (creates 20 a minute, builds 10 an hour: docs.hopx.ai rate-limits) was answered
   * 429; answers until when it stays back. The others go on: where the budget of all is used up, `learn` knows it.
   */
  readonly waitsUntil: (retryAfterMs: number | undefined) => Stamp;
};

type Waiter = {readonly admit: () => void; readonly held: Held | undefined};
type Queue = {readonly rule: PriorityRule; readonly waiters: Set<Waiter>};

export function createGovernor({clock, random}: {readonly clock: Clock; readonly random: () => number}): Governor {
  const limiter = createLimiter(clock, random);
  const queues: readonly Queue[] = priorityRules.map((rule) => ({rule, waiters: new Set()}));
  const queueOf = new Map(queues.map((queue) => [queue.rule.id, queue]));
  let cancelTimer: Cancel = () => undefined;

  /** Lets out of one queue who may leave now; answers when the first of those that stay may. */
  const admitSome = ({rule, waiters}: Queue, now: Stamp): Stamp | undefined => {
    for (const waiter of waiters) {
      const opensAt = limiter.opensAt(rule, now);
      if (opensAt > now) return opensAt;
      limiter.spend(rule, now);
      waiter.admit();
    }
    return undefined;
  };

  const admitReady = () => {
    cancelTimer();
    const now = clock.monotonic();
    const closed = queues.flatMap((queue) => {
      const opensAt = admitSome(queue, now);
      return opensAt === undefined ? [] : [{waiters: queue.waiters, opensAt}];
    });
    const nextAt = Math.min(...closed.map(({opensAt}) => opensAt));
    if (Number.isFinite(nextAt)) cancelTimer = clock.after(nextAt - now, admitReady);
    // Last: who is told may ask for more at once.
    for (const {waiters, opensAt} of closed) for (const {held} of [...waiters]) held?.(opensAt);
  };

  return {
    admit: (priority, signal, held) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const waiters = queueOf.get(priority)?.waiters;
        const admit = () => {
          waiters?.delete(waiter);
          signal?.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = () => {
          admit();
          admitReady();
        };
        const waiter = {admit, held: held && onceEach(held)};
        signal?.addEventListener('abort', giveUp, {once: true});
        waiters?.add(waiter);
        admitReady();
      }),
    learn(budget) {
      limiter.learn(budget);
      admitReady();
    },
    refuse(retryAfterMs, priority = 'act') {
      const until = limiter.refuse(retryAfterMs, queueOf.get(priority)?.rule.isPaced ?? false);
      admitReady();
      return until;
    },
    waitsUntil: limiter.waitsUntil,
  };
}

/** Tells a time only when it is another than before. */
function onceEach(held: Held): Held {
  let told: Stamp | undefined;
  return (until) => {
    if (until === told) return;
    told = until;
    held(until);
  };
}
