import {afterAll, beforeAll, expect, test} from 'vitest';
import {type SimulatorProcess, startSimulator} from '../support/program.ts';
import {startWatching, type Terminal} from '../support/terminal.ts';
import {seenOf} from '../support/wholeScreen.ts';

let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulator({sandboxes: 40, seed: 7, quiet: true});
});

afterAll(async () => {
  await simulator[Symbol.asyncDispose]();
});

const sizes = [
  {columns: 160, rows: 48, sight: /Events/},
  {columns: 110, rows: 30, sight: /EXPIRES/},
  {columns: 80, rows: 24, sight: /EXPIRES/},
  {columns: 60, rows: 15, sight: /EXPIRES/},
  {columns: 40, rows: 10, sight: /run/},
  {columns: 20, rows: 5, sight: /\d/},
];

test.each(sizes)('$columns x $rows has a screen of its own', async ({columns, rows, sight}) => {
  await using app = startWatching(simulator.url, [], {columns, rows});
  await app.waitFor(sight);
  await app.waitFor(/LIVE|\d/);
  expect(app.lines()).toHaveLength(rows);
  expect((await app.quit()).code).toBe(0);
  expect(app.isClean()).toBe(true);
});

test('1x1 goes on running, and grows into the list', async () => {
  await using app = startWatching(simulator.url, [], {columns: 1, rows: 1});
  await app.waitFor(() => app.usesAlternateScreen());
  app.resize(80, 24);
  await app.waitFor('40 sandboxes');
  expect((await app.quit()).code).toBe(0);
});

/** Times go on; everything else stands still in a quiet fleet. A blank that was written is a blank. */
const still = (text: string): string => text.replaceAll(/\d/g, '0').replaceAll(/ +$/gm, '');

test('a storm of resizes ends in the screen that a program has which was never resized', async () => {
  await using app = startWatching(simulator.url, ['--metrics=0'], {columns: 80, rows: 24});
  await using fresh = startWatching(simulator.url, ['--metrics=0'], {columns: 120, rows: 40});
  await app.waitFor('40 sandboxes');
  for (let step = 0; step < 60; step += 1) {
    app.resize(20 + ((step * 37) % 180), 4 + ((step * 13) % 50));
    await new Promise((resolve) => setImmediate(resolve));
  }
  app.resize(120, 40);
  await fresh.waitFor((text) => /LIVE/.test(text) && /40 sandboxes/.test(text) && /\? help/.test(text));
  await app.waitFor((text) => still(text) === still(fresh.text()));
  const seen = (from: Terminal) => {
    const cells = from.lines().map((_, y) => Array.from({length: 120}, (__, x) => from.cell(x, y)));
    return seenOf(cells.map((row) => row.map((cell) => ({...cell, text: still(cell.text)}))));
  };
  expect(seen(app)).toEqual(seen(fresh));
});
