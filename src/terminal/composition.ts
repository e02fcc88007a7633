import {readAnsiRow} from './ansiRow.ts';
import {blankRow, type CellRow, copyCells, copyRow, fillBlanks, putLine} from './cellRow.ts';
import type {Line, Span} from './cells.ts';
import type {Size} from './frameWriter.ts';
import {penOf} from './pens.ts';

/** Fills the cells of one canvas in Ink's frame, so that whatever Ink draws over the canvas is seen to be over it. */
type Mark = string;

type Canvas = {
  /** Where Ink has laid it out, in cells from the top left. */
  readonly place: () => {readonly x: number; readonly y: number};
  readonly columns: number;
  /** Its lines now, from the top. */
  readonly paint: () => readonly Line[];
};

/** Where canvases are put on the screen. */
export type Canvases = {
  /** A mark that no other canvas has. */
  readonly newMark: () => Mark;
  /** Shows the canvas wherever its mark stands; gives back how to take it away. */
  readonly put: (mark: Mark, canvas: Canvas) => () => void;
};

/** Ink's frame with the canvases painted into it. */
export type Composition = Canvases & {
  /** Takes a frame of Ink's: lines of text with SGR codes. */
  readonly setFrame: (text: string) => void;
  /** Takes painted lines in place of a frame. */
  readonly setLines: (lines: readonly Line[]) => void;
  /** Another size: what was there is gone, the canvases stay. */
  readonly resize: (size: Size) => void;
  /** The screen as it should be now. A row that is the same object as in the screen before shows the same. */
  readonly compose: () => readonly CellRow[];
};

/**
 * Marks are the private-use characters of the basic plane: no text can hold one, since `sanitize` spells them out. There
 * are 6,400, far more than a screen has canvases at a time: those that are not in use come round again.
 */
const [FIRST_MARK, LAST_MARK] = [0xe000, 0xf8ff];

const isMark = (glyph: string): boolean => glyph >= '\ue000' && glyph <= '\uf8ff';

/** Cells of one row that show one canvas. */
type Window = {readonly mark: Mark; readonly start: number; readonly end: number};

/** `text` is what it was read from; undefined: not from a frame. */
type BaseRow = {
  readonly text: string | undefined;
  readonly cells: CellRow | undefined;
  readonly windows: readonly Window[];
};

/** What a window shows: a line that begins at `left` and may reach up to `right`, both outside of the window or at its edges. */
type Piece = {
  readonly start: number;
  readonly end: number;
  readonly left: number;
  readonly right: number;
  readonly line: Line | undefined;
};

/** A row of the screen, and all that it was made of: of the same a row is not made twice. */
type ComposedRow = {readonly base: BaseRow; readonly pieces: readonly Piece[]; readonly cells: CellRow};

export function createComposition(size: Size): Composition {
  const canvases = new Map<Mark, Canvas>();
  let {columns, rows} = size;
  let screen: readonly ComposedRow[] = [];
  let scratch = blankRow(columns);
  let base: readonly BaseRow[] = [];
  let nextMark = FIRST_MARK;

  const composeRow = (at: number, painted: ReadonlyMap<Mark, Painted>): ComposedRow => {
    const before = screen[at];
    const row = base[at] ?? NOTHING;
    const pieces = row.windows.map(({mark, start, end}) => pieceOf(painted.get(mark), at, start, end));
    if (before?.base === row && pieces.every((piece, index) => isSamePiece(piece, before.pieces[index]))) return before;
    const cells = row.cells ? copyRow(row.cells) : blankRow(columns);
    for (const piece of pieces) putPiece(piece, cells, scratch);
    return {base: row, pieces, cells};
  };

  return {
    newMark() {
      let mark: Mark;
      do {
        mark = String.fromCharCode(nextMark);
        nextMark = nextMark === LAST_MARK ? FIRST_MARK : nextMark + 1;
      } while (canvases.has(mark));
      return mark;
    },
    put(mark, canvas) {
      canvases.set(mark, canvas);
      return () => void canvases.delete(mark);
    },
    setFrame(text) {
      const before = base;
      base = text
        .split('\n')
        .slice(0, rows)
        .map((line, at) => (before[at]?.text === line ? before[at] : baseRow(line, readAnsiRow(line, columns))));
    },
    setLines(lines) {
      base = lines.slice(0, rows).map((line) => {
        const cells = blankRow(columns);
        putLine(cells, 0, columns, line);
        return {text: undefined, cells, windows: []};
      });
    },
    resize(next) {
      ({columns, rows} = next);
      screen = [];
      scratch = blankRow(columns);
      base = [];
    },
    compose() {
      const painted = new Map([...canvases].map(([mark, canvas]) => [mark, paintCanvas(canvas)]));
      screen = Array.from({length: rows}, (_, at) => composeRow(at, painted));
      return screen.map(({cells}) => cells);
    },
  };
}

/** Where Ink has drawn nothing. */
const NOTHING: BaseRow = {text: undefined, cells: undefined, windows: []};

type Painted = {readonly x: number; readonly y: number; readonly columns: number; readonly lines: readonly Line[]};

const paintCanvas = ({place, columns, paint}: Canvas): Painted => ({...place(), columns, lines: paint()});

function pieceOf(painted: Painted | undefined, at: number, start: number, end: number): Piece {
  if (!painted) return {start, end, left: start, right: end, line: undefined};
  const {x, y, columns, lines} = painted;
  return {start, end, left: x, right: x + columns, line: lines[at - y]};
}

function putPiece({start, end, left, right, line}: Piece, row: CellRow, scratch: CellRow): void {
  if (!line) {
    fillBlanks(row, start, end);
    return;
  }
  putLine(scratch, left, Math.min(scratch.glyphs.length, right), line);
  copyCells(scratch, row, start, end);
}

const isSamePiece = (a: Piece, b: Piece | undefined): boolean =>
  b !== undefined && a.left === b.left && a.right === b.right && isSameLine(a.line, b.line);

/** Painters make their lines anew each time: it is what they say that counts. */
function isSameLine(a: Line | undefined, b: Line | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((span, index) => isSameSpan(span, b[index]));
}

const isSameSpan = ({text, style}: Span, other: Span | undefined): boolean =>
  other !== undefined && text === other.text && (style === other.style || penOf(style) === penOf(other.style));

/** Neighbouring marks of one kind are one window. */
function baseRow(text: string, cells: CellRow): BaseRow {
  const windows: Window[] = [];
  for (const [at, glyph] of cells.glyphs.entries()) {
    const last = windows.at(-1);
    if (last?.mark === glyph && last.end === at) windows[windows.length - 1] = {...last, end: at + 1};
    else if (isMark(glyph)) windows.push({mark: glyph, start: at, end: at + 1});
  }
  return {text, cells, windows};
}
