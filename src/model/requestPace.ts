import {formatAge} from './format.ts';
import {reserved, WINDOW_MS} from './limit.ts';
import type {State} from './state.ts';

/** From one request to the next, three being on their way at once. Assumed: a third of a usual answer over the ocean. */
const EACH_MS = 150;

/** How long so many requests take under the limit, in words; what is kept for single acts is not used. */
export function paceOf({budget, now}: State, requests: number): string {
  if (!budget || !(budget.limit > 0)) return 'the limit is not told: paced as the server allows';
  const kept = reserved(budget.limit);
  const isOver = budget.resetAt <= now;
  const left = Math.max(0, (isOver ? budget.limit : budget.remaining) - kept);
  const keeps = `${kept} of ${budget.limit} kept in reserve`;
  if (requests <= left) return `about ${formatAge(Math.max(1000, requests * EACH_MS))}, ${keeps}`;
  const each = Math.max(1, budget.limit - kept);
  const windows = Math.ceil((requests - left) / each);
  const ms = (isOver ? WINDOW_MS : budget.resetAt - now) + (windows - 1) * WINDOW_MS;
  return `about ${formatAge(Math.max(1000, ms))}: ${each} a minute, ${keeps}`;
}
