import {setImmediate} from 'node:timers/promises';
import {createOutput} from '../../bench/output.ts';
import {createStage, type Stage} from '../../bench/stage.ts';
import {type WriterName, writers} from '../../bench/writers.tsx';
import {manualClock} from '../../src/clock/manualClock.ts';
import type {State} from '../../src/model/state.ts';
import {createScreen, rowText, write} from './screen.ts';
import {readScreen, seenOf, type WholeScreen} from './wholeScreen.ts';

type Size = {readonly columns: number; readonly rows: number};

/** The App on its store, at the time of its state by a manual clock, with a terminal behind it that takes all that is written. */
export type AppScreen = Stage & {
  /** Writes to the terminal's input, one packet each, as from different moments; 100 ms pass, so that each is a frame. */
  readonly type: (...packets: readonly string[]) => Promise<void>;
  readonly advance: (ms: number) => Promise<void>;
  readonly resize: (size: Size) => Promise<void>;
  /** The bytes written since the last call. */
  readonly take: () => string;
  readonly whole: () => WholeScreen;
  /** What is seen, cell by cell, to be compared. */
  readonly seen: () => ReturnType<typeof seenOf>;
  readonly lines: () => readonly string[];
  readonly [Symbol.dispose]: () => void;
};

/** As long as the program makes one key wait for the frame of the last. */
const KEY_MS = 100;

/** Of an escape that comes alone Ink waits a moment, by no clock of ours, whether a sequence follows. */
const ESCAPE = '\u001b';
const ESCAPE_MS = 100;

export async function startAppScreen(state: State, size: Size, writer: WriterName = 'grid'): Promise<AppScreen> {
  const clock = manualClock(state.wall - state.now);
  clock.advance(state.now);
  const stage = createStage(state, clock);
  const output = createOutput(size);
  const running = writers[writer](stage, output);
  const screen = createScreen(size.columns, size.rows);
  let taken = '';
  const settle = async () => {
    await setImmediate();
    await running.flush();
    const text = output.take();
    taken += text;
    // A terminal's driver sends a line feed as carriage return and line feed, in raw mode too.
    await write(screen, text.replaceAll('\n', '\r\n'));
  };
  const advance = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  // Without a size change of its own the store learns of the terminal's in a second frame.
  await settle();
  await advance(KEY_MS);
  return {
    ...stage,
    advance,
    async type(...packets) {
      for (const packet of packets) {
        const before = stage.store.getState();
        output.stdin.push(packet);
        const until = performance.now() + (packet === ESCAPE ? ESCAPE_MS : 0);
        while (stage.store.getState() === before && performance.now() < until) await setImmediate();
        await settle();
        await advance(KEY_MS);
      }
    },
    async resize(next) {
      Object.assign(output.stdout, next);
      screen.resize(next.columns, next.rows);
      output.stdout.emit('resize');
      await settle();
      await advance(KEY_MS);
    },
    take() {
      const text = taken;
      taken = '';
      return text;
    },
    whole: () => readScreen(screen),
    seen: () => seenOf(readScreen(screen)),
    lines: () => Array.from({length: screen.rows}, (_, row) => rowText(screen, row).trimEnd()),
    [Symbol.dispose]: running.stop,
  };
}
