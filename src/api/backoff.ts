import {clampWait} from '../model/limit.ts';

export type BackOff = {
  /** What the first pause is drawn from, until the server names its own `retry:`. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** A connection that lived this long makes the next pause a first one. */
  readonly healthyMs: number;
};

export const usualBackOff: BackOff = {firstMs: 1_000, longestMs: 30_000, healthyMs: 60_000};

/** A server can neither make us storm it nor silence us. */
const SHORTEST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 60_000;

/** However long the server wants us to wait, a fleet of clients must not come back in the same instant. */
const SPREAD = 0.1;
const MOST_SPREAD_MS = 1_000;

/** The server's `retry:`, within reason. */
export const clampRetry = (ms: number): number => Math.min(LONGEST_RETRY_MS, Math.max(SHORTEST_RETRY_MS, ms));

export type Pause = {
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** From the server's `retry:`, clamped: the least we wait (WHATWG HTML, reestablish the connection). */
  readonly retryMs: number | undefined;
  /** From `Retry-After` or the rate limit: never less. */
  readonly retryAfterMs: number | undefined;
};

/** Full jitter: anything between what the server asked for and a ceiling that doubles with every failure. */
export function pauseMs({failures, retryMs, retryAfterMs}: Pause, backOff: BackOff, random: () => number): number {
  const base = retryMs ?? backOff.firstMs;
  const ceiling = Math.min(Math.max(backOff.longestMs, base), base * 2 ** (failures - 1));
  const floor = Math.max(retryMs ?? 0, retryAfterMs === undefined ? 0 : clampWait(retryAfterMs));
  const spread = Math.max(ceiling - floor, Math.min(floor * SPREAD, MOST_SPREAD_MS));
  return floor + random() * spread;
}
