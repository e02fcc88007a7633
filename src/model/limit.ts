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

const SHORTEST_WAIT_MS = 1000;
/** A server that asks for more is asked again anyway. */
const LONGEST_WAIT_MS = 15 * 60_000;

/** A wait that a server asks for, within the bounds in which it is believed. */
export const clampWait = (ms: Millis): Millis => Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, ms));
