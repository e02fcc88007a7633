import {BLANK, blankRow, type CellRow, isSameCell} from './cellRow.ts';

/** Rows `top` to `bottom`, both inclusive, moved up by `by`; down when it is negative. */
export type Scroll = {readonly top: number; readonly bottom: number; readonly by: number};

const ESC = '\u001b';

/** The gain in cells from which on a scroll is worth its bytes: about as many as are written for it. */
const LEAST_GAIN = 12;

/** Rows that would come out better if they were moved first, and by how many cells. */
type Band = {readonly from: number; readonly to: number; readonly gain: number};

const NO_BAND: Band = {from: 0, to: 0, gain: LEAST_GAIN};

/** A row that differs in more than this part of its cells may have been moved. */
const MOVED_PART = 1 / 4;
/** One row alone is never moved for less than it costs. */
const LEAST_MOVED = 2;
/** A row that has been moved differs from what it was elsewhere in no more than this part: it may have changed too. */
const CHANGED_PART = 1 / 4;

/** The scroll after which the fewest cells differ; undefined when none brings much. */
export function bestScroll(shown: readonly CellRow[], wanted: readonly CellRow[]): Scroll | undefined {
  const unmoved = wanted.map((row, at) => differences(shown[at], row));
  const first = unmoved.findIndex((count) => count > 0);
  const last = unmoved.findLastIndex((count) => count > 0);
  const most = last - first;
  const moved = rowsMoved(wanted, unmoved);
  if (moved.length < LEAST_MOVED) return undefined;
  const isFoundAt = (by: number) => moved.some((at) => isAlike(shown[at + by], wanted[at]));
  let [best, by] = [NO_BAND, 0];
  for (let tried = -most; tried <= most; tried += 1) {
    if (tried === 0 || !isFoundAt(tried)) continue;
    const gains = unmoved.map((count, at) => {
      const from = at + tried;
      const isInside = Math.min(at, from) >= first && Math.max(at, from) <= last;
      return isInside ? count - differences(shown[from], wanted[at]) : Number.NEGATIVE_INFINITY;
    });
    const band = bestBand(gains);
    if (band.gain > best.gain) [best, by] = [band, tried];
  }
  if (by === 0) return undefined;
  return {top: Math.min(best.from, best.from + by), bottom: Math.max(best.to, best.to + by), by};
}

function rowsMoved(wanted: readonly CellRow[], unmoved: readonly number[]): readonly number[] {
  return unmoved.flatMap((count, at) => (count > written(wanted[at]) * MOVED_PART ? at : []));
}

function isAlike(a: CellRow | undefined, b: CellRow | undefined): boolean {
  if (!a || !b) return false;
  const most = b.glyphs.length * CHANGED_PART;
  return differences(a, b, most) <= most;
}

const written = (row: CellRow | undefined): number =>
  row ? row.glyphs.reduce((count, glyph) => (glyph === BLANK ? count : count + 1), 0) : 0;

/** Neighbouring rows with the largest sum (Kadane's algorithm). */
function bestBand(gains: readonly number[]): Band {
  let best = NO_BAND;
  let [sum, from] = [0, 0];
  for (const [at, gain] of gains.entries()) {
    if (sum <= 0) [sum, from] = [0, at];
    sum += gain;
    if (sum > best.gain) best = {from, to: at, gain: sum};
  }
  return best;
}

/** Cells that differ. Past `most` nobody counts on: rows that have nothing in common cost a look at a few cells. */
function differences(a: CellRow | undefined, b: CellRow | undefined, most = Number.POSITIVE_INFINITY): number {
  if (!a || !b || a === b) return 0;
  let count = 0;
  for (let at = 0; at < b.glyphs.length && count <= most; at += 1) if (!isSameCell(a, b, at)) count += 1;
  return count;
}

/**
 * Sets the scroll region, deletes or inserts lines at its top and takes the region back (DECSTBM, DL, IL of a VT102,
 * since the Linux console knows no SU and SD). It ends at the top left. What comes in has the background of the pen.
 */
export function writeScroll({top, bottom, by}: Scroll): string {
  const count = Math.abs(by) === 1 ? '' : Math.abs(by);
  const toTop = top === 0 ? '' : `${ESC}[${top + 1}H`;
  return `${ESC}[${top + 1};${bottom + 1}r${toTop}${ESC}[${count}${by > 0 ? 'M' : 'L'}${ESC}[r`;
}

/** What the terminal shows after it. */
export function scrolledRows(shown: readonly CellRow[], {top, bottom, by}: Scroll): readonly CellRow[] {
  const blank = blankRow(shown[0]?.glyphs.length ?? 0);
  return shown.map((row, at) => {
    if (at < top || at > bottom) return row;
    const from = at + by;
    return from >= top && from <= bottom ? (shown[from] ?? row) : blank;
  });
}
