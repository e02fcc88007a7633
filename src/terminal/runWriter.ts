import {BLANK, type CellRow} from './cellRow.ts';
import type {Run} from './changedRuns.ts';
import {type Cursor, cursorMove} from './cursorMove.ts';
import {blankPen, type Pen, PLAIN_PEN, penChange} from './pens.ts';

/** What the terminal would write next: where, and how it would look. */
export type Head = {readonly cursor: Cursor; readonly pen: Pen};

/** Bytes, and how they leave the terminal. */
export type Written = {readonly text: string; readonly head: Head};

const ERASE_TO_END = '\u001b[K';

/** No move costs more than this: a longer gap is never written over. */
const MOST_BRIDGED = 8;

type Order = (a: Run, b: Run) => number;

const byPlace: Order = (a, b) => a.row - b.row || a.from - b.from;

/** Orders worth trying: as one reads; a pen at a time; a pen and a column at a time, as the columns of a table change. */
const orders: readonly ((pen: Pen) => Order)[] = [
  () => byPlace,
  (pen) => (a, b) => penRank(a, pen) - penRank(b, pen) || byPlace(a, b),
  (pen) => (a, b) => penRank(a, pen) - penRank(b, pen) || a.from - b.from || a.row - b.row,
];

/** What needs no change of pen comes first. */
const penRank = (run: Run, pen: Pen): number => (run.pen === pen ? -1 : run.pen);

/** Writes the runs in whichever order takes the fewest bytes. `rows` are the rows as they shall be. */
export function writeRuns(runs: readonly Run[], rows: readonly CellRow[], head: Head): Written {
  let best: Written | undefined;
  for (const order of orders) {
    const written = writeInOrder(runs.toSorted(order(head.pen)), rows, head);
    if (!best || byteLength(written.text) < byteLength(best.text)) best = written;
    if (runs.length < 2) break;
  }
  return best ?? {text: '', head};
}

const byteLength = (text: string): number => Buffer.byteLength(text);

function writeInOrder(runs: readonly Run[], rows: readonly CellRow[], start: Head): Written {
  let {cursor, pen} = start;
  let text = '';
  for (const run of runs) {
    const row = rows[run.row];
    if (!row) continue;
    text += reach(row, run, cursor, pen);
    pen = penFor(run, pen);
    if (!run.isErase) text += row.glyphs.slice(run.from, run.to).join('');
    const end = run.isErase ? run.from : run.to;
    cursor = {row: run.row, column: end < row.glyphs.length ? end : undefined};
    if (run.isErase) text += ERASE_TO_END;
  }
  return {text, head: {cursor, pen}};
}

/** An erase needs only a pen that leaves no trace on blanks, and a run of blanks too. */
const penFor = (run: Run, pen: Pen): Pen => (run.isErase && blankPen(pen) === PLAIN_PEN ? pen : run.pen);

/** Goes to where the run begins and takes its pen; a short gap is written over where that is cheaper than to move. */
function reach(row: CellRow, run: Run, cursor: Cursor, pen: Pen): string {
  const wanted = penFor(run, pen);
  const change = penChange(pen, wanted);
  const move = cursorMove(cursor, run.row, run.from);
  const {column} = cursor;
  if (cursor.row !== run.row || column === undefined || column >= run.from) return move + change;
  if (run.from - column > MOST_BRIDGED) return move + change;
  const [before, after] = [bridge(row, column, run.from, pen), bridge(row, column, run.from, wanted)];
  if (before !== undefined && byteLength(before) <= byteLength(move)) return before + change;
  return after !== undefined && byteLength(after) <= byteLength(move) ? change + after : move + change;
}

/** The glyphs that stand in a gap; undefined when one of them would look different in this pen. */
function bridge({glyphs, pens}: CellRow, from: number, to: number, pen: Pen): string | undefined {
  for (let at = from; at < to; at += 1) {
    const fits = glyphs[at] === BLANK ? blankPen(pen) === pens[at] : pen === pens[at];
    if (!fits) return undefined;
  }
  return glyphs.slice(from, to).join('');
}
