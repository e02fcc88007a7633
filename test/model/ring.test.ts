import fc from 'fast-check';
import {expect, test} from 'vitest';
import {emptyRing, itemAt, lastItems, newest, ringSize, withItem, withNewest} from '../../src/model/ring.ts';

const ringOf = (limit: number, items: readonly number[]) => items.reduce(withItem<number>, emptyRing<number>(limit));

test('a ring keeps the newest items, in order, up to its limit', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 200}), fc.array(fc.integer(), {maxLength: 400}), (limit, items) => {
      const ring = ringOf(limit, items);
      const kept = items.slice(-limit);
      expect(ringSize(ring)).toBe(kept.length);
      expect(lastItems(ring, limit)).toEqual(kept);
      expect(newest(ring)).toBe(kept.at(-1));
      expect(kept.map((_, index) => itemAt(ring, index))).toEqual(kept);
    }),
  );
});

test('the last few of many come oldest first, and never more than there are', () => {
  const ring = ringOf(
    100,
    Array.from({length: 250}, (_, index) => index),
  );
  expect(lastItems(ring, 3)).toEqual([247, 248, 249]);
  expect(lastItems(ring, 40)).toHaveLength(40);
  expect(lastItems(ring, 40)[0]).toBe(210);
  expect(lastItems(ring, 1000)[0]).toBe(150);
  expect(lastItems(ring, 0)).toEqual([]);
});

test('outside of the ring there is nothing', () => {
  const ring = ringOf(2, [1, 2, 3]);
  expect([itemAt(ring, -1), itemAt(ring, 0), itemAt(ring, 1), itemAt(ring, 2)]).toEqual([undefined, 2, 3, undefined]);
  expect(newest(emptyRing(3))).toBeUndefined();
});

test('the newest item is replaced in its place', () => {
  const ring = ringOf(5, [1, 2, 3]);
  expect(lastItems(withNewest(ring, 9), 5)).toEqual([1, 2, 9]);
  expect(lastItems(withNewest(emptyRing<number>(5), 9), 5)).toEqual([9]);
  expect(lastItems(ring, 5)).toEqual([1, 2, 3]);
});

test('adding to a full ring copies two small lists, however long the ring', () => {
  const before = ringOf(
    5000,
    Array.from({length: 6000}, (_, index) => index),
  );
  const after = withItem(before, 6000);
  const fresh = after.chunks.filter((chunk) => !before.chunks.includes(chunk));
  expect(fresh.length).toBeLessThanOrEqual(1);
  expect(after.tail.length).toBeLessThanOrEqual(32);
  expect(lastItems(before, 1)).toEqual([5999]);
});
