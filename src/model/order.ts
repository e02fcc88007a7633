import {Map as ImmutableMap} from 'immutable';
import type {SortKey} from './columns.ts';

export type OrderEntry = {readonly id: string; readonly key: SortKey};

type Chunk = readonly OrderEntry[];

/**
 * Ids in the order of their keys; never changed, every change gives a new one. Keys that are undefined (or NaN) come
 * last in both directions, numbers come before texts, and equal keys stand by id, in code units, ascending.
 * A change copies one or two chunks and the list of chunks, whatever the size; n entries cost O(n log n) once.
 */
export type Order = {
  readonly size: number;
  readonly descending: boolean;
  /** None is empty; each is sorted, and all of one comes before all of the next. */
  readonly chunks: readonly Chunk[];
  readonly entries: ImmutableMap<string, OrderEntry>;
};

/** A chunk that grows past this is halved. At 100,000 entries there are about as many chunks as entries in one. */
const MOST_IN_CHUNK = 512;
/** A chunk that shrinks below this joins a neighbour, if both then fit `BUILT_CHUNK`. */
const LEAST_IN_CHUNK = 128;
/** What a new order puts in one chunk: room to grow and to shrink. */
const BUILT_CHUNK = 384;

export const emptyOrder = (descending: boolean): Order => ({size: 0, descending, chunks: [], entries: ImmutableMap()});

/** Of two entries with one id the later counts. */
export function orderOf(given: readonly OrderEntry[], descending: boolean): Order {
  const entries = ImmutableMap(given.map(({id, key}): [string, OrderEntry] => [id, {id, key: sortable(key)}]));
  const sorted = [...entries.values()].sort((a, b) => compare(a, b, descending));
  const chunks = Array.from({length: Math.ceil(sorted.length / BUILT_CHUNK)}, (_, index) =>
    sorted.slice(index * BUILT_CHUNK, (index + 1) * BUILT_CHUNK),
  );
  return {size: sorted.length, descending, chunks, entries};
}

/** Inserts, or moves what is there; gives the same order back when nothing moves. */
export function withEntry(order: Order, {id, key}: OrderEntry): Order {
  const {descending, entries} = order;
  const entry = {id, key: sortable(key)};
  const before = entries.get(id);
  if (before && before.key === entry.key) return order;
  const others = before ? removed(order.chunks, search(order.chunks, before, descending)) : order.chunks;
  return {
    descending,
    size: order.size + (before ? 0 : 1),
    chunks: inserted(others, entry, descending),
    entries: entries.set(id, entry),
  };
}

/** Gives the same order back when the id is not in it. */
export function withoutId(order: Order, id: string): Order {
  const {descending, entries} = order;
  const before = entries.get(id);
  if (!before) return order;
  const chunks = removed(order.chunks, search(order.chunks, before, descending));
  return {descending, size: order.size - 1, chunks, entries: entries.delete(id)};
}

export function idAt(order: Order, index: number): string | undefined {
  return idsFrom(order, index, 1)[0];
}

export function indexOf(order: Order, id: string): number | undefined {
  const entry = order.entries.get(id);
  if (!entry) return undefined;
  const place = search(order.chunks, entry, order.descending);
  return sizeBefore(order.chunks, place.chunk) + place.index;
}

/** At most `count` ids, from index `from` on; none for a negative `from`. */
export function idsFrom(order: Order, from: number, count: number): readonly string[] {
  if (from < 0 || from >= order.size || count <= 0) return [];
  const ids: string[] = [];
  let skip = from;
  for (const chunk of order.chunks) {
    if (skip >= chunk.length) {
      skip -= chunk.length;
      continue;
    }
    for (const {id} of chunk.slice(skip, skip + count - ids.length)) ids.push(id);
    if (ids.length >= count) break;
    skip = 0;
  }
  return ids;
}

/** How many entries have a key that stands before this one. */
export function rankOfKey(order: Order, key: SortKey): number {
  const comesBefore = (entry: OrderEntry) => compareKeys(entry.key, sortable(key), order.descending) < 0;
  const chunk = countWhile(order.chunks, (entries) => isTrueOf(entries.at(-1), comesBefore));
  return sizeBefore(order.chunks, chunk) + countWhile(order.chunks[chunk] ?? [], comesBefore);
}

/** A NaN would stand nowhere, and take its neighbours with it. */
const sortable = (key: SortKey): SortKey => (Number.isNaN(key) ? undefined : key);

function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  if (a < b) return descending ? 1 : -1;
  return b < a ? (descending ? -1 : 1) : 0;
}

function compare(a: OrderEntry, b: OrderEntry, descending: boolean): number {
  const byKey = compareKeys(a.key, b.key, descending);
  if (byKey !== 0 || a.id === b.id) return byKey;
  return a.id < b.id ? -1 : 1;
}

/** How many items at the start fulfil `isBefore`, which no item after them does: a binary search. */
function countWhile<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrueOf(items[middle], isBefore)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isTrueOf = <T>(item: T | undefined, is: (item: T) => boolean): boolean => item !== undefined && is(item);

/** Where an entry stands, or where it would: which chunk, what is in it, and where in that. */
type Place = {readonly chunk: number; readonly entries: Chunk; readonly index: number};

function search(chunks: readonly Chunk[], entry: OrderEntry, descending: boolean): Place {
  const comesBefore = (other: OrderEntry) => compare(other, entry, descending) < 0;
  const chunk = countWhile(chunks, (entries) => isTrueOf(entries.at(-1), comesBefore));
  const entries = chunks[chunk] ?? [];
  return {chunk, entries, index: countWhile(entries, comesBefore)};
}

function sizeBefore(chunks: readonly Chunk[], chunk: number): number {
  let size = 0;
  for (let index = 0; index < chunk; index += 1) size += chunks[index]?.length ?? 0;
  return size;
}

function inserted(chunks: readonly Chunk[], entry: OrderEntry, descending: boolean): readonly Chunk[] {
  const found = search(chunks, entry, descending);
  // Past the end it joins the last chunk rather than start one of its own.
  const place =
    found.chunk === chunks.length && found.chunk > 0
      ? {chunk: found.chunk - 1, entries: chunks.at(-1) ?? [], index: chunks.at(-1)?.length ?? 0}
      : found;
  const grown = place.entries.toSpliced(place.index, 0, entry);
  if (grown.length <= MOST_IN_CHUNK) return chunks.toSpliced(place.chunk, 1, grown);
  const half = grown.length >>> 1;
  return chunks.toSpliced(place.chunk, 1, grown.slice(0, half), grown.slice(half));
}

/** A chunk that has become small joins the next or the one before, if there is room. */
function removed(chunks: readonly Chunk[], {chunk, entries, index}: Place): readonly Chunk[] {
  const shrunk = entries.toSpliced(index, 1);
  if (shrunk.length === 0) return chunks.toSpliced(chunk, 1);
  if (shrunk.length >= LEAST_IN_CHUNK) return chunks.with(chunk, shrunk);
  const fits = (neighbour: Chunk | undefined): neighbour is Chunk =>
    neighbour !== undefined && neighbour.length + shrunk.length <= BUILT_CHUNK;
  const [before, next] = [chunks[chunk - 1], chunks[chunk + 1]];
  if (fits(next)) return chunks.toSpliced(chunk, 2, [...shrunk, ...next]);
  if (fits(before)) return chunks.toSpliced(chunk - 1, 2, [...before, ...shrunk]);
  return chunks.with(chunk, shrunk);
}
