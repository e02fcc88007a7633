import type {SandboxNews, StreamSignal} from '../api/types.ts';
import type {Event} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {failureIn, isDenied, silentEnd} from './failures.ts';
import {createHurry} from './hurry.ts';
import type {Ports} from './ports.ts';

export type Lifecycle = {
  /** Follows the sandbox stream until the session stops. */
  readonly follow: () => Promise<void>;
  /** Connects now: drops an open stream, cuts a back-off short, tries one that was given up again. */
  readonly reconnect: () => void;
};

/** Signs of life closer than this say nothing new. */
const HEARD_EVERY_MS = 1_000;

export function createLifecycle({api, clock, governor, dispatch, stopping}: Ports): Lifecycle {
  const hurry = createHurry();
  let heardAt: Stamp = Number.NEGATIVE_INFINITY;
  let connection = new AbortController();
  let isOpen = false;

  /** Turns one signal into its Event; answers the failure when it was the last one. */
  const tell = (signal: StreamSignal<SandboxNews>): Failure | undefined => {
    const {at} = signal;
    switch (signal.type) {
      case 'connecting':
        dispatch({type: 'stream.connecting', at, attempt: signal.attempt});
        return undefined;
      case 'opened':
        isOpen = true;
        dispatch({type: 'stream.opened', at});
        return undefined;
      case 'heard':
        if (at - heardAt < HEARD_EVERY_MS) return undefined;
        heardAt = at;
        dispatch({type: 'stream.heard', at});
        return undefined;
      case 'message': {
        const event = newsEvent(signal.value, at);
        if (event) dispatch(event);
        return undefined;
      }
      case 'lost': {
        const {failure, attempt} = signal;
        isOpen = false;
        if (failure.kind === 'rate-limited') governor.refuse(failure.retryAfterMs);
        dispatch({type: 'stream.lost', at, failure, attempt, retryAt: at + signal.retryInMs});
        return undefined;
      }
      case 'ended':
        return signal.failure;
    }
  };

  /** One life of the stream, reconnects included; answers why it was given up, undefined if we dropped it. */
  const followOnce = async (dropped: AbortSignal): Promise<Failure | undefined> => {
    try {
      const admit = () => governor.admit('stream', dropped);
      for await (const signal of api.streamSandboxes({signal: dropped, admit, hurry: hurry.next})) {
        const failure = dropped.aborted ? undefined : tell(signal);
        if (failure || dropped.aborted) return failure;
      }
      return silentEnd;
    } catch (error) {
      return failureIn(error);
    }
  };

  return {
    async follow() {
      stopping.addEventListener('abort', () => connection.abort(), {once: true});
      while (!stopping.aborted) {
        connection = new AbortController();
        const failure = await followOnce(connection.signal);
        isOpen = false;
        if (connection.signal.aborted || !failure) continue;
        dispatch(givenUp(failure, clock.monotonic()));
        await hurry.nextOrAborted(stopping);
      }
    },
    reconnect() {
      if (isOpen) connection.abort();
      else hurry.wake();
    },
  };
}

const givenUp = (failure: Failure, at: Stamp): Event =>
  isDenied(failure) ? {type: 'access.denied', at, failure} : {type: 'stream.unsupported', at, reason: failure.message};

function newsEvent(news: SandboxNews, at: Stamp): Event | undefined {
  switch (news.kind) {
    case 'observed':
      return {type: 'sandbox.observed', at, asOf: at, via: 'event', patch: news.patch, verb: news.verb};
    case 'gone': {
      const gone = {type: 'sandbox.gone', at, asOf: at, id: news.id, via: 'event', verb: news.verb} as const;
      return news.version === undefined ? gone : {...gone, version: news.version};
    }
    case 'snapshot':
      return {type: 'snapshot.observed', at, asOf: at, patches: news.patches};
    case 'hint':
      return {type: 'hint.received', at, verb: news.verb};
    case 'unread':
      return {type: 'event.unread', at, name: news.name, excerpt: news.excerpt};
    case 'alive':
      return undefined;
  }
}
