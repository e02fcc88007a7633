import {type ActionId, sandboxAction} from './actions.ts';
import type {Row, Sandbox, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import {wallAt} from './times.ts';

/** Acts that tell the server when to destroy a sandbox. */
export const setsExpiry = (action: ActionId): boolean => sandboxAction(action).request.suffix === '/timeout';

/** The earliest that the server's clock can show at `at`: a life that is reckoned from it can only be longer. */
export const earliestServerAt = (state: State, at: Stamp): number => wallAt(state, at) + (state.skewFloorMs ?? 0);

/** What a timeout from now would do to a life. `unknown`: when it ends now is not told. */
export type LifeChange = 'longer' | 'shorter' | 'first' | 'unknown';

/**
 * The server counts a timeout from when it takes the request (docs.hopx.ai set-timeout). `first`: it would never have
 * ended. Reckoned by the server's earliest clock, so that what may be shorter counts as shorter.
 */
export function lifeChange(state: State, at: Stamp, {expiresAt}: Sandbox, seconds: number): LifeChange {
  if (expiresAt === undefined) return 'unknown';
  if (expiresAt === null) return 'first';
  return earliestServerAt(state, at) + seconds * 1000 < expiresAt ? 'shorter' : 'longer';
}

/** A life that gets an end, or a nearer one, needs the user's word. */
export const isShortening = (state: State, at: Stamp, {sandbox}: Row, seconds: number): boolean =>
  lifeChange(state, at, sandbox, seconds) !== 'longer';

const timeText = (at: number | null | undefined): string | undefined =>
  typeof at === 'number' ? new Date(at).toISOString() : at === null ? 'none' : undefined;

/** What an act is about to change, or has changed, as the journal tells it. */
export function standingOf(action: ActionId, sandbox: Sandbox | undefined): string | undefined {
  if (setsExpiry(action)) return timeText(sandbox?.expiresAt);
  return action === 'refresh' ? timeText(sandbox?.tokenExpiresAt) : sandbox?.status;
}
