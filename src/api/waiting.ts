import type {Readable} from 'node:stream';
import {type Clock, wait} from '../clock/clock.ts';
import type {Failure} from '../model/failure.ts';
import {failureOf} from './errors.ts';

type Promised = (() => Promise<void>) | undefined;

/** Resolves when `promised` does, or fails, or when the signal aborts. */
export async function untilAborted(promised: Promised, signal: AbortSignal): Promise<void> {
  if (!promised || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done, {once: true});
    promised().then(done, done);
  });
}

/** Waits `ms`; `hurry` or the signal ends it before. */
export async function pauseFor(
  clock: Clock,
  ms: number,
  {signal, hurry}: {readonly signal: AbortSignal; readonly hurry: Promised},
): Promise<void> {
  const over = new AbortController();
  const due = wait(clock, ms, over.signal);
  await untilAborted(() => (hurry ? Promise.race([due, hurry()]) : due), signal);
  over.abort();
}

export type Watch = {
  readonly heard: () => void;
  readonly stop: () => void;
  /** Why the body was dropped, if it was dropped here. */
  readonly reason: () => Failure | undefined;
};

/** Drops a body that has been silent for too long, or when `restart` resolves. */
export function watchBody(
  clock: Clock,
  body: Readable,
  {silenceMs, restart}: {readonly silenceMs: number | undefined; readonly restart: Promised},
): Watch {
  let reason: Failure | undefined;
  let heardAt = clock.monotonic();
  let cancel = () => {};
  const drop = (why: Failure) => {
    if (body.destroyed) return;
    reason = why;
    body.destroy();
  };
  const listen = (silence: number) => {
    cancel = clock.after(heardAt + silence - clock.monotonic(), () => {
      if (clock.monotonic() - heardAt < silence) return listen(silence);
      drop(failureOf('timed-out', 'nothing was heard for too long'));
    });
  };
  if (silenceMs !== undefined) listen(silenceMs);
  const begin = () => drop(failureOf('unreachable', 'connecting anew, as asked'));
  restart?.().then(begin, () => undefined);
  return {
    heard: () => {
      heardAt = clock.monotonic();
    },
    stop: () => cancel(),
    reason: () => reason,
  };
}
