/** Beyond this many changes of a letter another name is meant, or none. */
const MOST_CHANGES = 3;

/** The name that was probably meant; undefined: none comes near. */
export function closest(typed: string, names: readonly string[]): string | undefined {
  const begins = names.find((name) => typed.length >= 3 && name.startsWith(typed));
  if (begins !== undefined) return begins;
  const near = names.map((name) => ({name, changes: changesBetween(typed, name)}));
  const [best] = near.toSorted((one, other) => one.changes - other.changes);
  return best && best.changes <= Math.min(MOST_CHANGES, typed.length / 2) ? best.name : undefined;
}

/** How many letters must be put in, left out, replaced or swapped with their neighbour (optimal string alignment). */
function changesBetween(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({length: other.length + 1}, (_, at) => at);
  for (let down = 1; down <= one.length; down += 1) {
    const next = [down];
    for (let right = 1; right <= other.length; right += 1) {
      const isSame = one[down - 1] === other[right - 1];
      const isSwapped = one[down - 1] === other[right - 2] && one[down - 2] === other[right - 1];
      const swapped = isSwapped ? (before[right - 2] ?? down) + 1 : Number.POSITIVE_INFINITY;
      const replaced = (row[right - 1] ?? 0) + (isSame ? 0 : 1);
      next.push(Math.min(replaced, (row[right] ?? 0) + 1, (next[right - 1] ?? 0) + 1, swapped));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
