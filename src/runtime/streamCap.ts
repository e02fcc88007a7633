import type {Stamp} from '../model/sandbox.ts';

/** How many metric streams the server seems to bear: halved when it refuses one, grown slowly. */
export type StreamCap = {
  /** Never more than this: `--metrics`. */
  readonly limit: number;
  readonly most: number;
  /** When `most` last changed. */
  readonly changedAt: Stamp;
};

/** Refusals that come together are one. */
const REFUSAL_SPAN_MS = 5_000;

/** One more stream is tried after this. */
const GROW_EVERY_MS = 60_000;

export const fullCap = (limit: number): StreamCap => ({limit, most: limit, changedAt: Number.NEGATIVE_INFINITY});

export function refusedCap(cap: StreamCap, now: Stamp): StreamCap {
  const isSameRefusal = cap.most < cap.limit && now - cap.changedAt < REFUSAL_SPAN_MS;
  if (isSameRefusal || cap.most <= 1) return cap;
  return {...cap, most: Math.floor(cap.most / 2), changedAt: now};
}

export function grownCap(cap: StreamCap, now: Stamp): StreamCap {
  if (cap.most >= cap.limit || now - cap.changedAt < GROW_EVERY_MS) return cap;
  return {...cap, most: cap.most + 1, changedAt: now};
}
