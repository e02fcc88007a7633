import {closeSync, openSync} from 'node:fs';
import type {Heard, Witness} from '../api/witness.ts';
import type {Clock} from '../clock/clock.ts';
import {sanitize} from '../terminal/text.ts';
import {usageError} from './exit.ts';
import {writeAll} from './fileWords.ts';
import {withoutSecrets} from './withoutSecrets.ts';

export type DebugFile = {
  readonly witness: Witness;
  /** Called once, with a sentence, when no more can be written. */
  readonly onTrouble: (listener: (sentence: string) => void) => void;
  readonly close: () => void;
};

/** Enough for hours of a small fleet, and no disk is filled by an evening of a large one. */
const MOST_BYTES = 64 * 2 ** 20;

/** Appends a text to the file, all of it, now. Throws what the file system throws. */
export type Append = (text: string) => void;

/**
 * Keeps what the server sent in a new file of mode 0600, one line of JSON each: `at` in milliseconds since the start,
 * `wall` in RFC 3339. Throws a CliError
 * when there is such a file already: nothing of anybody's is overwritten.
 */
export function openDebugFile(path: string, clock: Clock): DebugFile {
  const file = create(path);
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const debug = createDebugFile((text) => writeAll(file, text), clock, MOST_BYTES);
  return {...debug, close};
}

function create(path: string): number {
  try {
    return openSync(path, 'ax', 0o600);
  } catch (error) {
    const code = (error as {code?: unknown}).code;
    const shown = sanitize(path, 200);
    if (code === 'EEXIST') throw usageError(`--debug-stream: ${shown} is there already: name a file that is not`);
    throw usageError(
      `--debug-stream: ${shown} cannot be written (${sanitize(code, 20)}): name a file in a folder of yours`,
    );
  }
}

export function createDebugFile(append: Append, clock: Clock, mostBytes: number): Omit<DebugFile, 'close'> {
  const startedAt = clock.monotonic();
  let left = mostBytes;
  let isOn = true;
  let trouble: string | undefined;
  let listener: ((sentence: string) => void) | undefined;
  const stop = (sentence: string) => {
    isOn = false;
    trouble = sentence;
    listener?.(sentence);
  };
  return {
    witness(heard) {
      if (!isOn) return;
      const line = lineOf(heard, clock, startedAt);
      left -= Buffer.byteLength(line);
      if (left < 0) return stop(`--debug-stream: the file has its ${mostBytes / 2 ** 20} MiB: nothing more is kept`);
      try {
        append(line);
      } catch (error) {
        stop(
          `--debug-stream: the file cannot be written (${sanitize((error as {code?: unknown}).code, 20)}): nothing more is kept`,
        );
      }
    },
    onTrouble(next) {
      listener = next;
      if (trouble !== undefined) next(trouble);
    },
  };
}

function lineOf(heard: Heard, clock: Clock, startedAt: number): string {
  const at = Math.round(clock.monotonic() - startedAt);
  const said = {at, wall: new Date(clock.wall()).toISOString(), ...withoutSecrets(heard)};
  return `${JSON.stringify(said)}\n`;
}
