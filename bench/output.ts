import {PassThrough, Writable} from 'node:stream';
import {SIZE} from './fleet.ts';

/** A terminal that keeps what is written to it. */
export type Output = {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  /** What was written since the last call. */
  readonly take: () => string;
};

export function createOutput(size: {readonly columns: number; readonly rows: number} = SIZE): Output {
  let written = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  const keyboard = Object.assign(new PassThrough(), {
    isTTY: true as const,
    setRawMode: () => keyboard,
    ref: () => keyboard,
    unref: () => keyboard,
  });
  return {
    stdout: Object.assign(stream, {isTTY: true, ...size}) as unknown as NodeJS.WriteStream,
    stdin: keyboard as unknown as NodeJS.ReadStream,
    take() {
      const taken = written;
      written = '';
      return taken;
    },
  };
}
