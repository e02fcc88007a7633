import {expect, test} from 'vitest';
import {cursorId, moveTo, rowOf} from '../support/listScreen.ts';
import {type SimulatorProcess, startSimulator} from '../support/program.ts';
import {startWatching, type Terminal} from '../support/terminal.ts';

const FLEET = 12;
const GRACE_AND_MORE_MS = 12_000;

const quietFleet = () => startSimulator({sandboxes: FLEET, seed: 7, quiet: true});

async function watchFleet({url}: SimulatorProcess, args: readonly string[] = []): Promise<Terminal> {
  // Wide enough for every cell to be whole.
  const app = startWatching(url, args, {columns: 140});
  await app.waitFor(/LIVE/);
  await app.waitFor(`${FLEET} sandboxes`);
  return app;
}

const sent = (simulator: SimulatorProcess, method: string) =>
  simulator.requests().filter((request) => request.method === method);

/** Opens the question and types the word, from the moment on when the dialog listens. */
async function typeTheWord(app: Terminal, id: string): Promise<void> {
  const word = id.slice(-4);
  app.press('D');
  await app.waitFor(`Type ${word} to delete it:`);
  await app.pressUntil(word.slice(0, 1), `to delete it: ${word.slice(0, 1)}`);
  app.type(word.slice(1));
  await app.waitFor(`to delete it: ${word}`);
  app.press('enter');
  await app.waitFor(() => /delete \ds/.test(rowOf(app, id)));
}

test.concurrent('P pauses: under way at once, then paused, with one request', async () => {
  await using simulator = await quietFleet();
  await using app = await watchFleet(simulator);
  const id = await moveTo(app, /running/);
  app.press('P');
  await app.waitFor(() => rowOf(app, id).includes('pausing…'));
  await app.waitFor(() => / paused /.test(rowOf(app, id)));
  await app.quit();
  expect(sent(simulator, 'POST')).toHaveLength(1);
});

test.concurrent('D, the word, Enter, u: taken back, and nothing was sent', async () => {
  await using simulator = await quietFleet();
  await using app = await watchFleet(simulator);
  const id = cursorId(app);
  await typeTheWord(app, id);
  app.press('u');
  await app.waitFor(() => rowOf(app, id) !== '' && !rowOf(app, id).includes('delete '));
  await app.quit();
  expect(sent(simulator, 'DELETE')).toEqual([]);
});

test.concurrent('D, the word, Enter: gone after the grace, and a tombstone says so', async () => {
  await using simulator = await quietFleet();
  await using app = await watchFleet(simulator);
  const id = cursorId(app);
  await typeTheWord(app, id);
  expect(sent(simulator, 'DELETE')).toEqual([]);
  await app.waitFor(() => rowOf(app, id).includes('†'), GRACE_AND_MORE_MS);
  await app.quit();
  expect(sent(simulator, 'DELETE')).toHaveLength(1);
});

test.concurrent('q in the grace sends nothing and says so', async () => {
  await using simulator = await quietFleet();
  await using app = await watchFleet(simulator);
  await typeTheWord(app, cursorId(app));
  await app.quit();
  expect(app.text().replaceAll('\n', '')).toMatch(/was still in its 5 s of grace and was not sent/);
  expect(sent(simulator, 'DELETE')).toEqual([]);
});

test.concurrent('what was typed ahead of the dialog answers nothing', async () => {
  await using simulator = await quietFleet();
  await using app = await watchFleet(simulator);
  const word = cursorId(app).slice(-4);
  app.type(`D${word}\r`);
  await app.waitFor('several keys came at once: press D by itself');
  // A digit in the word may have chosen another view.
  app.press('1');
  await app.pressUntil('D', 'to delete it:');
  app.type(`${word}\r`);
  await app.pressUntil('escape', (text) => !text.includes('to delete it'));
  await app.quit();
  expect(sent(simulator, 'DELETE')).toEqual([]);
});

test.concurrent('a paste is no command', async () => {
  await using simulator = await quietFleet();
  await using app = await watchFleet(simulator);
  app.paste('PXDSRe\r');
  await app.waitFor(/paste/i);
  await app.quit();
  expect(new Set(simulator.requests().map(({method}) => method))).toEqual(new Set(['GET']));
});

const acts = [
  ['P', 'pause'],
  ['R', 'resume'],
  ['X', 'stop'],
  ['S', 'start'],
  ['e', 'extend'],
  ['D', 'delete'],
] as const;

test.concurrent('read-only: every act key is refused, and nothing but GET leaves', async () => {
  await using simulator = await quietFleet();
  await using app = await watchFleet(simulator, ['--readonly']);
  expect(app.line('READ-ONLY')).not.toBe('');
  for (const [key, act] of acts) {
    app.press(key);
    await app.waitFor(`${act}: read-only: start without --readonly to act`);
  }
  await app.quit();
  expect(new Set(simulator.requests().map(({method}) => method))).toEqual(new Set(['GET']));
});
