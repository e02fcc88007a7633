import type {Buffer} from 'node:buffer';
import type {Cancel} from '../clock/clock.ts';

/** Standard input of a terminal in raw mode. */
export type KeyInput = {
  readonly on: (event: 'readable', listener: () => void) => unknown;
  readonly off: (event: 'readable', listener: () => void) => unknown;
  /** What has come in; null: nothing. */
  readonly read: () => Buffer | null;
  readonly unshift: (chunk: Buffer) => void;
};

/** What a key does that has to work before Ink reads keys. */
export type EarlyKeys = Readonly<Record<'quit' | 'interrupt' | 'suspend', () => void>>;

const INTERRUPT = '\u0003';

const keys: ReadonlyMap<string, keyof EarlyKeys> = new Map([
  ['q', 'quit'],
  [INTERRUPT, 'interrupt'],
  ['\u001a', 'suspend'],
]);

/**
 * Reads keys until it is stopped: one that stands alone and is known does what it does, all else is put back for
 * whoever reads next. A burst may be a paste, so no key in it means anything here.
 */
export function readEarlyKeys(input: KeyInput, act: EarlyKeys): Cancel {
  const kept: Buffer[] = [];
  // Never `data` and `pause`: Node ends a pause a moment later, when the next reader has begun, and takes its input away.
  const read = () => {
    for (let chunk = input.read(); chunk !== null; chunk = input.read()) {
      const text = chunk.toString('latin1');
      // Whoever presses Ctrl-C twice means it all the more.
      const known = keys.get([...text].every((key) => key === INTERRUPT) ? INTERRUPT : text);
      if (known) act[known]();
      else kept.push(chunk);
    }
  };
  input.on('readable', read);
  return () => {
    input.off('readable', read);
    for (const chunk of kept.splice(0).toReversed()) input.unshift(chunk);
  };
}
