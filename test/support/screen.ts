import unicode11 from '@xterm/addon-unicode11';
import xterm, {type IBufferCell, type Terminal} from '@xterm/headless';

const LONGEST_SCROLLBACK = 0;

/** An emulated terminal that counts cells as terminals in use do (Unicode 11). */
export function createScreen(columns: number, rows: number): Terminal {
  const screen = new xterm.Terminal({
    allowProposedApi: true,
    cols: columns,
    rows,
    scrollback: LONGEST_SCROLLBACK,
    logLevel: 'off',
  });
  screen.loadAddon(new unicode11.Unicode11Addon());
  screen.unicode.activeVersion = '11';
  watchCursor(screen);
  return screen;
}

/** Writes and waits until the emulator has read all of it. */
export const write = (screen: Terminal, text: string): Promise<void> =>
  new Promise((resolve) => screen.write(text, resolve));

export const rowText = (screen: Terminal, row: number): string =>
  screen.buffer.active.getLine(screen.buffer.active.viewportY + row)?.translateToString(true, 0, screen.cols) ?? '';

export const screenLines = (screen: Terminal): readonly string[] =>
  Array.from({length: screen.rows}, (_, row) => rowText(screen, row));

/** Everything a terminal can be made to do besides showing text; counted from now on. */
export type Effects = {
  bells: number;
  titles: string[];
  /** Answers the terminal typed into the program's input. */
  answers: string[];
  sequences: string[];
};

export function watchEffects(screen: Terminal): Effects {
  const effects: Effects = {bells: 0, titles: [], answers: [], sequences: []};
  screen.onBell(() => {
    effects.bells += 1;
  });
  screen.onTitleChange((title) => effects.titles.push(title));
  screen.onData((text) => effects.answers.push(text));
  const seen = (name: string) => () => {
    effects.sequences.push(name);
    return false;
  };
  for (const final of ESC_AND_CSI_FINALS) {
    screen.parser.registerCsiHandler({final}, seen(`CSI ${final}`));
    screen.parser.registerCsiHandler({prefix: '?', final}, seen(`CSI ? ${final}`));
  }
  for (const identifier of [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 52, 104, 777, 1337]) {
    screen.parser.registerOscHandler(identifier, () => seen(`OSC ${identifier}`)());
  }
  return effects;
}

export function forgetEffects(effects: Effects): void {
  Object.assign(effects, {bells: 0, titles: [], answers: [], sequences: []});
}

const ESC_AND_CSI_FINALS: readonly string[] = Array.from({length: 0x7f - 0x40}, (_, index) =>
  String.fromCharCode(0x40 + index),
);

/** Whether the cursor is visible: what the last DECTCEM said, as the emulator has it nowhere in public. */
function cursorIsShown(screen: Terminal): boolean {
  return !hiddenCursors.has(screen);
}

/** Whether a frame is only half there: of a synchronized update a terminal shows nothing until its end. */
export const isMidFrame = (screen: Terminal): boolean => screen.modes.synchronizedOutputMode;

const hiddenCursors = new WeakSet<Terminal>();

function watchCursor(screen: Terminal): void {
  const notes = (isHidden: boolean) => (parameters: (number | number[])[]) => {
    if (parameters.includes(25)) hiddenCursors[isHidden ? 'add' : 'delete'](screen);
    return false;
  };
  screen.parser.registerCsiHandler({prefix: '?', final: 'l'}, notes(true));
  screen.parser.registerCsiHandler({prefix: '?', final: 'h'}, notes(false));
}

/** One cell as it is seen: colours by number in the terminal's own palette, undefined for its own default. */
export type Cell = {
  readonly text: string;
  /** 2 for the first half of a wide character, 0 for its second. */
  readonly width: number;
  readonly colour: number | undefined;
  readonly background: number | undefined;
  /** A colour of the program's own, outside the sixteen. */
  readonly isForeign: boolean;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
  readonly underline: boolean;
};

/** True when every mode a program can switch on is off and the cursor is shown. */
export function isClean(screen: Terminal): boolean {
  const {mouseTrackingMode, sendFocusMode, bracketedPasteMode, applicationCursorKeysMode, originMode} = screen.modes;
  const modesAreOff = mouseTrackingMode === 'none' && !sendFocusMode && !bracketedPasteMode;
  return (
    modesAreOff &&
    !applicationCursorKeysMode &&
    !originMode &&
    screen.buffer.active.type === 'normal' &&
    cursorIsShown(screen)
  );
}

export function readCell(screen: Terminal, x: number, y: number): Cell {
  const {active} = screen.buffer;
  const cell = active.getLine(active.viewportY + y)?.getCell(x);
  if (!cell) throw new Error(`no cell ${x},${y} in ${screen.cols}x${screen.rows}: ${rowText(screen, y)}`);
  return cellOf(cell);
}

export function cellOf(cell: IBufferCell): Cell {
  const isOwn = (isDefault: boolean, isPalette: boolean, colour: number) => isDefault || (isPalette && colour < 16);
  return {
    text: cell.getChars(),
    width: cell.getWidth(),
    colour: cell.isFgDefault() ? undefined : cell.getFgColor(),
    background: cell.isBgDefault() ? undefined : cell.getBgColor(),
    isForeign:
      !isOwn(cell.isFgDefault(), cell.isFgPalette(), cell.getFgColor()) ||
      !isOwn(cell.isBgDefault(), cell.isBgPalette(), cell.getBgColor()),
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    inverse: cell.isInverse() !== 0,
    underline: cell.isUnderline() !== 0,
  };
}
