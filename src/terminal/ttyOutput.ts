import {Buffer} from 'node:buffer';
import type {Cancel} from '../clock/clock.ts';

/**
 * The way to a terminal on which the program never waits for the reader. Who paints holds frames back while not all
 * is taken and paints the newest state when it is: so no more is held than one frame and some control sequences, and
 * what the terminal has seen is always a whole number of frames, however late.
 */
export type TtyOutput = {
  /** Hands text over, without waiting; ignored once the stream is at its end. Its errors are the stream's events. */
  readonly write: (text: string) => void;
  /** Whether the kernel has taken all that was handed over; true at once when it takes a text as it comes. */
  readonly isTaken: () => boolean;
  /** Calls `listener` each time `isTaken` becomes true after it was not. */
  readonly onTaken: (listener: () => void) => Cancel;
};

/** What is used of a `tty.WriteStream`. */
export type TtyStream = {
  readonly fd?: number;
  readonly writable: boolean;
  /** Bytes that the stream holds because the kernel has not taken them. */
  readonly writableLength: number;
  readonly write: (bytes: Uint8Array, taken: () => void) => boolean;
};

/** Takes over a terminal's stream: the one writer to it from now on. Where it cannot, every write is a blocking one. */
export function createTtyOutput(stream: TtyStream): TtyOutput {
  stopBlocking(stream);
  const listeners = new Set<() => void>();
  let outstanding = 0;
  let isTaken = true;
  const taken = () => {
    outstanding -= 1;
    if (isTaken || outstanding > 0) return;
    isTaken = true;
    for (const listener of listeners) listener();
  };
  return {
    write(text) {
      if (text === '' || !stream.writable) return;
      outstanding += 1;
      // Bytes, since of a string the stream would count the UTF-16 units.
      stream.write(Buffer.from(text), taken);
      // Not `writableNeedDrain`: it is quiet up to 16 KiB and more, and a pty in the kernel takes 4 KiB.
      if (stream.writableLength > 0) isTaken = false;
    },
    isTaken: () => isTaken,
    onTaken(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/**
 * Node makes the stream of a terminal blocking (nodejs/node, lib/tty.js: `this._handle.setBlocking(true)`) and has no
 * public way back. O_NONBLOCK belongs to an open file, which a shell or npm shares with us; but libuv has opened the
 * terminal anew under the same number, for this reason, and keeps a second descriptor of it in the handle (libuv,
 * src/unix/tty.c, uv_tty_init). Only then is it ours to change, and nothing is left to put back: tried on Linux 6.18
 * with Node 22.19, 22.23 and 24.21, the flags in /proc/PPID/fdinfo/1 stay as they were. Where libuv could not (a
 * terminal whose name is not known here, as in some containers), both numbers are the same, the flag would reach the
 * others, and libuv would spin. A child that inherits our descriptor does get it non-blocking.
 */
function stopBlocking(stream: TtyStream): void {
  const handle: unknown = Reflect.get(stream, '_handle');
  if (typeof handle !== 'object' || handle === null) return;
  const fd: unknown = Reflect.get(handle, 'fd');
  const setBlocking: unknown = Reflect.get(handle, 'setBlocking');
  const isOurs = typeof fd === 'number' && fd >= 0 && fd !== stream.fd;
  if (isOurs && typeof setBlocking === 'function') setBlocking.call(handle, false);
}
