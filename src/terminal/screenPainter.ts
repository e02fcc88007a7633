import type {Clock} from '../clock/clock.ts';
import type {Line} from './cells.ts';
import {type Canvases, createComposition} from './composition.ts';
import {createFrameWriter, type Size} from './frameWriter.ts';
import type {TtyOutput} from './ttyOutput.ts';

export const ENTER_SCREEN = '\u001b[?1049h';
export const LEAVE_SCREEN = '\u001b[?1049l';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
/** A program that ended badly may have left it on: its reports would be read as keys. */
const MOUSE_OFF = '\u001b[?1000;1002;1003;1006l';

/** Nothing that somebody else writes may look like us: where 1049 is not known (the Linux console) no pen is put back. */
const PUT_DOWN_PEN = '\u001b[m';

/** A terminal that takes nothing for so long has a story of its own (a link that hung, a detached window). */
const STALLED_MS = 5000;

/** Paints the alternate screen: at most one frame is on its way, and it is the newest that a slow terminal gets next. */
export type ScreenPainter = {
  readonly canvases: Canvases;
  /** Takes the alternate screen; nothing is painted before. */
  readonly enter: () => void;
  /** Gives it back; nothing is painted after. */
  readonly leave: () => void;
  /** Writes what is no frame. */
  readonly control: (sequence: string) => void;
  /** Ink's frame; it is painted soon. */
  readonly takeFrame: (text: string) => void;
  /** Lines in place of a frame; they are painted now. */
  readonly showLines: (lines: readonly Line[]) => void;
  readonly paint: () => void;
  /** Paints once what is happening now has happened, so that all it changes is one frame. */
  readonly paintSoon: () => void;
  /** The terminal has another size: nothing is painted until there is a frame of that size. */
  readonly resize: (size: Size) => void;
  /** Lets go of the output. */
  readonly close: () => void;
};

export type PainterPorts = {
  readonly output: TtyOutput;
  readonly clock: Clock;
  /** Calls back after what is happening now. */
  readonly soon: (run: () => void) => void;
};

export function createScreenPainter({output, clock, soon}: PainterPorts, size: Size): ScreenPainter {
  const composition = createComposition(size);
  let writer = createFrameWriter(size);
  let isOurs = false;
  let hasFrame = false;
  let isPlanned = false;
  let isHeld = false;
  let writtenAt = clock.monotonic();

  const write = (text: string) => {
    output.write(text);
    writtenAt = clock.monotonic();
  };
  const paint = () => {
    isPlanned = false;
    if (!isOurs || !hasFrame) return;
    isHeld = !output.isTaken();
    if (!isHeld) write(writer.write(composition.compose()));
  };
  const paintSoon = () => {
    if (isPlanned) return;
    isPlanned = true;
    soon(paint);
  };
  const close = output.onTaken(() => {
    const isStalled = clock.monotonic() - writtenAt > STALLED_MS;
    if (isStalled) writer.forget();
    if (isStalled || isHeld) paintSoon();
  });

  return {
    canvases: composition,
    enter() {
      // Entered twice, a terminal would forget where on the main screen it came from.
      if (!isOurs) write(ENTER_SCREEN + MOUSE_OFF + HIDE_CURSOR);
      isOurs = true;
    },
    leave() {
      // Left twice, it would put the cursor back over what was written meanwhile.
      if (!isOurs) return;
      write(PUT_DOWN_PEN + LEAVE_SCREEN + SHOW_CURSOR);
      writer.forget();
      isOurs = false;
    },
    control: write,
    takeFrame(text) {
      composition.setFrame(text);
      hasFrame = true;
      paintSoon();
    },
    showLines(lines) {
      composition.setLines(lines);
      hasFrame = true;
      paint();
    },
    paint,
    paintSoon,
    resize(next) {
      composition.resize(next);
      writer = createFrameWriter(next);
      hasFrame = false;
    },
    close,
  };
}
