import type {SandboxNews, StreamSignal} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {failureIn, isDenied, silentEnd} from './failures.ts';
import {createHurry, type Hurry} from './hurry.ts';
import type {Ports} from './ports.ts';
import {givenUp, lost, newsEvents} from './streamEvents.ts';

export type Lifecycle = {
  /** Follows the sandbox stream until the session stops. */
  readonly follow: () => Promise<void>;
  /**
   * Connects now: drops an open stream and an attempt that hangs, at the server or at the limiter, cuts a back-off
   * short, tries one that was given up again.
   */
  readonly reconnect: () => void;
  /** Opens a second stream beside the open one, which is dropped as soon as anything is heard of the new. */
  readonly renew: () => void;
};

/** A stream that is to follow the one that is open. */
type Renewal = {readonly connection: AbortController; readonly ended: Promise<Failure | undefined>};

/** Signs of life closer than this say nothing new. */
const HEARD_EVERY_MS = 1_000;

/** An attempt to connect that takes longer than this hangs. */
const ATTEMPT_MS = 2_000;

const AT_ONCE: Stamp = Number.NEGATIVE_INFINITY;
const NEVER: Stamp = Number.POSITIVE_INFINITY;

/** Between two tries of a stream that was there before and was then refused. */
const RETURN_MS = 60_000;

/** A stream that was there once may be back: one odd answer of a proxy must not mean polling for good. */
async function nextTry(hurry: Hurry, clock: Clock, stopping: AbortSignal, mayReturn: boolean): Promise<void> {
  const cancel = mayReturn ? clock.after(RETURN_MS, hurry.wake) : () => undefined;
  await hurry.nextOrAborted(stopping);
  cancel();
}

/** Makes events of what a stream signals, and knows what asking to connect anew would have to drop. */
function createHearing({governor, dispatch}: Ports) {
  let hasOpened = false;
  let heardAt: Stamp = Number.NEGATIVE_INFINITY;
  /** From when on asking drops the connection there is, or the attempt at one: at once, after a while, or never. */
  let dropFrom: Stamp = NEVER;

  /** Turns one signal into its Event; answers the failure when it was the last one. */
  const hear = (signal: StreamSignal<SandboxNews>): Failure | undefined => {
    const {at} = signal;
    switch (signal.type) {
      case 'connecting':
        dropFrom = at + ATTEMPT_MS;
        dispatch({type: 'stream.connecting', at, attempt: signal.attempt});
        return undefined;
      case 'opened':
        dropFrom = AT_ONCE;
        hasOpened = true;
        dispatch({type: 'stream.opened', at});
        return undefined;
      case 'heard':
        if (at - heardAt < HEARD_EVERY_MS) return undefined;
        heardAt = at;
        dispatch({type: 'stream.heard', at});
        return undefined;
      case 'message': {
        for (const event of newsEvents(signal.value, at)) dispatch(event);
        return undefined;
      }
      case 'lost':
        dropFrom = NEVER;
        if (signal.failure.kind === 'rate-limited') governor.refuse(signal.failure.retryAfterMs, 'stream');
        dispatch(lost(signal));
        return undefined;
      case 'ended':
        return signal.failure;
    }
  };

  return {
    hear,
    hasOpened: () => hasOpened,
    isOpen: () => dropFrom === AT_ONCE,
    mayDrop: (now: Stamp) => now >= dropFrom,
    attempted: (now: Stamp) => {
      dropFrom = now + ATTEMPT_MS;
    },
    over: () => {
      dropFrom = NEVER;
    },
  };
}

export function createLifecycle(ports: Ports): Lifecycle {
  const {api, clock, governor, dispatch, stopping, tasks} = ports;
  const hurry = createHurry();
  const hearing = createHearing(ports);
  let connection = new AbortController();
  let renewal: Renewal | undefined;

  /** One life of the stream, reconnects included; answers why it was given up, undefined if we dropped it. */
  const followOnce = async (dropped: AbortSignal, hear = hearing.hear): Promise<Failure | undefined> => {
    try {
      const admit = () => {
        if (dropped === connection.signal) hearing.attempted(clock.monotonic());
        return governor.admit('stream', dropped);
      };
      for await (const signal of api.streamSandboxes({signal: dropped, admit, hurry: hurry.next})) {
        const failure = dropped.aborted ? undefined : hear(signal);
        if (failure || dropped.aborted) return failure;
      }
      return silentEnd;
    } catch (error) {
      return failureIn(error);
    }
  };

  /** The end of the stream that is followed, and of those that took its place. */
  const followed = async (): Promise<Failure | undefined> => {
    let failure = await followOnce(connection.signal);
    while (renewal?.connection === connection) {
      const {ended} = renewal;
      renewal = undefined;
      failure = await ended;
    }
    return failure;
  };

  const dropAll = () => {
    renewal?.connection.abort();
    connection.abort();
  };

  /** Whatever the new stream says, that it lost or refused the connection too, says more than the silence of the old. */
  const takingOver = (next: AbortController) => (signal: StreamSignal<SandboxNews>) => {
    if (connection === next) return hearing.hear(signal);
    if (signal.type === 'connecting') return undefined;
    const old = connection;
    connection = next;
    old.abort();
    return hearing.hear(signal);
  };

  return {
    async follow() {
      stopping.addEventListener('abort', dropAll, {once: true});
      while (!stopping.aborted) {
        connection = new AbortController();
        const failure = await followed();
        hearing.over();
        if (connection.signal.aborted || !failure) continue;
        dispatch(givenUp(failure, clock.monotonic()));
        await nextTry(hurry, clock, stopping, hearing.hasOpened() && !isDenied(failure));
      }
    },
    reconnect: () => (hearing.mayDrop(clock.monotonic()) ? dropAll() : hurry.wake()),
    renew() {
      if (stopping.aborted || !hearing.isOpen()) return;
      renewal?.connection.abort();
      const next = new AbortController();
      const ended = followOnce(next.signal, takingOver(next));
      renewal = {connection: next, ended};
      tasks.start(() => ended.then(() => undefined));
    },
  };
}
