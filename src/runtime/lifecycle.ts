import type {SandboxNews, StreamSignal} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Failure} from '../model/failure.ts';
import {failureIn, isDenied, silentEnd} from './failures.ts';
import {createHearing} from './hearing.ts';
import {createHurry, type Hurry} from './hurry.ts';
import type {Ports} from './ports.ts';
import {givenUp} from './streamEvents.ts';

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

/** Between two tries of a stream that was there before and was then refused. */
const RETURN_MS = 60_000;

/** A stream that was there once may be back: one odd answer of a proxy must not mean polling for good. */
async function nextTry(hurry: Hurry, clock: Clock, stopping: AbortSignal, mayReturn: boolean): Promise<void> {
  const cancel = mayReturn ? clock.after(RETURN_MS, hurry.wake) : () => undefined;
  await hurry.nextOrAborted(stopping);
  cancel();
}

type Following = {
  readonly dropped: AbortSignal;
  readonly hear: (signal: StreamSignal<SandboxNews>) => Failure | undefined;
  /** Told when the limiter is asked for leave to connect. */
  readonly attempted: () => void;
};

/** One life of a stream, reconnects included; answers why it was given up, undefined if we dropped it. */
async function followStream(
  {api, governor}: Ports,
  hurry: Hurry,
  {dropped, hear, attempted}: Following,
): Promise<Failure | undefined> {
  try {
    const admit = () => {
      attempted();
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
}

export function createLifecycle(ports: Ports): Lifecycle {
  const {clock, dispatch, stopping, tasks} = ports;
  const hurry = createHurry();
  const hearing = createHearing(ports);
  let connection = new AbortController();
  let renewal: Renewal | undefined;

  const followOnce = (dropped: AbortSignal, hear = hearing.hear) => {
    const attempted = () => dropped === connection.signal && hearing.attempted(clock.monotonic());
    return followStream(ports, hurry, {dropped, hear, attempted});
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

  /**
   * The new stream takes over once it is open. One that is lost or refused before says more than the silence of the old,
   * unless that has spoken since: then there was nothing to renew.
   */
  const takingOver = (next: AbortController) => {
    const before = hearing.spoken();
    return (signal: StreamSignal<SandboxNews>) => {
      if (connection === next) return hearing.hear(signal);
      if (signal.type === 'connecting') return undefined;
      if (signal.type !== 'opened' && hearing.spoken() > before) {
        next.abort();
        return undefined;
      }
      const old = connection;
      connection = next;
      old.abort();
      return hearing.hear(signal);
    };
  };

  const dropRenewal = () => {
    renewal?.connection.abort();
    renewal = undefined;
  };

  return {
    async follow() {
      stopping.addEventListener('abort', dropAll, {once: true});
      while (!stopping.aborted) {
        connection = new AbortController();
        const failure = await followed();
        hearing.over();
        if (connection.signal.aborted || !failure) continue;
        dropRenewal();
        dispatch(givenUp(failure, clock.monotonic()));
        await nextTry(hurry, clock, stopping, hearing.hasOpened() && !isDenied(failure));
      }
    },
    reconnect: () => (hearing.mayDrop(clock.monotonic()) ? dropAll() : hurry.wake()),
    renew() {
      if (stopping.aborted || !hearing.isOpen()) return;
      dropRenewal();
      const next = new AbortController();
      const ended = followOnce(next.signal, takingOver(next));
      renewal = {connection: next, ended};
      tasks.start(() => ended.then(() => undefined));
    },
  };
}
