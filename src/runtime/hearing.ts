import type {SandboxNews, StreamSignal} from '../api/types.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {Ports} from './ports.ts';
import {lost, newsEvents} from './streamEvents.ts';

/** Signs of life closer than this say nothing new. */
const HEARD_EVERY_MS = 1_000;

/** An attempt to connect that takes longer than this hangs. */
const ATTEMPT_MS = 2_000;

const AT_ONCE: Stamp = Number.NEGATIVE_INFINITY;
const NEVER: Stamp = Number.POSITIVE_INFINITY;

/** Makes events of what a stream signals, and knows what asking to connect anew would have to drop. */
export function createHearing({governor, dispatch}: Ports) {
  let hasOpened = false;
  let heardAt: Stamp = Number.NEGATIVE_INFINITY;
  let beatAt: Stamp = Number.NEGATIVE_INFINITY;
  /** Signs of life so far. */
  let spoken = 0;
  /** From when on asking drops the connection there is, or the attempt at one: at once, after a while, or never. */
  let dropFrom: Stamp = NEVER;

  const beat = (at: Stamp) => {
    if (at - beatAt < HEARD_EVERY_MS) return;
    beatAt = at;
    dispatch({type: 'stream.heard', at, isBeat: true});
  };

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
        spoken += 1;
        if (at - heardAt < HEARD_EVERY_MS) return undefined;
        heardAt = at;
        dispatch({type: 'stream.heard', at});
        return undefined;
      case 'beat':
        beat(at);
        return undefined;
      case 'message': {
        if (signal.value.kind === 'alive') beat(at);
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
    spoken: () => spoken,
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
