import {ringSize} from '../model/ring.ts';
import type {Stamp} from '../model/sandbox.ts';
import {type Bucket, buckets, COARSE_MS, FINE_MS, type Series} from '../model/series.ts';

/** Fine slots in a coarse one. */
const PER_COARSE = COARSE_MS / FINE_MS;

/** So many slots back, in so many cells of a chart. */
export type Reach = {readonly slots: number; readonly cells: number};

/**
 * The last fine slots and one more, where the first cell begins; the one of `now` at the end; undefined is a gap. What the fine ring has let go is told by the
 * coarse one: each slot shows what is known of the 12 s it lies in. Where the two meet moves on with the picture, once
 * a cell, never in between.
 */
export function history(series: Series, now: Stamp, {slots, cells}: Reach): readonly (Bucket | undefined)[] {
  const count = slots + 1;
  const fine = buckets(series, 'fine', now, count);
  const {limit} = series.fine;
  const perCell = slots / cells;
  if (count <= limit - perCell || ringSize(series.fine) < limit) return fine;
  const last = Math.floor(now / FINE_MS);
  const first = last - count + 1;
  // As braille.columnsOf counts them: the first cell that the current slot does not reach.
  const nextCell = Math.floor((Math.ceil(((last + 1) * 2 * cells) / slots) - 1) / 2) + 1;
  const firstFine = Math.floor(nextCell * perCell) - limit;
  const firstCoarse = Math.floor(first / PER_COARSE);
  const coarse = buckets(series, 'coarse', now, Math.floor(last / PER_COARSE) - firstCoarse + 1);
  return fine.map((bucket, index) => {
    const slot = first + index;
    return slot >= firstFine ? bucket : coarse[Math.floor(slot / PER_COARSE) - firstCoarse];
  });
}
