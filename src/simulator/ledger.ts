/**
 * Ids in the order of their birth, read newest first from any place. A page costs what it reads: nothing is
 * sorted, and a place stays right while others are born or deleted.
 */
export type Ledger = {
  /** Numbers must grow. */
  readonly add: (number: number, id: string) => void;
  readonly remove: (number: number) => void;
  /** Ids with a smaller number, the largest first; all of them without `before`. */
  readonly newestFirst: (before?: number) => Generator<string>;
};

type Line = {readonly number: number; id: string | undefined};

/** Below this many lines holes cost nothing worth a sweep. */
const SMALL = 64;

export function createLedger(): Ledger {
  let lines: Line[] = [];
  let holes = 0;

  /** How many lines have a smaller number. */
  const countBefore = (number: number) => {
    let low = 0;
    let high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle]?.number ?? number) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add(number, id) {
      lines.push({number, id});
    },
    remove(number) {
      const line = lines[countBefore(number)];
      if (line?.number !== number || line.id === undefined) return;
      line.id = undefined;
      holes += 1;
      if (holes * 2 <= lines.length || lines.length < SMALL) return;
      lines = lines.filter(({id}) => id !== undefined);
      holes = 0;
    },
    *newestFirst(before = Number.POSITIVE_INFINITY) {
      const read = lines;
      for (let at = countBefore(before) - 1; at >= 0; at -= 1) {
        const id = read[at]?.id;
        if (id !== undefined) yield id;
      }
    },
  };
}
