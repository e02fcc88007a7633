import type {SortKey} from './columns.ts';
import {
  compareKeys,
  countBefore,
  emptyTree,
  flattened,
  idsIn,
  type OrderEntry,
  type SortedTree,
  treeOf,
  treeWith,
  treeWithout,
} from './sortedTree.ts';

export type {OrderEntry} from './sortedTree.ts';

/**
 * Ids in the order of their keys; never changed, every change gives a new one. Keys that are null come first, those
 * that are undefined (or NaN) last, in both directions; numbers come before texts, and equal keys stand by id, in code units, ascending.
 * An id stands in it once, and is found by the key it was put in with: no second index has to be kept.
 */
export type Order = {
  readonly size: number;
  readonly descending: boolean;
  readonly tree: SortedTree;
};

/** What one change of a tree costs, counted in entries of a new one. Measured: 8 to 12. */
const ENTRIES_PER_CHANGE = 10;

export const emptyOrder = (descending: boolean): Order => ({size: 0, descending, tree: emptyTree});

/** No id twice. n entries cost O(n log n), less the more of them stand in order already. */
export const orderOf = (entries: readonly OrderEntry[], descending: boolean): Order =>
  sorted(
    entries.map(({key}) => sortable(key)),
    entries.map(({id}) => id),
    descending,
  );

/** Sorting places costs half of what sorting entries does. */
function sorted(keys: readonly SortKey[], ids: readonly string[], descending: boolean): Order {
  const places = ids
    .map((_, index) => index)
    .sort((a, b) => compareKeys(keys[a], keys[b], descending) || ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1));
  return inOrder(
    places.map((place) => keys[place]),
    places.map((place) => ids[place] ?? ''),
    descending,
  );
}

const inOrder = (keys: readonly SortKey[], ids: readonly string[], descending: boolean): Order => ({
  size: ids.length,
  descending,
  tree: treeOf(keys, ids),
});

/** The id must not be there under another key. The same order when it is there under this one. */
export const withEntry = (order: Order, entry: OrderEntry): Order =>
  withTree(order, treeWith(order.tree, normal(entry), order.descending));

/** The same order when the id is not there under this key. */
export const withoutEntry = (order: Order, entry: OrderEntry): Order =>
  withTree(order, treeWithout(order.tree, normal(entry), order.descending));

const withTree = (order: Order, tree: SortedTree): Order =>
  tree === order.tree ? order : {size: tree.size, descending: order.descending, tree};

/** Takes entries out, puts others in: one by one or all in one go, whichever costs less. */
export function withChanges(order: Order, out: readonly OrderEntry[], into: readonly OrderEntry[]): Order {
  if ((out.length + into.length) * ENTRIES_PER_CHANGE <= order.size) {
    return into.reduce(withEntry, out.reduce(withoutEntry, order));
  }
  const gone = new Set(out.map(({id}) => id));
  const {keys, ids} = entriesBut(order, gone);
  return sorted(
    [...keys, ...into.map(({key}) => sortable(key))],
    [...ids, ...into.map(({id}) => id)],
    order.descending,
  );
}

function entriesBut(order: Order, gone: ReadonlySet<string>) {
  const all = flattened(order.tree);
  const places = all.ids.flatMap((id, index) => (gone.has(id) ? [] : index));
  return {keys: places.map((place) => all.keys[place]), ids: places.map((place) => all.ids[place] ?? '')};
}

export const idAt = (order: Order, index: number): string | undefined => idsFrom(order, index, 1)[0];

/** Undefined when the id is not there under this key. */
export function indexOf(order: Order, entry: OrderEntry): number | undefined {
  const index = countBefore(order.tree, normal(entry), order.descending);
  return idAt(order, index) === entry.id ? index : undefined;
}

/** At most `count` ids, from index `from` on; none for a negative `from`. */
export const idsFrom = (order: Order, from: number, count: number): readonly string[] =>
  from < 0 ? [] : idsIn(order.tree, from, count);

/** How many entries have a key that stands before this one. */
export const rankOfKey = (order: Order, key: SortKey): number =>
  countBefore(order.tree, {key: sortable(key), id: ''}, order.descending);

/** A NaN would stand nowhere, and take its neighbours with it. */
export const sortable = (key: SortKey): SortKey => (typeof key === 'number' && Number.isNaN(key) ? undefined : key);

const normal = ({id, key}: OrderEntry): OrderEntry => ({id, key: sortable(key)});
