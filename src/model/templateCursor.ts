/** Where a cursor is in a short list, and what of the list is shown. */
export type Place = {readonly cursor: string | undefined; readonly top: number};

/** The first visible line, nearest to `top`, that keeps the cursor on the screen and no line empty without need. */
export function windowTop(top: number, index: number, size: number, lines: number): number {
  const room = Math.max(1, lines);
  const nearest = Math.min(Math.max(top, index - room + 1), Math.max(0, index));
  return Math.max(0, Math.min(nearest, size - room));
}

/** `by` may be infinite. */
export function movedPlace(ids: readonly string[], {cursor, top}: Place, by: number, lines: number): Place {
  const from = Math.max(0, ids.indexOf(cursor ?? ''));
  const index = Math.max(0, Math.min(from + by, ids.length - 1));
  return {cursor: ids[index], top: windowTop(top, index, ids.length, lines)};
}

/** The list has changed: the cursor stays on its row, or goes to what took its place. */
export function keptPlace(before: readonly string[], ids: readonly string[], {cursor, top}: Place): Place {
  if (cursor !== undefined && ids.includes(cursor)) return {cursor, top};
  const index = Math.max(0, before.indexOf(cursor ?? ''));
  return {cursor: ids[Math.min(index, ids.length - 1)], top};
}
