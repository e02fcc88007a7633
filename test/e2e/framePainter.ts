import {connect} from 'node:net';
import {createTtyOutput, type TtyStream} from '../../src/terminal/ttyOutput.ts';

/**
 * A program that paints a full screen ten times a second, holding a frame back while the last one is not taken; run by
 * node with the path of a socket, and `blocking` for Node's own way to write. It tells on the socket, not the screen.
 */
export type Report = {
  /** Turns of a timer of 20 ms. */
  readonly turns: number;
  /** Turns in a row in which the terminal had not taken everything. */
  readonly heldTurns: number;
  /** The number of the frame that is due, and of the one that was painted last. */
  readonly newest: number;
  readonly painted: number;
  readonly frames: number;
  readonly frameBytes: number;
  readonly mostHeldBytes: number;
};

const FRAME_MS = 100;
const TURN_MS = 20;
const COLUMNS = 120;
const ROWS = 40;

const rowOf = (frame: number, row: number) =>
  `\u001b[${row + 1};1H\u001b[3${row % 8}m${`frame ${frame} row ${row} `.padEnd(COLUMNS, '│')}`;

const frameText = (frame: number) =>
  `\u001b[?2026h${Array.from({length: ROWS}, (_, row) => rowOf(frame, row)).join('')}\u001b[0m\u001b[?2026l`;

/** The same stream as a Node shows it that has no `_handle`. */
const asBlocking = (stream: TtyStream): TtyStream => ({
  writable: true,
  get writableLength() {
    return stream.writableLength;
  },
  write: (bytes, taken) => stream.write(bytes, taken),
});

const [socketPath = '', mode] = process.argv.slice(2);
const link = connect(socketPath);
const output = createTtyOutput(mode === 'blocking' ? asBlocking(process.stdout) : process.stdout);

let report: Report = {turns: 0, heldTurns: 0, newest: 0, painted: 0, frames: 0, frameBytes: 0, mostHeldBytes: 0};
const note = (news: Partial<Report>) => {
  report = {...report, ...news};
};

function paint(): void {
  if (!output.isTaken() || report.painted === report.newest) return;
  const text = frameText(report.newest);
  note({painted: report.newest, frames: report.frames + 1, frameBytes: Buffer.byteLength(text)});
  output.write(text);
}

output.onTaken(paint);
const frames = setInterval(() => {
  note({newest: report.newest + 1});
  paint();
}, FRAME_MS);
setInterval(() => {
  const {turns, heldTurns, mostHeldBytes} = report;
  note({
    turns: turns + 1,
    heldTurns: output.isTaken() ? 0 : heldTurns + 1,
    mostHeldBytes: Math.max(mostHeldBytes, process.stdout.writableLength),
  });
  link.write(`${JSON.stringify(report)}\n`);
}, TURN_MS);
// Any word from the other side: from now on nothing new happens, so that only what is owed is still painted.
link.on('data', () => clearInterval(frames));
link.on('close', () => process.exit());
