import {type ActionId, sandboxAction} from './actions.ts';
import type {Row, Sandbox, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import {wallAt} from './times.ts';

/** Acts that tell the server when to destroy a sandbox. */
export const setsExpiry = (action: ActionId): boolean => sandboxAction(action).request.suffix === '/timeout';

/** The earliest that the server's clock can show at `at`: a life that is reckoned from it can only be longer. */
export const earliestServerAt = (state: State, at: Stamp): number => wallAt(state, at) + (state.skewFloorMs ?? 0);

/**
 * A life that gets an end, or a nearer one, needs the user's word; so does one of which the end is not told. The server
 * counts a timeout from when it takes the request (docs.hopx.ai set-timeout), reckoned here by its earliest clock, so
 * that what may be shorter counts as shorter.
 */
export const isShortening = (state: State, at: Stamp, {sandbox: {expiresAt}}: Row, seconds: number): boolean =>
  typeof expiresAt !== 'number' || earliestServerAt(state, at) + seconds * 1000 < expiresAt;

const timeText = (at: number | null | undefined): string | undefined =>
  typeof at === 'number' ? new Date(at).toISOString() : at === null ? 'none' : undefined;

/** What an act is about to change, or has changed, as the journal tells it. */
export function standingOf(action: ActionId, sandbox: Sandbox | undefined): string | undefined {
  if (setsExpiry(action)) return timeText(sandbox?.expiresAt);
  return action === 'refresh' ? timeText(sandbox?.tokenExpiresAt) : sandbox?.status;
}
