import {Console} from 'node:console';
import {Writable} from 'node:stream';
import type {Cancel} from '../clock/clock.ts';
import {systemClock, wait} from '../clock/clock.ts';
import type {State} from '../model/state.ts';
import {restoreSequence} from '../terminal/ansi.ts';
import {createScreenOutput, paintedSize, type ScreenOutput} from '../terminal/screenOutput.ts';
import {createTtyOutput, type TtyOutput} from '../terminal/ttyOutput.ts';
import {paintFirstFrame} from '../ui/firstFrame.ts';
import {regions} from '../ui/regions.ts';
import type {Theme} from '../ui/theme.ts';
import {readEarlyKeys} from './earlyKeys.ts';
import type {Endings} from './endings.ts';
import {type Host, writeNow} from './host.ts';
import {createJobControl, type HandOver, type JobControl} from './jobControl.ts';
import {watchTerminal} from './lostTerminal.ts';

/** The terminal from the moment on at which it is ours. */
export type OwnTerminal = {
  /** Undefined: Ink writes to the terminal itself. */
  readonly grid: ScreenOutput | undefined;
  readonly jobs: JobControl;
  /** From now on Ink shows the screen, reads the keys (those typed so far first) and lends the terminal. */
  readonly leaveToInk: (handOver: HandOver) => void;
};

export type TakingOptions = {
  readonly host: Host;
  readonly endings: Endings;
  readonly theme: Theme;
  /** The state that is shown until Ink shows one. */
  readonly state: State;
  /** No cells: Ink's own writer, and nothing to be seen before it is there. */
  readonly plain: boolean;
};

/** Takes the terminal and shows a first frame; a way to give it back is part of every ending from now on. */
export function takeTerminal({host, endings, theme, state, plain}: TakingOptions): OwnTerminal {
  const {stdin, stdout} = process;
  let lend: HandOver = async () => undefined;
  let isScreenTaken = !plain;
  const output = plain ? undefined : createTtyOutput(stdout);
  const jobs = createJobControl(host, systemClock, (away) =>
    lend(async () => {
      await screenGiven(output);
      await away();
    }),
  );
  endings.undoAtEnd(() => {
    jobs.release();
    if (!jobs.isAway()) giveTerminalBack(isScreenTaken);
    return [];
  });
  silenceStrayOutput();
  watchTerminal({input: stdin, output: stdout}, systemClock, {
    lost: () => endings.end({why: 'lost'}),
    failed: (error) => endings.end({why: 'failed', error}),
  });
  // Before anything is drawn: a program in the background is stopped here, and starts to draw when it is fetched.
  stdin.setRawMode(true);
  const grid = output && createGrid(output);
  const early = holdEarly({jobs, endings, show: () => grid?.showLines(firstLines(state, theme)), leave: grid?.leave});
  lend = early.lend;
  return {
    grid,
    jobs,
    leaveToInk(handOver) {
      isScreenTaken = true;
      early.end();
      lend = handOver;
    },
  };
}

const createGrid = (output: TtyOutput): ScreenOutput =>
  createScreenOutput(process.stdout, {
    output,
    clock: systemClock,
    soon: (run) => void setImmediate(run),
  });

function firstLines(state: State, theme: Theme) {
  const {columns, rows} = paintedSize(process.stdout);
  return paintFirstFrame(state, regions(columns, rows, 'list'), theme);
}

type EarlyOptions = {
  readonly jobs: JobControl;
  readonly endings: Endings;
  readonly show: () => void;
  readonly leave: (() => void) | undefined;
};

/** Screen, keys and suspension until Ink takes over. */
function holdEarly({jobs, endings, show, leave}: EarlyOptions): {readonly lend: HandOver; readonly end: Cancel} {
  const {stdin, stdout} = process;
  const orFail = (done: Promise<void>) => void done.catch((error) => endings.end({why: 'failed', error}));
  let stopKeys: Cancel = () => undefined;
  let isOver = false;
  const hold = () => {
    if (isOver) return;
    show();
    stopKeys = readEarlyKeys(stdin, {
      quit: () => endings.end({why: 'done', exit: 'ok'}),
      interrupt: () => endings.end({why: 'done', exit: 'interrupted'}),
      suspend: () => orFail(jobs.suspend()),
    });
  };
  hold();
  stdout.on('resize', show);
  return {
    async lend(away) {
      stopKeys();
      stdin.setRawMode(false);
      leave?.();
      await away();
      stdin.setRawMode(true);
      hold();
    },
    end() {
      if (isOver) return;
      isOver = true;
      stdout.off('resize', show);
      stopKeys();
    },
  };
}

/** A slow link has so long to take the last frame, and what gives the screen back behind it. */
const GIVING_MS = 2_000;
const LOOK_MS = 20;

/** Whoever gets the terminal next finds it as it was: on a slow link what gives it back may still wait behind a frame. */
async function screenGiven(output: TtyOutput | undefined): Promise<void> {
  if (!output || output.isTaken()) return;
  const deadline = systemClock.monotonic() + GIVING_MS;
  while (!output.isTaken() && systemClock.monotonic() < deadline) await wait(systemClock, LOOK_MS);
  if (!output.isTaken()) writeNow(1, restoreSequence);
}

/**
 * Cooked mode and the screen as it was, now, whatever the event loop is doing. A screen that was never taken stays as it
 * is: leaving the alternate screen would put the cursor over what the user has on it.
 */
function giveTerminalBack(isScreenTaken: boolean): void {
  if (isScreenTaken) writeNow(1, restoreSequence);
  if (process.stdin.isRaw) process.stdin.setRawMode(false);
}

/** Nothing but frames may reach the screen: not what a package logs, and no warning of Node's. */
function silenceStrayOutput(): void {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  globalThis.console = new Console(nowhere, nowhere);
  process.removeAllListeners('warning');
  process.on('warning', () => undefined);
}
