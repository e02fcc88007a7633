import {readAnsiRow} from './ansiRow.ts';
import {blankRow, type CellRow, clearRow, copyCells, fillBlanks, putLine} from './cellRow.ts';
import type {Line} from './cells.ts';
import type {Size} from './frameWriter.ts';

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
  /** The screen as it should be now; good until the next call. */
  readonly compose: () => readonly CellRow[];
};

/**
 * Marks are the private-use characters of the basic plane: no text can hold one, since `sanitize` spells them out. There
 * are 6,400, far more than a screen has canvases, so they may come round again.
 */
const [FIRST_MARK, LAST_MARK] = [0xe000, 0xf8ff];

const isMark = (glyph: string): boolean => glyph >= '\ue000' && glyph <= '\uf8ff';

/** Cells of one row that show one canvas. */
type Window = {readonly mark: Mark; readonly start: number; readonly end: number};

/** `text` is what it was read from; undefined: not from a frame. */
type BaseRow = {readonly text: string | undefined; readonly cells: CellRow; readonly windows: readonly Window[]};

export function createComposition(size: Size): Composition {
  const canvases = new Map<Mark, Canvas>();
  let {columns, rows} = size;
  let screen = blankScreen(size);
  let scratch = blankRow(columns);
  let base: readonly BaseRow[] = [];
  let nextMark = FIRST_MARK;

  const paintRow = (row: CellRow, at: number, painted: ReadonlyMap<Mark, Painted>) => {
    const {cells, windows} = base[at] ?? NOTHING;
    if (cells) copyCells(cells, row, 0, columns);
    else clearRow(row);
    for (const {mark, start, end} of windows) {
      const canvas = painted.get(mark);
      const line = canvas?.lines[at - canvas.y];
      if (!canvas || !line) {
        fillBlanks(row, start, end);
        continue;
      }
      putLine(scratch, canvas.x, Math.min(columns, canvas.x + canvas.columns), line);
      copyCells(scratch, row, start, end);
    }
  };

  return {
    newMark() {
      const mark = String.fromCharCode(nextMark);
      nextMark = nextMark === LAST_MARK ? FIRST_MARK : nextMark + 1;
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
      screen = blankScreen(next);
      scratch = blankRow(columns);
      base = [];
    },
    compose() {
      const painted = new Map([...canvases].map(([mark, canvas]) => [mark, paintCanvas(canvas)]));
      for (const [at, row] of screen.entries()) paintRow(row, at, painted);
      return screen;
    },
  };
}

const blankScreen = ({columns, rows}: Size): readonly CellRow[] => Array.from({length: rows}, () => blankRow(columns));

const NOTHING = {cells: undefined, windows: []};

type Painted = {readonly x: number; readonly y: number; readonly columns: number; readonly lines: readonly Line[]};

const paintCanvas = ({place, columns, paint}: Canvas): Painted => ({...place(), columns, lines: paint()});

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
