import {closeSync, constants, openSync, writeSync} from 'node:fs';
import {createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {cursorId} from '../support/listScreen.ts';
import {startSimulator, temporaryFolder} from '../support/program.ts';
import {type Exit, KEY, runInTerminal, startTerminal, startWatching, type Terminal} from '../support/terminal.ts';
import type {Report} from './framePainter.ts';

const PAINTER = fileURLToPath(new URL('./framePainter.ts', import.meta.url));
const HOST = fileURLToPath(new URL('../../src/cli/host.ts', import.meta.url));

/** 120x40 in full colour is 15 KB; the design allows 256 KiB. */
const MOST_HELD_BYTES = 256 * 1024;

/** Two seconds of the painter's. */
const LONG_TURNS = 100;

async function startPainter(mode: 'waiting' | 'blocking') {
  const folder = temporaryFolder();
  const socketPath = join(folder.path, 'reports');
  const listeners = new Set<(report: Report) => void>();
  const server = createServer();
  const linked = new Promise<Socket>((resolve) => server.once('connection', resolve));
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const terminal = runInTerminal(process.execPath, [PAINTER, socketPath, mode], {columns: 120, rows: 40});
  const link = await linked;
  let latest: Report | undefined;
  createInterface({input: link}).on('line', (line) => {
    const report: Report = JSON.parse(line);
    latest = report;
    for (const listener of listeners) listener(report);
  });
  /** The next report of which it is true. */
  const reported = (isSo: (report: Report) => boolean) =>
    new Promise<Report>((resolve) => {
      const listener = (report: Report) => {
        if (!isSo(report)) return;
        listeners.delete(listener);
        resolve(report);
      };
      listeners.add(listener);
    });
  return {
    terminal,
    reported,
    turns: () => latest?.turns ?? 0,
    pass: async (turns: number) => {
      const {turns: before} = await reported(() => true);
      return reported((report) => report.turns >= before + turns);
    },
    freeze: () => void link.write('freeze\n'),
    async [Symbol.asyncDispose]() {
      await terminal[Symbol.asyncDispose]();
      link.destroy();
      server.close();
      folder[Symbol.dispose]();
    },
  };
}

test('nobody reads: the program goes on, holds a frame, and shows the newest one when somebody reads again', async () => {
  await using painter = await startPainter('waiting');
  await painter.terminal.waitFor('row 39');
  painter.terminal.stopReading();
  const unread = await painter.reported(({heldTurns}) => heldTurns >= LONG_TURNS);
  expect(unread.mostHeldBytes).toBe(unread.frameBytes);
  expect(unread.mostHeldBytes).toBeLessThanOrEqual(MOST_HELD_BYTES);
  expect(unread.newest).toBeGreaterThan(unread.painted);
  painter.freeze();
  const {newest, frames} = await painter.pass(10);
  painter.terminal.readAgain();
  await painter.terminal.waitFor(`frame ${newest} row 0`);
  expect(painter.terminal.lines()).toEqual(
    Array.from({length: 40}, (_, row) => `frame ${newest} row ${row} `.padEnd(120, '│')),
  );
  expect((await painter.pass(1)).frames).toBe(frames + 1);
});

test('written to as Node does by itself, the same program stands still until somebody reads', async () => {
  await using waiting = await startPainter('waiting');
  await using blocking = await startPainter('blocking');
  await blocking.terminal.waitFor('row 39');
  for (const {terminal} of [waiting, blocking]) terminal.stopReading();
  await waiting.reported(({heldTurns}) => heldTurns >= LONG_TURNS);
  const turnsMeanwhile = async () => {
    const before = blocking.turns();
    await waiting.pass(25);
    return blocking.turns() - before;
  };
  await expect.poll(turnsMeanwhile, {timeout: 20_000}).toBe(0);
  blocking.terminal.readAgain();
  await blocking.pass(10);
});

/** Times go on; all else stands still in a quiet fleet. A blank that was written is a blank. */
const still = (app: Terminal): string =>
  app
    .text()
    .replaceAll(/\d+[smhd]\d*[smh]?/g, '0')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ $/gm, '');

test('the monitor, unread while its user pages and a sandbox stops, soon shows what a fresh one shows', async () => {
  await using simulator = await startSimulator({sandboxes: 400, seed: 7, quiet: true});
  const start = () => startWatching(simulator.url, ['--metrics=0', '--sort=id'], {columns: 80, rows: 60});
  await using unread = start();
  await using read = start();
  for (const app of [unread, read]) await app.waitFor((text) => /LIVE/.test(text) && /^> \w/m.test(text));
  const id = cursorId(read);
  const written = () => [unread, read].map((app) => app.written().length);
  const before = written();
  unread.stopReading();
  // The one that is read is the clock: whenever it has painted a page, the other one has had the time for it.
  for (let turn = 0; turn < 40; turn += 1) {
    const from = cursorId(read);
    for (const app of [unread, read]) app.press(turn % 2 === 0 ? 'G' : 'g');
    await read.waitFor(() => cursorId(read) !== from);
  }
  await fetch(`${simulator.url}/v1/sandboxes/${id}/stop`, {method: 'POST', headers: {authorization: `Bearer ${KEY}`}});
  await read.waitFor(new RegExp(`${id}.*stopped`));
  unread.readAgain();
  await unread.waitFor(() => still(unread) === still(read));
  const [late = 0, prompt = 0] = written().map((bytes, index) => bytes - (before[index] ?? 0));
  expect(late).toBeLessThan(prompt / 2);
  expect((await unread.quit()).code).toBe(0);
});

/** Writes until the kernel takes no more, and once more a moment later: it moves what it has from one place to another. */
async function fillUp({device}: Terminal): Promise<void> {
  const file = openSync(device, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  try {
    await expect.poll(() => writeAsMuchAsGoes(file)).toBe(0);
  } finally {
    closeSync(file);
  }
}

function writeAsMuchAsGoes(file: number): number {
  const chunk = 'x'.repeat(1024);
  for (let bytes = 0; ; ) {
    try {
      bytes += writeSync(file, chunk);
    } catch {
      return bytes;
    }
  }
}

/** Says that it waits, and its last words on a signal: by descriptors that are shared and blocking. */
const talker = `
  const {processHost, writeNow} = await import(${JSON.stringify(HOST)});
  process.once('SIGUSR2', () => {
    writeNow(1, 'restored ');
    processHost.say('last words');
    processHost.exit(7);
  });
  processHost.say('waiting');
  setInterval(() => undefined, 1000);
`;
const startTalker = () => runInTerminal(process.execPath, ['--input-type=module', '--eval', talker], {});

test('last words are said to a terminal that is read', async () => {
  await using app = startTalker();
  await app.waitFor('waiting');
  app.kill('SIGUSR2');
  expect((await app.exit()).code).toBe(7);
  expect(app.lines().slice(0, 2)).toEqual(['waiting', 'restored last words']);
});

test('last words to a terminal that nobody reads keep nobody', async () => {
  await using app = startTalker();
  await app.waitFor('waiting');
  app.stopReading();
  await fillUp(app);
  app.kill('SIGUSR2');
  expect((await app.exit()).code).toBe(7);
});

const endings: readonly {readonly name: string; readonly end: (app: Terminal) => void; readonly exit: Exit}[] = [
  {name: 'q', end: (app) => app.press('q'), exit: {code: 0, signal: undefined}},
  {name: 'Ctrl-C', end: (app) => app.press('ctrl+c'), exit: {code: 130, signal: undefined}},
  {name: 'SIGTERM', end: (app) => app.kill('SIGTERM'), exit: {code: 0, signal: 'SIGTERM'}},
  {name: 'SIGHUP', end: (app) => app.kill('SIGHUP'), exit: {code: 0, signal: 'SIGHUP'}},
];

test.each(endings)('$name ends the monitor although nobody reads', async ({end, exit}) => {
  await using app = startTerminal(['--demo', '--sandboxes=20']);
  await app.waitFor(/LIVE/);
  app.stopReading();
  await fillUp(app);
  end(app);
  expect(await app.exit()).toEqual(exit);
});
