import type {Clock} from '../clock/clock.ts';
import type {Budget} from '../model/failure.ts';
import {clampWait, metricsShare, reserved, WINDOW_MS} from '../model/limit.ts';
import type {Stamp} from '../model/sandbox.ts';
import {currentAllowance, RESET_MARGIN_MS, spentAllowance, toldAllowance, unknownAllowance} from './allowance.ts';
import {createPace} from './pace.ts';
import type {PriorityRule} from './priorities.ts';

/** Knows when a request may leave; who goes first is decided elsewhere. */
export type Limiter = {
  /** The earliest time at which a request under this rule may leave; now or earlier: it may. */
  readonly opensAt: (rule: PriorityRule, now: Stamp) => Stamp;
  readonly spend: (rule: PriorityRule, now: Stamp) => void;
  readonly learn: (budget: Budget) => void;
  /**
   * A request was answered 429; answers until when requests stay back. What uses the reserve goes on where a paced
   * request was refused: that may be about those alone.
   */
  readonly refuse: (retryAfterMs: number | undefined, isPaced: boolean) => Stamp;
  /** Until when a request that was answered 429 stays back; holds nothing. */
  readonly waitsUntil: (retryAfterMs: number | undefined) => Stamp;
};

/** Requests a second, and as many acts, to a server that never told a limit; and metric streams opened a second. */
const MOST_PER_SECOND = 10;

/** After a 429 that says nothing of when. */
const USUAL_HOLD_MS = 10_000;
/** Clients that were refused together must not come back together. */
const HOLD_JITTER_MS = 1_000;

export function createLimiter(clock: Clock, random: () => number): Limiter {
  const requests = createPace(1_000);
  const acts = createPace(1_000);
  const opens = createPace(1_000);
  const opensOfWindow = createPace(WINDOW_MS);
  let allowance = unknownAllowance;
  let heldUntil: Stamp = Number.NEGATIVE_INFINITY;
  let reserveHeldUntil: Stamp = Number.NEGATIVE_INFINITY;

  const budgetOpensAt = ({usesReserve}: PriorityRule, now: Stamp): Stamp => {
    const {limit, left, resetAt} = currentAllowance(allowance, now);
    // Before the first answer no limit is known, and a key held down must not use up one.
    if (limit === undefined) return (usesReserve ? acts : requests).freeAt(now, MOST_PER_SECOND);
    return left > (usesReserve ? 0 : reserved(limit)) ? now : resetAt + RESET_MARGIN_MS;
  };

  const paceOpensAt = (now: Stamp): Stamp => {
    const share = allowance.limit === undefined ? Number.POSITIVE_INFINITY : metricsShare(allowance.limit);
    return Math.max(opens.freeAt(now, MOST_PER_SECOND), opensOfWindow.freeAt(now, share));
  };

  const waitsUntil = (retryAfterMs: number | undefined): Stamp => {
    const now = clock.monotonic();
    const isResetKnown = allowance.limit !== undefined && allowance.resetAt > now;
    const asked = retryAfterMs ?? (isResetKnown ? allowance.resetAt - now : USUAL_HOLD_MS);
    return now + clampWait(asked) + random() * HOLD_JITTER_MS;
  };

  return {
    opensAt: (rule, now) =>
      Math.max(
        budgetOpensAt(rule, now),
        rule.usesReserve ? reserveHeldUntil : heldUntil,
        rule.isPaced ? paceOpensAt(now) : now,
      ),
    spend(rule, now) {
      allowance = spentAllowance(currentAllowance(allowance, now));
      (rule.usesReserve ? acts : requests).note(now);
      if (!rule.isPaced) return;
      opens.note(now);
      opensOfWindow.note(now);
    },
    learn(budget) {
      const now = clock.monotonic();
      allowance = toldAllowance(currentAllowance(allowance, now), budget, now);
    },
    refuse(retryAfterMs, isPaced) {
      const until = waitsUntil(retryAfterMs);
      heldUntil = Math.max(heldUntil, until);
      if (!isPaced) reserveHeldUntil = Math.max(reserveHeldUntil, until);
      return isPaced ? heldUntil : reserveHeldUntil;
    },
    waitsUntil,
  };
}
