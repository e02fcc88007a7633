import {afterAll, beforeAll, expect, test} from 'vitest';
import {type SimulatorProcess, startSimulator} from '../support/program.ts';
import {startWatching} from '../support/terminal.ts';

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

test('a storm of resizes ends in the screen of the last size', async () => {
  await using app = startWatching(simulator.url, [], {columns: 80, rows: 24});
  await app.waitFor('40 sandboxes');
  for (let step = 0; step < 60; step += 1) {
    app.resize(20 + ((step * 37) % 180), 4 + ((step * 13) % 50));
    await new Promise((resolve) => setImmediate(resolve));
  }
  app.resize(80, 24);
  await using fresh = startWatching(simulator.url, [], {columns: 80, rows: 24});
  await fresh.waitFor('40 sandboxes');
  const isList = (text: string) => /40 sandboxes/.test(text) && /q quit/.test(text);
  await Promise.all([app.waitFor(isList), fresh.waitFor(isList)]);
  // Ids and headings stand where a program stands that was never resized.
  const places = (text: string) => text.split('\n').map((line) => /^[> ] \S+|^ {2}ID\b/.exec(line)?.[0]);
  await app.waitFor((text) => JSON.stringify(places(text)) === JSON.stringify(places(fresh.text())));
});
