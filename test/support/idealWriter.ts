import {Buffer} from 'node:buffer';
import {motion, type Place} from './idealMotion.ts';
import {erased, forBlank, isSamePen, type Pen, PLAIN, penChange, penOf, shorter, showsOnBlank} from './idealPen.ts';
import {bestScroll, scrolled, scrollSequence} from './idealScroll.ts';
import type {Cell} from './screen.ts';
import type {WholeScreen} from './wholeScreen.ts';

/** What writers are held against. */
export type IdealWriter = {
  /** The bytes that turn the screen painted before, blank at first, into this one. */
  readonly paint: (screen: WholeScreen) => string;
};

/** What one sees of a cell; two that look alike are one object. Of a plain blank only the background counts. */
type Look = {readonly text: string; readonly width: number; readonly pen: Pen; readonly isBlank: boolean};
type Looks = readonly (readonly Look[])[];

/** Where the terminal stands: what has been written, and how the next character would be. */
type Mark = Place & {readonly pen: Pen};
type Painted = {readonly bytes: string; readonly end: Mark};

/** Scrolls of one frame: more than these never pay. */
const MOST_SCROLLS = 4;
const ERASE = '\u001b[K';

const known = new Map<string, Look>();
/** Whoever reads whole screens gives the same cells again and again. */
const looked = new WeakMap<Cell, Look>();

/**
 * A writer as good as a full-screen one without tricks can be: it compares cells, takes the shortest cursor motion,
 * rewrites a short gap instead of jumping it, changes only what differs of the pen, erases blank tails, and scrolls
 * where that is shorter. No REP, no ECH, no synchronized update. Slow: for measuring only.
 */
export function createIdealWriter(columns: number, rows: number): IdealWriter {
  const blank = lookOf(' ', 1, PLAIN);
  let shown: Looks = Array.from({length: rows}, () => Array.from({length: columns}, () => blank));
  let mark: Mark = {x: undefined, y: 0, pen: PLAIN};
  return {
    paint(screen) {
      const wanted = screen.map((row) => row.map(lookOfCell));
      const {bytes, end} = paintScrolled(shown, wanted, mark, blank);
      shown = wanted;
      mark = end;
      return bytes;
    },
  };
}

export const byteLength = (text: string): number => Buffer.byteLength(text);

function lookOfCell(cell: Cell): Look {
  const look = looked.get(cell) ?? lookOf(cell.text, cell.width, penOf(cell));
  looked.set(cell, look);
  return look;
}

/** An empty cell is a blank; the second half of a wide character, width 0, is not. */
function lookOf(text: string, width: number, pen: Pen): Look {
  const isBlank = width === 1 && (text === '' || text === ' ') && !showsOnBlank(pen);
  const shownText = text === '' && width > 0 ? ' ' : text;
  const shownPen = isBlank ? erased(pen) : pen;
  const key = `${width} ${shownPen.colour}/${shownPen.background}/${shownPen.attributes.join()} ${shownText}`;
  const look = known.get(key) ?? {text: shownText, width, pen: shownPen, isBlank};
  known.set(key, look);
  return look;
}

/** The shortest of painting at once and of scrolling once or a few times first. */
function paintScrolled(before: Looks, after: Looks, start: Mark, blank: Look): Painted {
  let best = paintDifferences(before, after, start);
  let moved = before;
  let {pen} = start;
  let scrolling = '';
  for (let count = 0; count < MOST_SCROLLS; count += 1) {
    const scroll = bestScroll(moved, after);
    if (!scroll) break;
    // Rows that come in would take the background.
    if (pen.background !== '') {
      scrolling += penChange(pen, PLAIN);
      pen = PLAIN;
    }
    scrolling += scrollSequence(scroll);
    moved = scrolled(moved, scroll, blank);
    const {bytes, end} = paintDifferences(moved, after, {x: 0, y: 0, pen});
    if (byteLength(scrolling + bytes) >= byteLength(best.bytes)) break;
    best = {bytes: scrolling + bytes, end};
  }
  return best;
}

function paintDifferences(before: Looks, after: Looks, start: Mark): Painted {
  const brush = createBrush(start);
  after.forEach((row, y) => {
    const changed = changedColumns(before[y] ?? [], row);
    if (changed.length > 0) paintRow(row, y, changed, brush);
  });
  return brush.painted();
}

/** A wide character is one thing: its halves change together. */
function changedColumns(before: readonly Look[], after: readonly Look[]): readonly number[] {
  const isChanged = (x: number) => before[x] !== after[x];
  return after.flatMap(({width}, x) => {
    const otherHalf = width === 0 ? x - 1 : width === 2 ? x + 1 : x;
    return isChanged(x) || isChanged(otherHalf) ? [x] : [];
  });
}

function paintRow(row: readonly Look[], y: number, changed: readonly number[], brush: Brush): void {
  const tail = row.findLastIndex((look) => look !== row.at(-1)) + 1;
  const inTail = changed.filter((x) => x >= tail);
  const erasesTail = row.at(-1)?.isBlank === true && inTail.length > ERASE.length;
  for (const x of erasesTail ? changed.filter((each) => each < tail) : changed) {
    const look = row[x];
    if (!look || look.width === 0) continue;
    brush.go(row, x, y);
    brush.write(look, x + look.width >= row.length);
  }
  const [first] = inTail;
  const fill = row.at(-1);
  if (!erasesTail || first === undefined || !fill) return;
  brush.go(row, first, y);
  brush.erase(fill.pen.background);
}

type Brush = ReturnType<typeof createBrush>;

function createBrush(start: Mark) {
  let bytes = '';
  let {x, y, pen} = start;

  const take = (wanted: Pen) => {
    bytes += penChange(pen, wanted);
    pen = wanted;
  };
  const fits = (look: Look) => (look.isBlank ? isReadyForBlank(pen, look.pen.background) : isSamePen(pen, look.pen));

  /** What is unchanged between here and there, if it can be written again for no more than the motion. */
  const gapTo = (row: readonly Look[], column: number, most: number): string | undefined => {
    if (x === undefined || column <= x || column - x > most) return undefined;
    const between = row.slice(x, column);
    const text = between.map((look) => look.text).join('');
    return between.every(fits) && byteLength(text) <= most ? text : undefined;
  };

  return {
    go(row: readonly Look[], column: number, line: number) {
      if (x === column && y === line) return;
      const jump = motion({x, y}, {x: column, y: line});
      bytes += (line === y ? gapTo(row, column, jump.length) : undefined) ?? jump;
      x = column;
      y = line;
    },
    write(look: Look, isLast: boolean) {
      if (!fits(look)) take(look.isBlank ? penForBlank(pen, look.pen) : look.pen);
      bytes += look.text;
      x = isLast || x === undefined ? undefined : x + look.width;
    },
    erase(background: string) {
      if (pen.background !== background) take(erased({...PLAIN, background}));
      bytes += ERASE;
    },
    painted: (): Painted => ({bytes, end: {x, y, pen}}),
  };
}

const isReadyForBlank = (pen: Pen, background: string): boolean => pen.background === background && !showsOnBlank(pen);

/** Whichever is reached sooner: the plain pen, or this one without what would show. */
function penForBlank(pen: Pen, plain: Pen): Pen {
  const bare = forBlank(pen, plain.background);
  const change = penChange(pen, plain);
  return shorter(change, penChange(pen, bare)) === change ? plain : bare;
}
