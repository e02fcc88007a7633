export type NonEmpty<T> = readonly [T, ...T[]];

/** Chance from a seed: the same seed gives the same numbers on every machine. */
export type Random = {
  /** At least 0, less than 1. */
  readonly next: () => number;
  /** A whole number, at least 0, less than `limit`. */
  readonly below: (limit: number) => number;
  /** At least `least`, less than `most`. */
  readonly between: (least: number, most: number) => number;
  readonly pick: <T>(items: NonEmpty<T>) => T;
  /** `length` characters of 0-9a-z. */
  readonly text: (length: number) => string;
  /** A stream of its own: what is drawn from it does not move any other. */
  readonly fork: (label: string) => Random;
};

const BASE_36 = '0123456789abcdefghijklmnopqrstuvwxyz';
const TWO_TO_32 = 4_294_967_296;

/** FNV-1a over UTF-16 units: 32 bits that look like chance and always come out the same. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return scramble(sum);
}

/** The finishing steps of MurmurHash3: neighbours come out far apart. */
function scramble(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** At least 0, less than 1, from two whole numbers: the value of a random field at a place. */
export function chanceAt(salt: number, place: number): number {
  return scramble(salt ^ Math.imul(place | 0, 0x9e3779b1)) / TWO_TO_32;
}

/** mulberry32: 32 bits of state, plenty for a story nobody stakes anything on. */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_TO_32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    pick: (items) => items[below(items.length)] ?? items[0],
    text(length) {
      let text = '';
      for (let at = 0; at < length; at += 1) text += BASE_36[below(36)];
      return text;
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}

/**
 * Deals cards without putting them back until the deck is out, then shuffles anew: even a dozen draws show the
 * whole variety, in the right shares.
 */
export function createDeck<T>(random: Random, cards: NonEmpty<readonly [card: T, count: number]>): () => T {
  const full = cards.flatMap(([card, count]) => Array.from({length: count}, () => card));
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...full];
    const [drawn] = left.splice(random.below(left.length), 1);
    return drawn ?? cards[0][0];
  };
}
