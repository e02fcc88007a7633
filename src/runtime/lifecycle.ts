import type {SandboxNews, StreamSignal} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Event} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {failureIn, isDenied, silentEnd} from './failures.ts';
import {createHurry, type Hurry} from './hurry.ts';
import type {Ports} from './ports.ts';

export type Lifecycle = {
  /** Follows the sandbox stream until the session stops. */
  readonly follow: () => Promise<void>;
  /**
   * Connects now: drops an open stream and an attempt that hangs, at the server or at the limiter, cuts a back-off
   * short, tries one that was given up again.
   */
  readonly reconnect: () => void;
};

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

export function createLifecycle({api, clock, governor, dispatch, stopping}: Ports): Lifecycle {
  const hurry = createHurry();
  let hasOpened = false;
  let heardAt: Stamp = Number.NEGATIVE_INFINITY;
  let connection = new AbortController();
  /** From when on asking drops the connection there is, or the attempt at one: at once, after a while, or never. */
  let dropFrom: Stamp = NEVER;

  /** Turns one signal into its Event; answers the failure when it was the last one. */
  const tell = (signal: StreamSignal<SandboxNews>): Failure | undefined => {
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

  /** One life of the stream, reconnects included; answers why it was given up, undefined if we dropped it. */
  const followOnce = async (dropped: AbortSignal): Promise<Failure | undefined> => {
    try {
      const admit = () => {
        dropFrom = clock.monotonic() + ATTEMPT_MS;
        return governor.admit('stream', dropped);
      };
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
        dropFrom = NEVER;
        if (connection.signal.aborted || !failure) continue;
        dispatch(givenUp(failure, clock.monotonic()));
        await nextTry(hurry, clock, stopping, hasOpened && !isDenied(failure));
      }
    },
    reconnect: () => (clock.monotonic() >= dropFrom ? connection.abort() : hurry.wake()),
  };
}

type Lost = Extract<StreamSignal<SandboxNews>, {type: 'lost'}>;

const lost = ({at, failure, attempt, retryInMs}: Lost): Event => ({
  type: 'stream.lost',
  ...{at, failure, attempt},
  retryAt: at + retryInMs,
});

const givenUp = (failure: Failure, at: Stamp): Event =>
  isDenied(failure) ? {type: 'access.denied', at, failure} : {type: 'stream.unsupported', at, reason: failure.message};

function newsEvents(news: SandboxNews, at: Stamp): readonly Event[] {
  switch (news.kind) {
    case 'observed':
      return [{type: 'sandbox.observed', at, asOf: at, via: 'event', patch: news.patch, verb: news.verb}];
    case 'gone': {
      const gone = {type: 'sandbox.gone', at, asOf: at, id: news.id, via: 'event', verb: news.verb} as const;
      return [news.version === undefined ? gone : {...gone, version: news.version}];
    }
    case 'snapshot':
      return [{type: 'snapshot.observed', at, asOf: at, patches: news.patches}];
    case 'batch':
      return news.news.flatMap((one) => newsEvents(one, at));
    case 'hint':
      return [{type: 'hint.received', at, verb: news.verb, ...(news.id === undefined ? {} : {id: news.id})}];
    case 'unread':
      return [{type: 'event.unread', at, name: news.name, excerpt: news.excerpt}];
    case 'alive':
      return [];
  }
}
