import type {Failure} from './failure.ts';
import {clampWait, WINDOW_MS} from './limit.ts';
import type {Millis} from './sandbox.ts';
import type {State} from './state.ts';

/** Between two readings of the list where there is no stream, or none now. */
const POLL_MS = 5000;
/** Between two where there is one: heals what no event told. */
const HEAL_MS = 60_000;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;

/** How much of the requests of a window the list may take. */
const POLL_SHARE = 0.5;
const HEAL_SHARE = 0.25;

/** How long after a list has been read the next one begins by itself. */
export const listPause = (state: State): Millis =>
  state.link.openedAt === undefined ? pollPause(state) : atShare(state, HEAL_MS, HEAL_SHARE);

/** How long after it the next one may begin when there is reason to believe that something has changed. */
export const pollPause = (state: State): Millis => atShare(state, POLL_MS, POLL_SHARE);

const atShare = ({listing, budget}: State, least: Millis, share: number): Millis =>
  budget && budget.limit > 0 ? Math.max(least, (listing.pages / (share * budget.limit)) * WINDOW_MS) : least;

/** After `failures` failed readings before this one: 1, 2, 4 s and so on, or what the server asked for. */
export function retryPause(failures: number, {retryAfterMs}: Failure): Millis {
  if (retryAfterMs !== undefined) return clampWait(retryAfterMs);
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
}
