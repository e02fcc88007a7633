import type {Random} from './random.ts';

/** A set from which one member is drawn at random in O(1), however many there are. */
export type Bag = {
  readonly add: (id: string) => void;
  readonly remove: (id: string) => void;
  readonly draw: (random: Random) => string | undefined;
};

export function createBag(): Bag {
  const ids: string[] = [];
  const places = new Map<string, number>();
  return {
    add(id) {
      if (places.has(id)) return;
      places.set(id, ids.length);
      ids.push(id);
    },
    remove(id) {
      const place = places.get(id);
      if (place === undefined) return;
      const last = ids.pop();
      places.delete(id);
      if (last === undefined || last === id) return;
      ids[place] = last;
      places.set(last, place);
    },
    draw: (random) => ids[random.below(ids.length)],
  };
}
