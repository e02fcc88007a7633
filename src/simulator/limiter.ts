import type {Clock} from '../clock/clock.ts';
import {documentedLimits} from '../contract/envelope.ts';

export type Cost = 'request' | 'create';

type Standing = {
  readonly limit: number;
  readonly remaining: number;
  /** Unix seconds. */
  readonly reset: number;
};

export type Limiter = {
  /** Undefined: let in. Else seconds until it may be tried again. */
  readonly admit: (cost: Cost) => number | undefined;
  /** For the headers; undefined: there is no limit. */
  readonly standing: () => Standing | undefined;
};

const WINDOW_MS = 60_000;

/**
 * A fixed window: every minute of the wall clock has its own allowance. A create counts as a request too, and as
 * one of the creates, which are a fifth of the requests: 100 and 20 as documented, twice that on the Pro plan
 * (docs.hopx.ai rate-limits). What is refused costs nothing.
 */
export function createLimiter(clock: Clock, requestsPerMinute: number): Limiter {
  if (requestsPerMinute <= 0) return {admit: () => undefined, standing: () => undefined};
  const {requestsPerMinute: usual, createsPerMinute} = documentedLimits;
  const mostCreates = Math.max(1, Math.round((requestsPerMinute * createsPerMinute) / usual));
  let minute = Number.NaN;
  let requests = 0;
  let creates = 0;

  const turn = () => {
    const current = Math.floor(clock.wall() / WINDOW_MS);
    if (current === minute) return;
    minute = current;
    requests = 0;
    creates = 0;
  };
  const endsAt = () => (minute + 1) * WINDOW_MS;

  return {
    admit(cost) {
      turn();
      const isFull = requests >= requestsPerMinute || (cost === 'create' && creates >= mostCreates);
      if (isFull) return Math.max(1, Math.ceil((endsAt() - clock.wall()) / 1000));
      requests += 1;
      if (cost === 'create') creates += 1;
      return undefined;
    },
    standing() {
      turn();
      return {limit: requestsPerMinute, remaining: requestsPerMinute - requests, reset: endsAt() / 1000};
    },
  };
}
