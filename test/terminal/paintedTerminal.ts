import {manualClock} from '../../src/clock/manualClock.ts';
import type {Size} from '../../src/terminal/frameWriter.ts';
import type {TtyOutput} from '../../src/terminal/ttyOutput.ts';
import {createScreen, screenLines, write} from '../support/screen.ts';
import {readable} from './rows.ts';

/** A terminal that takes what is written to it, or holds it until it is read again; and everything a painter needs. */
export function paintedTerminal(size: Size) {
  const screen = createScreen(size.columns, size.rows);
  const clock = manualClock();
  const listeners = new Set<() => void>();
  const planned: (() => void)[] = [];
  let isTaken = true;
  let isRead = true;
  let written: string[] = [];
  const output: TtyOutput = {
    write(text) {
      if (text === '') return;
      written.push(text);
      isTaken = isRead;
    },
    isTaken: () => isTaken,
    onTaken(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    screen,
    clock,
    ports: {output, clock, soon: (run: () => void) => void planned.push(run)},
    /** What is happening now has happened. */
    turn() {
      for (const run of planned.splice(0)) run();
    },
    /** How many calls wait for the end of what is happening now. */
    waiting: () => planned.length,
    stopReading() {
      isRead = false;
    },
    readAgain() {
      isRead = true;
      isTaken = true;
      for (const listener of listeners) listener();
    },
    listeners: () => listeners.size,
    /** The writes since the last call, as they can be read. */
    take() {
      const taken = written.map(readable);
      written = [];
      return taken;
    },
    /** What the terminal shows after the writes since the last call. */
    async show() {
      await write(screen, written.join(''));
      written = [];
      return screenLines(screen);
    },
  };
}
