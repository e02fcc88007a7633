import {closeSync, constants as files, openSync, writeSync} from 'node:fs';
import {constants} from 'node:os';
import {Writable} from 'node:stream';
import {isatty} from 'node:tty';
import {systemClock} from '../clock/clock.ts';
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
  /** Asks the terminal for its size anew: that it has changed is told to the foreground group only. */
  readonly askSize: () => void;
  /** Writes a sentence, of a line or more, to standard error, now; a lost terminal, or one nobody reads, is no error. */
  readonly say: (line: string) => void;
};

const {O_WRONLY, O_NONBLOCK, O_NOCTTY} = files;

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
  exit(code) {
    silenceStreams();
    process.exit(code);
  },
  die(signal) {
    // Other packages listen too, and with a listener left the signal would not end us.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), DEATH_MS);
  },
  stop: (whom) => void process.kill(whom === 'group' ? 0 : process.pid, 'SIGTSTP'),
  // What Node does when the signal comes, without its coming later than the next frame.
  askSize: () => void process.emit('SIGWINCH', 'SIGWINCH'),
  say(sentence) {
    writeNow(2, `${sayable(sentence)}\n`);
  },
};

/**
 * Packages write on the way out as well (restore-cursor, of Ink's, to standard error): on a terminal that is not read
 * such a write lasts for ever, and in a log it is litter.
 */
function silenceStreams(): void {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  for (const name of ['stdout', 'stderr']) Object.defineProperty(process, name, {value: nowhere});
}

/**
 * How long a terminal that takes no more has for what must be written at once. Enough for a slow one: in a pty read at
 * 4 kB/s, after 150 keys in 3 s, it came back clean in 14 ends of 14; at 1.5 kB/s in 6 of 6.
 */
const PATIENCE_MS = 100;
const PAUSE_MS = 2;

/**
 * Writes to a file descriptor without the event loop; gives up where nobody reads. In front of what a stream of Node's
 * still holds for the same terminal: that is lost when the process goes at once.
 */
export function writeNow(file: number, text: string): void {
  const opened = isatty(file) ? openAnew(file) : undefined;
  try {
    writeUntil(opened ?? file, Buffer.from(text), systemClock.monotonic() + PATIENCE_MS);
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/**
 * The terminal behind a descriptor as an open file of our own, in which a write never waits: the descriptor itself may
 * be shared with a shell, and on a terminal that is not read a write to it would last for ever. On macOS and the BSDs
 * /dev/fd duplicates instead (fd(4)), so there a write waits unless `createTtyOutput` has seen to the descriptor.
 */
function openAnew(file: number): number | undefined {
  try {
    return openSync(`/dev/fd/${file}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return undefined;
  }
}

/** At least one attempt, and none that begins after the deadline. */
function writeUntil(file: number, bytes: Uint8Array, deadline: number): void {
  let rest = bytes;
  do {
    try {
      rest = rest.subarray(writeSync(file, rest));
    } catch (error) {
      if (!isBusy(error)) return;
      // A moment for the reader: the shortest pause there is without an event loop.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  } while (rest.length > 0 && systemClock.monotonic() < deadline);
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errno' in error && error.errno === -constants.errno.EAGAIN;
