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
  withEntry,
  withoutId,
} from '../../src/model/order.ts';

/** What an order must always equal: everything, sorted anew in the plainest way. */
function sortedPlainly(entries: ReadonlyMap<string, SortKey>, descending: boolean): readonly OrderEntry[] {
  const rank = (key: SortKey) => (key === undefined ? 2 : typeof key === 'string' ? 1 : 0);
  const told = [...entries].map(([id, key]) => ({id, key}));
  return told.toSorted((a, b) => {
    if (rank(a.key) !== rank(b.key)) return rank(a.key) - rank(b.key);
    if (a.key !== undefined && b.key !== undefined && a.key !== b.key) return a.key < b.key === descending ? 1 : -1;
    return a.id < b.id ? -1 : 1;
  });
}

const allIds = (order: Order) => idsFrom(order, 0, order.size);
const numbered = (count: number): readonly OrderEntry[] =>
  Array.from({length: count}, (_, index) => ({id: `sb_${index}`, key: (index * 7919) % count}));

/** Few distinct keys and ids, so that ties, moves and repeats happen all the time. */
const someKey = fc.oneof(
  fc.integer({min: 0, max: 9}),
  fc.constantFrom('running', 'paused', 'É'),
  fc.constant(undefined),
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
        for (const {do: verb, id, key} of changes) {
          if (verb === 'put') plain.set(id, key);
          else plain.delete(id);
          order = verb === 'put' ? withEntry(order, {id, key}) : withoutId(order, id);
        }
        const expected = sortedPlainly(plain, descending);
        const ids = expected.map(({id}) => id);
        expect(allIds(order)).toEqual(ids);
        expect(order.size).toBe(ids.length);
        expect(ids.map((_, index) => idAt(order, index))).toEqual(ids);
        expect(ids.map((id) => indexOf(order, id))).toEqual(ids.map((_, index) => index));
        const withProbe = sortedPlainly(new Map([...plain, ['', probe]]), descending);
        expect(rankOfKey(order, probe)).toBe(withProbe.findIndex(({id}) => id === ''));
      }),
    );
  });

  test('thousands of entries split into chunks and join again without a wrong place', () => {
    fc.assert(
      fc.property(
        fc.integer({min: 0, max: 3000}),
        fc.boolean(),
        fc.array(fc.record({id: fc.integer({min: 0, max: 3200}), key: someKey}), {maxLength: 600}),
        (size, descending, moves) => {
          const plain = new Map(numbered(size).map(({id, key}) => [id, key]));
          let order = orderOf(numbered(size), descending);
          for (const {id: number, key} of moves) {
            const id = `sb_${number}`;
            plain.set(id, key);
            order = withEntry(order, {id, key});
          }
          for (let index = 0; index < size; index += 3) {
            plain.delete(`sb_${index}`);
            order = withoutId(order, `sb_${index}`);
          }
          const expected = sortedPlainly(plain, descending).map(({id}) => id);
          expect(allIds(order)).toEqual(expected);
          const middle = expected.length >> 1;
          expect(idsFrom(order, middle, 40)).toEqual(expected.slice(middle, middle + 40));
          expect(expected.every((id, index) => indexOf(order, id) === index)).toBe(true);
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

test('of one id listed twice the later counts', () => {
  const twice = orderOf(
    [
      {id: 'a', key: 1},
      {id: 'b', key: 2},
      {id: 'a', key: 3},
    ],
    false,
  );
  expect(allIds(twice)).toEqual(['b', 'a']);
  expect(twice.size).toBe(2);
});

test('outside of the list there is nothing', () => {
  const order = orderOf(numbered(1000), false);
  expect([idAt(order, -1), idAt(order, 1000)]).toEqual([undefined, undefined]);
  expect(idsFrom(order, 990, 40)).toHaveLength(10);
  expect([idsFrom(order, -5, 10), idsFrom(order, 0, 0), idsFrom(order, 1000, 5)]).toEqual([[], [], []]);
  expect(indexOf(order, 'nobody')).toBeUndefined();
});

test('an order stays what it was when another is made from it', () => {
  const before = orderOf(numbered(1000), false);
  const ids = allIds(before);
  withoutId(withEntry(before, {id: 'new', key: 5}), 'sb_7');
  expect(allIds(before)).toEqual(ids);
});

test('nothing moved is the very same order', () => {
  const order = orderOf(numbered(10), false);
  expect(withEntry(order, {id: 'sb_3', key: order.entries.get('sb_3')?.key})).toBe(order);
  expect(withoutId(order, 'nobody')).toBe(order);
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

  function costOfMove(size: number) {
    const order = orderOf(
      Array.from({length: size}, (_, index) => ({id: `sb_${index}`, key: counting(index)})),
      false,
    );
    const places = [0.03, 0.21, 0.5, 0.77, 0.98].map((part) => Math.floor(size * part));
    const costs = places.map((place) => {
      compared = 0;
      const after = withEntry(order, {id: `sb_${place}`, key: counting((place * 31 + 17) % size)});
      return {
        comparisons: compared / 2,
        chunksCopied: after.chunks.filter((chunk) => !order.chunks.includes(chunk)).length,
        entriesCopied: Math.max(...after.chunks.map((chunk) => chunk.length)),
        chunks: after.chunks.length,
      };
    });
    return {
      comparisons: Math.max(...costs.map((cost) => cost.comparisons)),
      chunksCopied: Math.max(...costs.map((cost) => cost.chunksCopied)),
      entriesCopied: Math.max(...costs.map((cost) => cost.entriesCopied)),
      chunks: Math.max(...costs.map((cost) => cost.chunks)),
    };
  }

  const many = costOfMove(100_000);

  test('a move among 100,000 compares at most three times as often as one among 100', () => {
    const few = costOfMove(100);
    expect(few.comparisons).toBeGreaterThan(0);
    expect(many.comparisons / few.comparisons).toBeLessThanOrEqual(3);
  });

  test('a move copies at most two chunks of at most 512, and a list of a few hundred', () => {
    expect(many.chunksCopied).toBeLessThanOrEqual(2);
    expect(many.entriesCopied).toBeLessThanOrEqual(512);
    expect(many.chunks).toBeLessThanOrEqual(400);
  });

  test('a fleet that comes in page by page is split into chunks as it grows', () => {
    const grown = numbered(5000).reduce(withEntry, emptyOrder(false));
    expect(grown.size).toBe(5000);
    expect(Math.max(...grown.chunks.map((chunk) => chunk.length))).toBeLessThanOrEqual(512);
    expect(grown.chunks.length).toBeLessThanOrEqual(5000 / 128);
  });

  test('a fleet that has shrunk leaves no trail of small chunks', () => {
    const shrunk = numbered(20_000)
      .filter((_, index) => index % 100 !== 0)
      .reduce((order, {id}) => withoutId(order, id), orderOf(numbered(20_000), false));
    expect(shrunk.size).toBe(200);
    expect(shrunk.chunks.length).toBeLessThanOrEqual(2);
  });
});
