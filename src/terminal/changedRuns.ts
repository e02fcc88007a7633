import {BLANK, type CellRow, isSameCell, TAIL} from './cellRow.ts';
import {blankPen, type Pen, PLAIN_PEN} from './pens.ts';

/** Cells `from` up to `to` of a row that must be written with one pen; or, erased, all from `from` to the end. */
export type Run = {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly pen: Pen;
  readonly isErase: boolean;
};

/** To the end of the row erasing costs three bytes, whatever is there. */
const LEAST_ERASED = 4;

/** What must be written so that a row that shows `shown` shows `wanted`. */
export function changedRuns(shown: CellRow, wanted: CellRow, row: number): readonly Run[] {
  const changed = shown === wanted ? undefined : changedCells(shown, wanted);
  if (!changed) return [];
  const end = erasedFrom(wanted, changed);
  const runs = textRuns(wanted, changed, end, row);
  const columns = wanted.glyphs.length;
  return end < columns ? [...runs, {row, from: end, to: columns, pen: PLAIN_PEN, isErase: true}] : runs;
}

/** Which cells differ; undefined when none does. A wide character is one: both of its cells change, or none. */
function changedCells(shown: CellRow, wanted: CellRow): readonly boolean[] | undefined {
  const columns = wanted.glyphs.length;
  const changed = new Array<boolean>(columns).fill(false);
  let isAny = false;
  for (let at = 0; at < columns; at += 1) {
    if (isSameCell(shown, wanted, at)) continue;
    changed[at] = true;
    isAny = true;
  }
  if (!isAny) return undefined;
  joinHalves(changed, wanted.glyphs);
  return changed;
}

/** Only first halves can have changed alone: where a second half is the same in both rows, both have one there. */
function joinHalves(changed: boolean[], glyphs: readonly string[]): void {
  for (let at = 1; at < changed.length; at += 1) {
    if (glyphs[at] === TAIL && changed[at - 1]) changed[at] = true;
  }
}

/** From where on the row is better erased than written: its length when nowhere. */
function erasedFrom({glyphs, pens}: CellRow, changed: readonly boolean[]): number {
  const columns = glyphs.length;
  let first = columns;
  let count = 0;
  for (let at = columns - 1; at >= 0 && glyphs[at] === BLANK && pens[at] === PLAIN_PEN; at -= 1) {
    if (!changed[at]) continue;
    first = at;
    count += 1;
  }
  return count >= LEAST_ERASED ? first : columns;
}

function textRuns(wanted: CellRow, changed: readonly boolean[], end: number, row: number): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < end; ) {
    if (!changed[at]) {
      at += 1;
      continue;
    }
    const run = runFrom(wanted, changed, at, end, row);
    runs.push(run);
    at = run.to;
  }
  return runs;
}

/** As far as one pen serves. What begins with blanks takes the pen of the first glyph, if blanks look the same in it. */
function runFrom(wanted: CellRow, changed: readonly boolean[], from: number, end: number, row: number): Run {
  let pen = wanted.pens[from] ?? PLAIN_PEN;
  let isBlank = true;
  let to = from;
  for (; to < end && changed[to]; to += 1) {
    const next = wanted.pens[to] ?? PLAIN_PEN;
    if (wanted.glyphs[to] === BLANK ? blankPen(pen) !== next : next !== pen && !(isBlank && blankPen(next) === pen))
      break;
    if (wanted.glyphs[to] === BLANK) continue;
    pen = next;
    isBlank = false;
  }
  return {row, from, to, pen, isErase: false};
}
