import {isatty} from 'node:tty';
import {type Cancel, type Clock, every} from '../clock/clock.ts';
import {isLoss} from './endings.ts';

/** A stream of the terminal, as far as its end is concerned. */
export type TerminalStream = {
  readonly on: (event: 'end' | 'close' | 'error', listener: (error?: unknown) => void) => unknown;
};

/** How often the terminal is looked at when no stream says a word. */
const LOOK_MS = 5_000;

/**
 * Calls `lost` when the terminal is gone: input ended, or a stream says so. A process that misses this spins, or lives
 * on unseen. An error of another kind is `failed`.
 */
export function watchTerminal(
  {input, output}: {readonly input: TerminalStream; readonly output: TerminalStream},
  clock: Clock,
  {lost, failed}: {readonly lost: () => void; readonly failed: (error: unknown) => void},
  isThere: () => boolean = () => isatty(0),
): Cancel {
  const onError = (error?: unknown) => (isLoss(error) ? lost() : failed(error));
  input.on('end', lost);
  input.on('close', lost);
  for (const stream of [input, output]) stream.on('error', onError);
  return every(clock, LOOK_MS, () => {
    if (!isThere()) lost();
  });
}
