import {blankRow, type CellRow} from './cellRow.ts';
import {changedRuns, type Run} from './changedRuns.ts';
import {PLAIN_PEN, penChange} from './pens.ts';
import {type Head, type Written, writeRuns} from './runWriter.ts';
import {bestScroll, scrolledRows, writeScroll} from './scrolling.ts';

export type Size = {readonly columns: number; readonly rows: number};

export type FrameWriter = {
  /**
   * The bytes after which a terminal shows these rows; empty when it shows them already. The rows are kept, and must
   * not be changed afterwards; one that is the same object as before is not looked at.
   */
  readonly write: (wanted: readonly CellRow[]) => string;
  /** What the terminal shows is not known any more: the next frame is written whole. */
  readonly forget: () => void;
};

const ESC = '\u001b';

/** Between these a terminal that knows DEC private mode 2026 shows nothing of a frame; others ignore them. */
const [FRAME_BEGINS, FRAME_ENDS] = [`${ESC}[?2026h`, `${ESC}[?2026l`];

/** A frame of fewer bytes is a few cells in one packet: it cannot be seen half done, and the marks would be a part of it. */
const LEAST_MARKED_BYTES = 128;

/**
 * No scroll region, rows counted from the top of the screen, no insert mode, a line feed that keeps its column, ASCII:
 * what a program that ended badly, or a binary file, may have left behind.
 */
const RESET = `${ESC}[r${ESC}[?6l${ESC}[4l${ESC}[20l${ESC}(B\u000f`;

/** Cursor hidden, plain pen, everything erased. */
const CLEARED = `${RESET}${ESC}[?25l${ESC}[m${ESC}[H${ESC}[J`;

const AT_HOME: Head = {cursor: {row: 0, column: 0}, pen: PLAIN_PEN};

/** A screen that becomes another is scrolled a few times: rows that come in are blank. More than these never pay. */
const MOST_SCROLLS = 4;

/** With less than this left to write after a scroll, as after a list has moved, it is not worth looking for another. */
const LEAST_LEFT_BYTES = 512;

/** Keeps what one terminal of this size shows and writes the difference. */
export function createFrameWriter({columns, rows}: Size): FrameWriter {
  const blank: readonly CellRow[] = Array.from({length: rows}, () => blankRow(columns));
  let shown = blank;
  let head: Head = AT_HOME;
  let isKnown = false;

  const difference = (wanted: readonly CellRow[]): string => {
    const runs = runsOf(shown, wanted);
    const plain = writeRuns(runs, wanted, head);
    const best = plain.text === '' ? plain : scrolledFirst(shown, wanted, head, plain);
    head = best.head;
    return best.text;
  };

  return {
    write(wanted) {
      const cleared = isKnown ? '' : CLEARED;
      if (!isKnown) {
        shown = blank;
        head = AT_HOME;
        isKnown = true;
      }
      const text = cleared + difference(wanted);
      shown = wanted;
      return marked(text);
    },
    forget() {
      isKnown = false;
    },
  };
}

const runsOf = (shown: readonly CellRow[], wanted: readonly CellRow[]): readonly Run[] =>
  wanted.flatMap((row, at) => (shown[at] ? changedRuns(shown[at], row, at) : []));

/** The shortest of writing at once and of scrolling once or a few times first. */
function scrolledFirst(shown: readonly CellRow[], wanted: readonly CellRow[], head: Head, plain: Written): Written {
  let best = plain;
  let moved = shown;
  let scrolls = penChange(head.pen, PLAIN_PEN);
  for (let count = 0; count < MOST_SCROLLS; count += 1) {
    const scroll = bestScroll(moved, wanted);
    if (!scroll) break;
    scrolls += writeScroll(scroll);
    moved = scrolledRows(moved, scroll);
    const rest = writeRuns(runsOf(moved, wanted), wanted, AT_HOME);
    const text = scrolls + rest.text;
    if (Buffer.byteLength(text) >= Buffer.byteLength(best.text)) break;
    best = {text, head: rest.head};
    if (Buffer.byteLength(rest.text) < LEAST_LEFT_BYTES) break;
  }
  return best;
}

const marked = (text: string): string =>
  Buffer.byteLength(text) < LEAST_MARKED_BYTES ? text : FRAME_BEGINS + text + FRAME_ENDS;
