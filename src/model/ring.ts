/**
 * A bounded sequence that never changes: adding gives a new ring and drops the oldest item once `limit` is reached.
 * Items live in shared chunks, so that adding copies at most one chunk and, once in a chunk, the list of chunks.
 */
export type Ring<T> = {
  readonly limit: number;
  readonly size: number;
  /** Full chunks, oldest first. */
  readonly chunks: readonly (readonly T[])[];
  /** Items of the first chunk that are dropped already. */
  readonly dropped: number;
  /** The newest items; empty only when the ring is. */
  readonly tail: readonly T[];
};

const CHUNK = 32;

/** `limit` is at least 1. */
export const emptyRing = <T>(limit: number): Ring<T> => ({limit, size: 0, chunks: [], dropped: 0, tail: []});

export function withItem<T>(ring: Ring<T>, item: T): Ring<T> {
  const full = ring.tail.length === CHUNK;
  const grown: Ring<T> = {
    ...ring,
    size: ring.size + 1,
    chunks: full ? [...ring.chunks, ring.tail] : ring.chunks,
    tail: full ? [item] : [...ring.tail, item],
  };
  return grown.size > ring.limit ? withoutOldest(grown) : grown;
}

/** Puts `item` in the place of the newest one; in an empty ring it is the first. */
export function withNewest<T>(ring: Ring<T>, item: T): Ring<T> {
  if (ring.size === 0) return withItem(ring, item);
  return {...ring, tail: ring.tail.with(-1, item)};
}

export const ringSize = (ring: Ring<unknown>): number => ring.size;

/** Counted from the oldest; undefined outside. */
export function itemAt<T>(ring: Ring<T>, index: number): T | undefined {
  if (index < 0 || index >= ring.size) return undefined;
  const place = index + ring.dropped;
  const chunk = ring.chunks[Math.floor(place / CHUNK)] ?? ring.tail;
  return chunk[place % CHUNK];
}

export const newest = <T>(ring: Ring<T>): T | undefined => ring.tail.at(-1);

/** The newest `count` items, oldest first. */
export function lastItems<T>(ring: Ring<T>, count: number): readonly T[] {
  const wanted = Math.min(Math.max(0, count), ring.size);
  if (wanted === 0) return [];
  const start = ring.dropped + ring.size - wanted;
  const first = Math.floor(start / CHUNK);
  return [...ring.chunks.slice(first), ring.tail].flat().slice(start - first * CHUNK) as readonly T[];
}

function withoutOldest<T>(ring: Ring<T>): Ring<T> {
  const size = ring.size - 1;
  if (ring.chunks.length === 0) return {...ring, size, tail: ring.tail.slice(1)};
  const dropped = ring.dropped + 1;
  if (dropped < CHUNK) return {...ring, size, dropped};
  return {...ring, size, dropped: 0, chunks: ring.chunks.slice(1)};
}
