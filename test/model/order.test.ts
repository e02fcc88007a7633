import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {SortKey} from '../../src/model/columns.ts';
import {
  emptyOrder,
  idAt,
  idsFrom,
  indexOf,
  type Order,
  type OrderEntry,
  orderOf,
  rankOfKey,
  withChanges,
  withEntry,
  withoutEntry,
} from '../../src/model/order.ts';
import type {SortedTree} from '../../src/model/sortedTree.ts';

/** What an order must always equal: everything, sorted anew in the plainest way. */
function sortedPlainly(entries: ReadonlyMap<string, SortKey>, descending: boolean): readonly OrderEntry[] {
  const rank = (key: SortKey) => (key === undefined ? 2 : typeof key === 'string' ? 1 : key === null ? -1 : 0);
  const told = [...entries].map(([id, key]) => ({id, key}));
  return told.toSorted((a, b) => {
    if (rank(a.key) !== rank(b.key)) return rank(a.key) - rank(b.key);
    if (a.key != null && b.key != null && a.key !== b.key) return a.key < b.key === descending ? 1 : -1;
    return a.id < b.id ? -1 : 1;
  });
}

const allIds = (order: Order) => idsFrom(order, 0, order.size);
const numbered = (count: number): readonly OrderEntry[] =>
  Array.from({length: count}, (_, index) => ({id: `sb_${index}`, key: (index * 7919) % count}));

/** Puts an id where its key belongs, or takes it out (`do` not 'put'); `plain` says where it stood, and is kept true. */
function changed(order: Order, plain: Map<string, SortKey>, change: OrderEntry & {readonly do: string}): Order {
  const {id, key} = change;
  const rest = plain.has(id) ? withoutEntry(order, {id, key: plain.get(id)}) : order;
  plain.delete(id);
  if (change.do !== 'put') return rest;
  plain.set(id, key);
  return withEntry(rest, {id, key});
}

/** Few distinct keys and ids, so that ties, moves and repeats happen all the time. */
const someKey = fc.oneof(
  fc.integer({min: 0, max: 9}),
  fc.constantFrom('running', 'paused', 'É'),
  fc.constantFrom(undefined, null),
);
const someId = fc.oneof(
  fc.integer({min: 0, max: 60}).map((number) => `sb_${number}`),
  fc.constantFrom('a', 'B', 'é', '\u{1f600}', '\uffee'),
);
const change = fc.oneof(
  {weight: 3, arbitrary: fc.record({do: fc.constant('put'), id: someId, key: someKey})},
  {weight: 1, arbitrary: fc.record({do: fc.constant('remove'), id: someId, key: fc.constant(undefined)})},
);

describe('whatever was put, moved and removed', () => {
  test.each([
    {descending: false, called: 'ascending'},
    {descending: true, called: 'descending'},
  ])('an order ($called) reads like a list sorted anew', ({descending}) => {
    fc.assert(
      fc.property(fc.array(change, {maxLength: 200}), someKey, (changes, probe) => {
        const plain = new Map<string, SortKey>();
        let order = emptyOrder(descending);
        for (const one of changes) order = changed(order, plain, one);
        const expected = sortedPlainly(plain, descending);
        const ids = expected.map(({id}) => id);
        expect(allIds(order)).toEqual(ids);
        expect(order.size).toBe(ids.length);
        expect(ids.map((_, index) => idAt(order, index))).toEqual(ids);
        expect(expected.map((entry) => indexOf(order, entry))).toEqual(ids.map((_, index) => index));
        const withProbe = sortedPlainly(new Map([...plain, ['', probe]]), descending);
        expect(rankOfKey(order, probe)).toBe(withProbe.findIndex(({id}) => id === ''));
      }),
    );
  });

  test('thousands of entries split into nodes and join again without a wrong place', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 0, max: 3000}),
        fc.boolean(),
        fc.array(fc.record({id: fc.integer({min: 0, max: 3200}), key: someKey}), {maxLength: 600}),
        (size, descending, moves) => {
          const plain = new Map(numbered(size).map(({id, key}) => [id, key]));
          let order = orderOf(numbered(size), descending);
          for (const {id: number, key} of moves) {
            order = changed(order, plain, {do: 'put', id: `sb_${number}`, key});
          }
          for (let index = 0; index < size; index += 3) {
            order = changed(order, plain, {do: 'remove', id: `sb_${index}`, key: undefined});
          }
          const expected = sortedPlainly(plain, descending);
          const ids = expected.map(({id}) => id);
          expect(allIds(order)).toEqual(ids);
          const middle = expected.length >> 1;
          expect(idsFrom(order, middle, 40)).toEqual(ids.slice(middle, middle + 40));
          expect(expected.every((entry, index) => indexOf(order, entry) === index)).toBe(true);
        },
      ),
      {numRuns: 20},
    );
  });
});

test('what has no key comes last in both directions', () => {
  const entries = [
    {id: 'unsampled', key: undefined},
    {id: 'idle', key: 3},
    {id: 'busy', key: 96},
    {id: 'odd', key: Number.NaN},
  ];
  expect(allIds(orderOf(entries, false))).toEqual(['idle', 'busy', 'odd', 'unsampled']);
  expect(allIds(orderOf(entries, true))).toEqual(['busy', 'idle', 'odd', 'unsampled']);
});

test('equal keys stand by id, upper case before lower as in code units', () => {
  const entries = ['b', 'a', 'B'].map((id) => ({id, key: 1}));
  expect(allIds(orderOf(entries, false))).toEqual(['B', 'a', 'b']);
  expect(allIds(orderOf(entries, true))).toEqual(['B', 'a', 'b']);
});

test('many changes at once are the same as one after the other', () => {
  fc.assert(
    fc.property(
      fc.integer({min: 1, max: 400}),
      fc.boolean(),
      fc.array(someKey, {maxLength: 60}),
      (size, descending, keys) => {
        const entries = numbered(size);
        const out = entries.slice(0, keys.length);
        const into = keys.map((key, index) => ({id: `sb_${index}`, key}));
        const order = orderOf(entries, descending);
        const oneByOne = into.reduce(withEntry, out.reduce(withoutEntry, order));
        expect(allIds(withChanges(order, out, into))).toEqual(allIds(oneByOne));
      },
    ),
  );
});

test('outside of the list there is nothing', () => {
  const order = orderOf(numbered(1000), false);
  expect([idAt(order, -1), idAt(order, 1000)]).toEqual([undefined, undefined]);
  expect(idsFrom(order, 990, 40)).toHaveLength(10);
  expect([idsFrom(order, -5, 10), idsFrom(order, 0, 0), idsFrom(order, 1000, 5)]).toEqual([[], [], []]);
  expect(indexOf(order, {id: 'nobody', key: 3})).toBeUndefined();
});

test('an order stays what it was when another is made from it', () => {
  const before = orderOf(numbered(1000), false);
  const ids = allIds(before);
  withoutEntry(withEntry(before, {id: 'new', key: 5}), numbered(1000)[7] ?? {id: '', key: 0});
  expect(allIds(before)).toEqual(ids);
});

test('nothing moved is the very same order', () => {
  const order = orderOf(numbered(10), false);
  for (const entry of numbered(10)) expect(withEntry(order, entry)).toBe(order);
  expect(withoutEntry(order, {id: 'nobody', key: 3})).toBe(order);
  expect(withoutEntry(order, {id: 'sb_3', key: 'not its key'})).toBe(order);
});

describe('the cost of one change does not grow with the fleet', () => {
  let compared = 0;

  /** A key that counts how often it is looked at: `<` asks an object for its value. */
  const counting = (value: number): SortKey => {
    const key = {
      valueOf() {
        compared += 1;
        return value;
      },
    };
    return key as unknown as number;
  };

  const nodesOf = (tree: SortedTree): readonly SortedTree[] => [tree, ...(tree.children ?? []).flatMap(nodesOf)];

  function costOfMove(size: number) {
    const order = orderOf(
      Array.from({length: size}, (_, index) => ({id: `sb_${index}`, key: counting(index)})),
      false,
    );
    const shared = new Set(nodesOf(order.tree));
    const entryOf = (id: string, tree = order.tree): OrderEntry | undefined => {
      const leaf = nodesOf(tree).find((node) => !node.children && node.ids.includes(id));
      return leaf && {id, key: leaf.keys[leaf.ids.indexOf(id)]};
    };
    const costs = [0.03, 0.21, 0.5, 0.77, 0.98].map((part) => {
      const place = Math.floor(size * part);
      const was = entryOf(`sb_${place}`) ?? {id: '', key: 0};
      const is = {id: was.id, key: counting((place * 31 + 17) % size)};
      compared = 0;
      const after = withEntry(withoutEntry(order, was), is);
      const comparisons = compared / 2;
      const copied = nodesOf(after.tree).filter((node) => !shared.has(node));
      return {comparisons, nodes: copied.length, entries: copied.reduce((sum, {ids}) => sum + ids.length, 0)};
    });
    const most = (name: 'comparisons' | 'nodes' | 'entries') => Math.max(...costs.map((cost) => cost[name]));
    return {comparisons: most('comparisons'), nodes: most('nodes'), entries: most('entries')};
  }

  const many = costOfMove(100_000);

  test('a move among 100,000 compares at most three times as often as one among 100', () => {
    const few = costOfMove(100);
    expect(few.comparisons).toBeGreaterThan(0);
    expect(many.comparisons / few.comparisons).toBeLessThanOrEqual(3);
  });

  test('a move among 100,000 makes anew at most two nodes a level, of at most 64', () => {
    expect(many.nodes).toBeGreaterThan(1);
    expect(many.nodes).toBeLessThanOrEqual(5);
    expect(many.entries).toBeLessThanOrEqual(5 * 64);
  });

  test('a fleet that comes in one by one makes nodes that are neither too full nor too many', () => {
    const grown = numbered(5000).reduce(withEntry, emptyOrder(false));
    expect(grown.size).toBe(5000);
    const nodes = nodesOf(grown.tree);
    expect(Math.max(...nodes.map(({ids}) => ids.length))).toBeLessThanOrEqual(64);
    expect(nodes.length).toBeLessThanOrEqual(5000 / 20);
  });

  test('a fleet that has shrunk leaves no trail of small nodes', () => {
    const shrunk = numbered(20_000)
      .filter((_, index) => index % 100 !== 0)
      .reduce(withoutEntry, orderOf(numbered(20_000), false));
    expect(shrunk.size).toBe(200);
    expect(nodesOf(shrunk.tree).length).toBeLessThanOrEqual(14);
  });
});
