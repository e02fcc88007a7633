import type {Millis} from './sandbox.ts';

/** Request limits are per minute (docs.hopx.ai rate-limits). */
export const WINDOW_MS = 60_000;

/** The part of the limit that only the user's acts may use. */
const RESERVED_PART = 0.2;

/** How many of `limit` requests a window are kept for acts. */
export const reserved = (limit: number): number => Math.floor(limit * RESERVED_PART);

/** Part of the limit that opening metric streams may use. */
const METRICS_PART = 0.2;

/** How many metric streams a window may open. */
export const metricsShare = (limit: number): number => Math.max(1, Math.floor(limit * METRICS_PART));

/**
 * From the key to the request at the most; what the limiter holds longer is dropped. A whole window of the limit, its
 * rounding and the grace of a delete fit in: every ordinary wait does. Later, nobody expects the key any more.
 */
export const LONGEST_UNSENT_MS = WINDOW_MS + 10_000;

/** A 429 was not carried out, so it may be sent again; this often, then it counts as refused. */
export const MOST_REFUSALS = 5;

const SHORTEST_WAIT_MS = 1000;
/** A server that asks for more is asked again anyway. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** A wait that a server asks for, within the bounds in which it is believed. */
export const clampWait = (ms: Millis): Millis => Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, ms));

/** No limit is known that opens later than this. */
const LONGEST_TOLD_MS = 24 * 60 * 60_000;

/** A wait as the server names it: said in words, and believed as far as `clampWait` goes. */
export const clampTold = (ms: Millis): Millis => Math.min(LONGEST_TOLD_MS, Math.max(SHORTEST_WAIT_MS, ms));
