import {ApiError, failureOf} from '../api/errors.ts';
import type {Api} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Failure, FailureKind} from '../model/failure.ts';

/** Longer than this without an answer, and the server counts as unreachable. */
const PATIENCE_MS = 10_000;

/** What no waiting heals, and what is better said on the plain terminal than behind a screen. */
const fatal: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'unauthorized',
  'forbidden',
  'payment',
  'not-found',
  'unsupported',
  'unreachable',
  'timed-out',
  'bad-answer',
]);

/**
 * Asks for one row before the screen is taken: a wrong key or address ends here, with a sentence. A server that is
 * busy or broken is no reason to end: the screen waits for it. Once running, nothing of this ends the program.
 */
export async function makeContact(
  api: Pick<Api, 'listSandboxes'>,
  clock: Clock,
  host: string,
): Promise<Failure | undefined> {
  const patience = new AbortController();
  const stop = clock.after(PATIENCE_MS, () => patience.abort());
  try {
    await api.listSandboxes({limit: 1}, patience.signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (patience.signal.aborted) return failureOf('timed-out', `${host} gave no answer in ${PATIENCE_MS / 1000} s`);
    return fatal.has(error.failure.kind) ? error.failure : undefined;
  } finally {
    stop();
  }
}
