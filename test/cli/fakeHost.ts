import {EventEmitter} from 'node:events';
import type {Host} from '../../src/cli/host.ts';

export type FakeHost = Host & {
  /** What it did and said, in order. */
  readonly deeds: readonly string[];
  readonly emit: (event: string, ...args: readonly unknown[]) => void;
  readonly listeners: (event: string) => number;
};

/** A process that writes down how it ends. */
export function fakeHost(): FakeHost {
  const events = new EventEmitter();
  const deeds: string[] = [];
  return {
    deeds,
    on: (event, listener) => void events.on(event, listener),
    off: (event, listener) => void events.off(event, listener),
    exit: (code) => void deeds.push(`exit ${code}`),
    die: (signal) => void deeds.push(`die of ${signal}`),
    stop: (whom) => void deeds.push(`stop ${whom}`),
    askSize: () => void deeds.push('size asked'),
    say: (line) => void deeds.push(`say ${line}`),
    emit: (event, ...args) => void events.emit(event, ...args),
    listeners: (event) => events.listenerCount(event),
  };
}

export const errorWithCode = (code: string, message = code): Error => Object.assign(new Error(message), {code});
