import {Writable} from 'node:stream';
import type {Line} from './cells.ts';
import type {Canvases} from './composition.ts';
import type {Size} from './frameWriter.ts';
import {
  createScreenPainter,
  ENTER_SCREEN,
  LEAVE_SCREEN,
  type PainterPorts,
  type ScreenPainter,
} from './screenPainter.ts';

/** The terminal as far as its size is concerned: `process.stdout`. */
export type SizedTerminal = {
  readonly columns: number;
  readonly rows: number;
  readonly on: (event: 'resize', listener: () => void) => unknown;
  readonly off: (event: 'resize', listener: () => void) => unknown;
};

/** The alternate screen of a terminal, painted cell by cell. */
export type ScreenOutput = {
  /**
   * For Ink's `render({stdout, debug: true})`: in debug mode Ink writes each frame whole and by itself, without a
   * sequence that erases the one before, and at once.
   */
  readonly stdout: Writable;
  readonly canvases: Canvases;
  /** What canvases show has changed: they are painted soon; when the terminal lags, once it has caught up. */
  readonly requestPaint: () => void;
  /** Takes the alternate screen, if it is not ours yet, and shows these lines until Ink has a frame. */
  readonly showLines: (lines: readonly Line[]) => void;
  /** Writes a sequence that shows nothing, between two frames. */
  readonly control: (sequence: string) => void;
  /** Gives the alternate screen back. */
  readonly leave: () => void;
  /** No frame ever again. */
  readonly close: () => void;
};

/** A window may claim to be 65,535 cells wide and high: Ink's frame of it would take gigabytes. */
const MOST: Size = {columns: 1000, rows: 500};
/** A serial console, or `ssh -tt` from no terminal, says 0x0: it does not know. */
const USUAL: Size = {columns: 80, rows: 24};

/** The part of a terminal that is painted. */
export const paintedSize = ({columns, rows}: Size): Size => ({
  columns: Math.min(columns || USUAL.columns, MOST.columns),
  rows: Math.min(rows || USUAL.rows, MOST.rows),
});

/** What Ink writes to learn when all before it is out. */
const BARRIER = '';

const ESC = '\u001b';

/** What Ink writes besides frames: private modes and the keyboard protocol. No frame begins with one. */
const isControl = (chunk: string): boolean =>
  chunk.startsWith(ESC) &&
  chunk
    .slice(1)
    .split(ESC)
    .every((sequence) => /^\[[?<>=][\d;]*[a-zA-Z]$/.test(sequence));

export function createScreenOutput(terminal: SizedTerminal, ports: PainterPorts): ScreenOutput {
  const painter = createScreenPainter(ports, paintedSize(terminal));
  const stdout = createInkStdout(terminal, painter);
  const onResize = () => {
    painter.resize(paintedSize(terminal));
    stdout.emit('resize');
  };
  terminal.on('resize', onResize);
  return {
    stdout,
    canvases: painter.canvases,
    requestPaint: painter.paintSoon,
    showLines(lines) {
      painter.enter();
      painter.showLines(lines);
    },
    control: painter.control,
    leave: painter.leave,
    close() {
      terminal.off('resize', onResize);
      painter.close();
    },
  };
}

/** A stream that Ink takes for the terminal. */
function createInkStdout(terminal: SizedTerminal, painter: ScreenPainter): Writable {
  const meanings: ReadonlyMap<string, () => void> = new Map([
    [BARRIER, painter.paint],
    [ENTER_SCREEN, painter.enter],
    [LEAVE_SCREEN, painter.leave],
  ]);
  const take = (chunk: string) => {
    const meaning = meanings.get(chunk);
    if (meaning) meaning();
    else if (isControl(chunk)) painter.control(chunk);
    else painter.takeFrame(chunk);
  };
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      take(String(chunk));
      done();
    },
  });
  return Object.defineProperties(stdout, {
    isTTY: {value: true},
    columns: {get: () => paintedSize(terminal).columns},
    rows: {get: () => paintedSize(terminal).rows},
  });
}
