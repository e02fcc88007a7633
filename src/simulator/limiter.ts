import type {Clock} from '../clock/clock.ts';
import {documentedLimits} from '../contract/envelope.ts';

export type Cost = 'request' | 'create' | 'build';

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

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Fixed windows: every minute of the wall clock has its own allowance of requests and of creates, every hour its own
 * of builds. A create or a build counts as a request too. 100, 20 and 10 as documented; with another limit for
 * requests the others keep that proportion, as on the Pro plan (docs.hopx.ai rate-limits). What is refused costs
 * nothing.
 */
export function createLimiter(clock: Clock, requestsPerMinute: number): Limiter {
  if (requestsPerMinute <= 0) return {admit: () => undefined, standing: () => undefined};
  const {requestsPerMinute: usual, createsPerMinute, buildsPerHour} = documentedLimits;
  const scaled = (documented: number) => Math.max(1, Math.round((requestsPerMinute * documented) / usual));
  const requests = createAllowance(clock, MINUTE_MS, requestsPerMinute);
  const allowances: Readonly<Record<Cost, readonly Allowance[]>> = {
    request: [requests],
    create: [requests, createAllowance(clock, MINUTE_MS, scaled(createsPerMinute))],
    build: [requests, createAllowance(clock, HOUR_MS, scaled(buildsPerHour))],
  };
  return {
    admit(cost) {
      const spent = allowances[cost].filter(({left}) => left() <= 0);
      if (spent.length === 0) {
        for (const {take} of allowances[cost]) take();
        return undefined;
      }
      const freeAt = Math.max(...spent.map(({endsAt}) => endsAt()));
      return Math.max(1, Math.ceil((freeAt - clock.wall()) / 1000));
    },
    standing: () => ({limit: requestsPerMinute, remaining: requests.left(), reset: requests.endsAt() / 1000}),
  };
}

type Allowance = {
  readonly left: () => number;
  readonly take: () => void;
  /** Wall clock. */
  readonly endsAt: () => number;
};

function createAllowance(clock: Clock, windowMs: number, most: number): Allowance {
  let current = Number.NaN;
  let taken = 0;
  const turn = () => {
    const now = Math.floor(clock.wall() / windowMs);
    if (now !== current) taken = 0;
    current = now;
  };
  return {
    left() {
      turn();
      return most - taken;
    },
    take() {
      taken += 1;
    },
    endsAt() {
      turn();
      return (current + 1) * windowMs;
    },
  };
}
