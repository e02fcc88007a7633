/** Rows `top` to `bottom` move up by `by`, or down where it is negative; what comes in is blank. */
export type Scroll = {readonly top: number; readonly bottom: number; readonly by: number};

/** A screen as cells that are the same object where they look the same. */
type Rows<T> = readonly (readonly T[])[];

/** Less is not worth the sequence: this part of a row must be saved. */
const LEAST_PART = 1 / 4;

/**
 * The scroll that brings one screen nearest to another: undefined when less than a row differs, or none saves much.
 * Looks at moves of up to half the screen, for the run of rows that gains the most cells.
 */
export function bestScroll<T>(before: Rows<T>, after: Rows<T>): Scroll | undefined {
  const columns = after[0]?.length ?? 0;
  const still = after.map((row, y) => countDifferent(before[y], row));
  if (still.reduce((sum, count) => sum + count, 0) < columns) return undefined;
  let best: Gain = {cells: Math.floor(columns * LEAST_PART), scroll: undefined};
  const furthest = Math.ceil(after.length / 2);
  for (let by = -furthest; by <= Math.floor(after.length / 2); by += 1)
    if (by !== 0) best = betterScroll(before, after, still, by, best);
  return best.scroll;
}

type Gain = {readonly cells: number; readonly scroll: Scroll | undefined};

/** The run of rows that gains most when all rows move by so many; `best` where none gains more. */
function betterScroll<T>(before: Rows<T>, after: Rows<T>, still: readonly number[], by: number, best: Gain): Gain {
  let better = best;
  let gained = 0;
  let start = 0;
  const end = Math.min(after.length, after.length - by);
  for (let y = Math.max(0, -by); y < end; y += 1) {
    if (gained <= 0) {
      gained = 0;
      start = y;
      if (still[y] === 0) continue;
    }
    gained += (still[y] ?? 0) - countDifferent(before[y + by], after[y]);
    if (gained > better.cells)
      better = {cells: gained, scroll: {top: Math.min(start, start + by), bottom: Math.max(y, y + by), by}};
  }
  return better;
}

export function scrolled<T>(rows: Rows<T>, {top, bottom, by}: Scroll, blank: T): Rows<T> {
  const moved = rows.slice(top, bottom + 1);
  const fresh = Array.from({length: Math.min(Math.abs(by), moved.length)}, () => (rows[0] ?? []).map(() => blank));
  const region = by > 0 ? [...moved.slice(by), ...fresh] : [...fresh, ...moved.slice(0, by)];
  return [...rows.slice(0, top), ...region, ...rows.slice(bottom + 1)];
}

/** DECSTBM, SU or SD, and the region off again, which takes the cursor home. */
export const scrollSequence = ({top, bottom, by}: Scroll): string =>
  `\u001b[${top + 1};${bottom + 1}r\u001b[${Math.abs(by) === 1 ? '' : Math.abs(by)}${by > 0 ? 'S' : 'T'}\u001b[r`;

function countDifferent<T>(one: readonly T[] = [], other: readonly T[] = []): number {
  let count = 0;
  for (let x = 0; x < other.length; x += 1) if (one[x] !== other[x]) count += 1;
  return count;
}
