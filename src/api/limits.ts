import type {Clock} from '../clock/clock.ts';
import {rateLimitHeaders} from '../contract/envelope.ts';
import type {Budget} from '../model/failure.ts';
import {clampTold, clampWait, WINDOW_MS} from '../model/limit.ts';
import type {Millis} from '../model/sandbox.ts';
import {type AnswerHeaders, headerText} from './headers.ts';

/** Below this a reset is seconds from now, from here on Unix seconds (2001), from the next on Unix milliseconds. */
const FIRST_UNIX_SECONDS = 1e9;
const FIRST_UNIX_MILLIS = 1e11;

/** The server's clock when it answered, cut to the second (RFC 9110, Date). */
export function serverDate(headers: AnswerHeaders): Millis | undefined {
  return httpDate(headerText(headers, 'date'));
}

/**
 * `X-RateLimit-Reset` as a wait. Documented as Unix seconds; milliseconds and seconds from now are told apart by
 * size. Compared with the server's own clock: ours may be wrong.
 */
export function resetInMs(headers: AnswerHeaders, wall: Millis): number | undefined {
  const reset = numberIn(headerText(headers, rateLimitHeaders.reset));
  if (reset === undefined) return undefined;
  if (reset < FIRST_UNIX_SECONDS) return clampWait(reset * 1000);
  const at = reset < FIRST_UNIX_MILLIS ? reset * 1000 : reset;
  return clampWait(at - (serverDate(headers) ?? wall));
}

/** `Retry-After`: seconds, or a date (RFC 9110). */
export function retryAfterHeaderMs(headers: AnswerHeaders, wall: Millis): number | undefined {
  const text = headerText(headers, 'retry-after');
  const seconds = numberIn(text);
  if (seconds !== undefined) return secondsToWait(seconds);
  const date = httpDate(text);
  return date === undefined ? undefined : clampTold(date - (serverDate(headers) ?? wall));
}

/** Seconds from a body (`retry_after`, `retry_after_seconds`) as a wait. */
export function secondsToWait(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? clampTold(seconds * 1000) : undefined;
}

/** The request budget, when the answer told one. */
export function budgetOf(headers: AnswerHeaders, clock: Clock): Budget | undefined {
  const limit = numberIn(headerText(headers, rateLimitHeaders.limit));
  const remaining = numberIn(headerText(headers, rateLimitHeaders.remaining));
  if (!limit || remaining === undefined) return undefined;
  const inMs = resetInMs(headers, clock.wall()) ?? WINDOW_MS;
  return {limit, remaining: Math.min(limit, remaining), resetAt: clock.monotonic() + inMs};
}

/** Digits, with a fraction at the most: what is signed, in words or beyond all numbers is not told. */
function numberIn(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d{1,16}(?:\.\d+)?\s*$/.test(text)) return undefined;
  return Number(text);
}

/** `Tue, 28 Jan 2025 12:00:00 GMT` (RFC 9110, HTTP-date). Date.parse alone would make May 2001 of `in 5`. */
function httpDate(text: string | undefined): Millis | undefined {
  const date = text && /^[A-Z][a-z]+, .+ GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(date) ? date : undefined;
}
