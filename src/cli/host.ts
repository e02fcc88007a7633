import {writeSync} from 'node:fs';
import {constants} from 'node:os';
import {sanitize} from '../terminal/text.ts';

export type EndingSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM' | 'SIGQUIT';

/** The process we are, as far as its beginning and end are concerned; a test has one of its own. */
export type Host = {
  readonly on: (event: string, listener: (...args: readonly unknown[]) => void) => void;
  readonly off: (event: string, listener: (...args: readonly unknown[]) => void) => void;
  /** Ends at once. */
  readonly exit: (code: number) => void;
  /** Ends as that signal does by default, so that whoever waits for us sees it: every listener of ours is gone. */
  readonly die: (signal: EndingSignal) => void;
  /** Sends SIGTSTP to ourselves alone, or to our whole process group. */
  readonly stop: (whom: 'self' | 'group') => void;
  /** Writes a sentence, of a line or more, to standard error, now; a lost terminal is no error. */
  readonly say: (line: string) => void;
};

/** A last resort for a signal that does not end us: nothing may be left behind. */
const DEATH_MS = 1000;

/** More than any sentence of ours. */
const MOST_CELLS_A_LINE = 4_000;

/** Whatever a sentence repeats, an argument, a file name, a server's words: a terminal gets text from us, by lines. */
const sayable = (sentence: string): string =>
  sentence
    .split('\n')
    .map((line) => sanitize(line, MOST_CELLS_A_LINE))
    .join('\n');

export const processHost: Host = {
  on: (event, listener) => void process.on(event, listener),
  off: (event, listener) => void process.off(event, listener),
  exit: (code) => process.exit(code),
  die(signal) {
    // Other packages listen too, and with a listener left the signal would not end us.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), DEATH_MS);
  },
  stop: (whom) => void process.kill(whom === 'group' ? 0 : process.pid, 'SIGTSTP'),
  say(sentence) {
    writeNow(2, `${sayable(sentence)}\n`);
  },
};

/** Attempts at a terminal that takes no more for the moment. */
const MOST_ATTEMPTS = 50;

/** Writes to a file descriptor without the event loop; gives up where nobody reads. */
export function writeNow(file: number, text: string): void {
  let rest = Buffer.from(text);
  for (let attempt = 0; rest.length > 0 && attempt < MOST_ATTEMPTS; attempt += 1) {
    try {
      rest = rest.subarray(writeSync(file, rest));
    } catch (error) {
      if (!isBusy(error)) return;
      // A moment for the reader: the shortest pause there is without an event loop.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errno' in error && error.errno === -constants.errno.EAGAIN;
