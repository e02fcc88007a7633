import type {SortKey} from './columns.ts';

export type OrderEntry = {readonly id: string; readonly key: SortKey};

/**
 * Sorted entries as a tree that never changes: a change copies one node of each level and shares all others. Keys and
 * ids stand apart, so that a search reads keys that lie side by side. All leaves are equally deep.
 */
export type SortedTree = {
  /** Entries in it and below. */
  readonly size: number;
  /** Of a leaf its entries; of a branch the last entry of each child. */
  readonly keys: readonly SortKey[];
  readonly ids: readonly string[];
  /** Undefined: a leaf. Never empty, and no child is. */
  readonly children: readonly SortedTree[] | undefined;
};

/** A node that grows past this is halved. Measured: 32 costs more levels, 128 more copying. */
const MOST_IN_NODE = 64;
/** A node that shrinks below this joins a neighbour, if both then fit `BUILT_NODE`. */
const LEAST_IN_NODE = 16;
/** What a new tree puts in one node: room to grow and to shrink. */
const BUILT_NODE = 48;

const leafOf = (keys: readonly SortKey[], ids: readonly string[]): SortedTree => ({
  size: ids.length,
  keys,
  ids,
  children: undefined,
});

function branchOf(children: readonly SortedTree[]): SortedTree {
  return {
    size: children.reduce((sum, {size}) => sum + size, 0),
    keys: children.map(({keys}) => keys.at(-1)),
    ids: children.map(({ids}) => ids.at(-1) ?? ''),
    children,
  };
}

export const emptyTree: SortedTree = leafOf([], []);

/** Keys and ids must be sorted already, and as many of the one as of the other. */
export function treeOf(keys: readonly SortKey[], ids: readonly string[]): SortedTree {
  let level = inParts(ids.length, (from, to) => leafOf(keys.slice(from, to), ids.slice(from, to)));
  while (level.length > 1) {
    const below = level;
    level = inParts(below.length, (from, to) => branchOf(below.slice(from, to)));
  }
  return level[0] ?? emptyTree;
}

const inParts = (count: number, part: (from: number, to: number) => SortedTree): readonly SortedTree[] =>
  Array.from({length: Math.ceil(count / BUILT_NODE)}, (_, index) => part(index * BUILT_NODE, (index + 1) * BUILT_NODE));

/** Which of two keys stands first: undefined last in both directions, numbers before texts. */
export function compareKeys(a: SortKey, b: SortKey, descending: boolean): number {
  if (a === b) return 0;
  if (a === undefined || b === null) return 1;
  if (b === undefined || a === null) return -1;
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  return a < b === descending ? 1 : -1;
}

/** How many of the keys in this node stand before an entry: its place in a leaf, or the child it belongs into. */
function placeIn({keys, ids}: SortedTree, {key, id}: OrderEntry, descending: boolean): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const byKey = compareKeys(keys[middle], key, descending);
    if (byKey < 0 || (byKey === 0 && (ids[middle] ?? '') < id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many entries stand before this one, whether it is there or not. */
export function countBefore(tree: SortedTree, entry: OrderEntry, descending: boolean): number {
  let before = 0;
  let node: SortedTree | undefined = tree;
  while (node?.children) {
    const place = placeIn(node, entry, descending);
    for (let index = 0; index < place; index += 1) before += node.children[index]?.size ?? 0;
    node = node.children[place];
  }
  return before + (node ? placeIn(node, entry, descending) : 0);
}

/** At most `count` ids, from an index on that is not negative. */
export function idsIn(tree: SortedTree, from: number, count: number): readonly string[] {
  const found: string[] = [];
  for (const {leaf, skip} of leavesFrom(tree, from)) {
    if (found.length >= count) break;
    found.push(...leaf.ids.slice(skip, skip + count - found.length));
  }
  return found;
}

/** All of it, in order. */
export function flattened(tree: SortedTree): {readonly keys: readonly SortKey[]; readonly ids: readonly string[]} {
  const keys: SortKey[] = [];
  const ids: string[] = [];
  for (const {leaf} of leavesFrom(tree, 0)) {
    keys.push(...leaf.keys);
    ids.push(...leaf.ids);
  }
  return {keys, ids};
}

/** From the leaf on that holds this index; `skip` is how many of its entries stand before it. */
function* leavesFrom(tree: SortedTree, from: number): Generator<{readonly leaf: SortedTree; readonly skip: number}> {
  if (!tree.children) yield {leaf: tree, skip: from};
  let skip = from;
  for (const child of tree.children ?? []) {
    if (skip < child.size) yield* leavesFrom(child, skip);
    skip = Math.max(0, skip - child.size);
  }
}

/** The same tree when the entry is there. */
export function treeWith(tree: SortedTree, entry: OrderEntry, descending: boolean): SortedTree {
  const [first = emptyTree, second] = grown(tree, entry, descending);
  return second ? branchOf([first, second]) : first;
}

/** The same tree when the entry is not there. */
export function treeWithout(tree: SortedTree, entry: OrderEntry, descending: boolean): SortedTree {
  let root = shrunk(tree, entry, descending);
  while (root.children?.length === 1) root = root.children[0] ?? emptyTree;
  return root;
}

/** The node with the entry in it: one node, or two halves of it. */
function grown(tree: SortedTree, entry: OrderEntry, descending: boolean): readonly SortedTree[] {
  const place = placeIn(tree, entry, descending);
  const {keys, ids, children} = tree;
  if (!children) {
    if (ids[place] === entry.id && keys[place] === entry.key) return [tree];
    return halved(leafOf(keys.toSpliced(place, 0, entry.key), ids.toSpliced(place, 0, entry.id)));
  }
  // Past the end it joins the last child.
  const at = Math.min(place, children.length - 1);
  const child = children[at] ?? emptyTree;
  const parts = grown(child, entry, descending);
  return parts[0] === child ? [tree] : halved(withChildren(tree, children, at, 1, parts));
}

function shrunk(tree: SortedTree, entry: OrderEntry, descending: boolean): SortedTree {
  const place = placeIn(tree, entry, descending);
  const {keys, ids, children} = tree;
  if (!children) {
    if (ids[place] !== entry.id || keys[place] !== entry.key) return tree;
    return leafOf(keys.toSpliced(place, 1), ids.toSpliced(place, 1));
  }
  const child = children[place];
  const rest = child && shrunk(child, entry, descending);
  if (!rest || rest === child) return tree;
  if (rest.size === 0) return withChildren(tree, children, place, 1, []);
  const [before, next] = [children[place - 1], children[place + 1]];
  if (next && mayJoin(rest, next)) return withChildren(tree, children, place, 2, [joined(rest, next)]);
  if (before && mayJoin(rest, before)) return withChildren(tree, children, place - 1, 2, [joined(before, rest)]);
  return withChildren(tree, children, place, 1, [rest]);
}

/** A branch with `count` of its children from `at` on replaced. */
function withChildren(
  tree: SortedTree,
  children: readonly SortedTree[],
  at: number,
  count: number,
  parts: readonly SortedTree[],
): SortedTree {
  const [part] = parts;
  const child = children[at];
  const isInside = part && child && count === 1 && parts.length === 1 && hasSameLast(part, child);
  if (!isInside) return branchOf(children.toSpliced(at, count, ...parts));
  return {...tree, size: tree.size - child.size + part.size, children: children.with(at, part)};
}

const hasSameLast = (a: SortedTree, b: SortedTree): boolean =>
  a.ids.at(-1) === b.ids.at(-1) && a.keys.at(-1) === b.keys.at(-1);

const mayJoin = (small: SortedTree, neighbour: SortedTree): boolean =>
  small.ids.length < LEAST_IN_NODE && small.ids.length + neighbour.ids.length <= BUILT_NODE;

function joined(a: SortedTree, b: SortedTree): SortedTree {
  if (a.children && b.children) return branchOf([...a.children, ...b.children]);
  return leafOf([...a.keys, ...b.keys], [...a.ids, ...b.ids]);
}

function halved(tree: SortedTree): readonly SortedTree[] {
  const {keys, ids, children} = tree;
  if (ids.length <= MOST_IN_NODE) return [tree];
  const half = ids.length >>> 1;
  if (children) return [branchOf(children.slice(0, half)), branchOf(children.slice(half))];
  return [leafOf(keys.slice(0, half), ids.slice(0, half)), leafOf(keys.slice(half), ids.slice(half))];
}
