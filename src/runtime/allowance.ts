import type {Budget} from '../model/failure.ts';
import {WINDOW_MS} from '../model/limit.ts';
import type {Stamp} from '../model/sandbox.ts';

/** How many requests may still leave, as far as we can know between two answers. */
export type Allowance = {
  /** Requests a window; undefined until the server told one. */
  readonly limit: number | undefined;
  /** What is left of it: the server's figure less what we sent since. */
  readonly left: number;
  readonly resetAt: Stamp;
  /** Requests sent since the last answer that told a budget: the server may not have counted them yet. */
  readonly unanswered: number;
};

export const unknownAllowance: Allowance = {
  limit: undefined,
  left: Number.POSITIVE_INFINITY,
  resetAt: Number.POSITIVE_INFINITY,
  unanswered: 0,
};

/** `X-RateLimit-Reset` and `Date` are whole seconds, so a reset may be known a second too early. */
export const RESET_MARGIN_MS = 1_000;

/** Two resets this close are the same one, rounded differently. */
const SAME_WINDOW_MS = 2_000;

/** Beyond this, requests without an answer are taken for lost, not for under way. */
const MOST_UNDER_WAY = 10;

/**
 * What an answer told. Inside one window the smaller figure is believed: the server's leaves out what is still on
 * its way, ours leaves out what other clients spent. An answer of a window that is over tells nothing.
 */
export function toldAllowance(allowance: Allowance, budget: Budget, now: Stamp): Allowance {
  if (!(budget.limit > 0) || budget.resetAt <= now) return {...allowance, unanswered: 0};
  const isNewWindow = budget.limit !== allowance.limit || budget.resetAt > allowance.resetAt + SAME_WINDOW_MS;
  const underWay = Math.min(Math.max(0, allowance.unanswered - 1), MOST_UNDER_WAY);
  const left = isNewWindow ? budget.remaining - underWay : Math.min(allowance.left, budget.remaining);
  return {limit: budget.limit, left, resetAt: budget.resetAt, unanswered: 0};
}

export const spentAllowance = (allowance: Allowance): Allowance => ({
  ...allowance,
  left: allowance.left - 1,
  unanswered: allowance.unanswered + 1,
});

/** Starts the window that must have begun by `now`, whole, until an answer tells more. */
export function currentAllowance(allowance: Allowance, now: Stamp): Allowance {
  const over = now - (allowance.resetAt + RESET_MARGIN_MS);
  if (allowance.limit === undefined || over < 0) return allowance;
  const resetAt = allowance.resetAt + (Math.floor(over / WINDOW_MS) + 1) * WINDOW_MS;
  return {limit: allowance.limit, left: allowance.limit, resetAt, unanswered: 0};
}
