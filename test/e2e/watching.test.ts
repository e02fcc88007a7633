import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cursorId, moveTo} from '../support/listScreen.ts';
import {type SimulatorProcess, startSimulator} from '../support/program.ts';
import {startTerminal, startWatching} from '../support/terminal.ts';

let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulator({sandboxes: 40, seed: 7, quiet: true});
});

afterAll(async () => {
  await simulator[Symbol.asyncDispose]();
});

const watchQuietFleet = async (args: readonly string[] = []) => {
  const app = startWatching(simulator.url, args);
  await app.waitFor(/LIVE/);
  await app.waitFor(/40 sandboxes| of 40/);
  return app;
};

test('the demo shows a living fleet, and q gives the terminal back', async () => {
  await using app = startTerminal(['--demo', '--seed=7']);
  await app.waitFor(/DEMO.*LIVE/);
  await app.waitFor('120 sandboxes');
  await app.waitFor(/\d+%/);
  expect(app.usesAlternateScreen()).toBe(true);
  expect(await app.quit()).toEqual({code: 0, signal: undefined});
  expect(app.isClean()).toBe(true);
});

describe('with 40 sandboxes', () => {
  test('j and k move the cursor, a burst of keys moves it as often', async () => {
    await using app = await watchQuietFleet();
    const first = cursorId(app);
    app.press('j');
    await app.waitFor(() => cursorId(app) !== first);
    app.press('k');
    await app.waitFor(() => cursorId(app) === first);
    app.type('jjj');
    await app.waitFor(() => cursorId(app) !== first);
    app.type('kkk');
    await app.waitFor(() => cursorId(app) === first);
    app.press('G');
    await app.waitFor(() => cursorId(app) !== first);
    app.press('g');
    await app.waitFor(() => cursorId(app) === first);
  });

  test('/ filters while it is typed, Enter keeps it, Esc takes it off', async () => {
    await using app = await watchQuietFleet();
    app.press('/');
    app.type('status=paused');
    await app.waitFor(/\/status=paused/);
    app.press('enter');
    await app.waitFor(/filter status=paused .*\(\d+ of 40\)/);
    const rows = app.lines().filter((line) => /^[> ] \S+ +(running|paused|stopped|creating|error) /.test(line));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain('paused');
    app.press('escape');
    await app.waitFor('40 sandboxes');
  });

  test('a filter that nothing passes says what to press', async () => {
    await using app = await watchQuietFleet(['region=nowhere']);
    await app.waitFor(/0 of 40/);
    await app.waitFor('Press Esc to clear the filter');
  });

  test('a bad filter keeps the last good one and says what is wrong', async () => {
    await using app = await watchQuietFleet();
    app.press('/');
    app.type('status=paused age>');
    await app.waitFor(/\/status=paused age> .*age/);
    expect(app.lines().filter((line) => / running /.test(line))).toEqual([]);
    app.press('escape');
    await app.waitFor('40 sandboxes');
  });

  test('> sorts by the next column, I turns it round, and the cursor stays on its sandbox', async () => {
    await using app = await watchQuietFleet();
    const before = await moveTo(app, /paused/);
    const sortBefore = /sort \S+ \S/.exec(app.text())?.[0];
    app.press('>');
    await app.waitFor(() => /sort \S+ \S/.exec(app.text())?.[0] !== sortBefore);
    const sort = /sort (\S+) \S/.exec(app.text())?.[1] ?? '';
    const arrow = app.text().includes('↑') ? '↓' : '↑';
    app.press('I');
    await app.waitFor(`sort ${sort} ${arrow}`);
    await app.waitFor(() => cursorId(app) === before);
  });

  test('c asks the terminal to copy the id, h the host: nothing else changes on the screen', async () => {
    await using app = await watchQuietFleet();
    const id = cursorId(app);
    app.press('c');
    await app.waitFor(`id sent to the terminal: ${id}`);
    expect(app.effects.sequences).toContain('OSC 52');
    expect(app.written().toString()).toContain(`]52;c;${btoa(id)}`);
    app.press('h');
    await app.waitFor(`host sent to the terminal: https://7777-${id}`);
  });

  test('o offers the columns', async () => {
    await using app = await watchQuietFleet();
    app.press('o');
    await app.waitFor(/template/i);
    app.press('escape');
    await app.waitFor('40 sandboxes');
  });

  test('? prints every act with its key, Esc goes back', async () => {
    await using app = await watchQuietFleet();
    app.press('?');
    await app.waitFor(/Help.*page 1/);
    for (const does of ['P ', 'pause', 'extend', 'take back']) await app.waitFor(does);
    app.press('escape');
    await app.waitFor('40 sandboxes');
  });

  test('Enter shows one sandbox whole, Esc goes back to it in the list', async () => {
    await using app = await watchQuietFleet();
    const id = await moveTo(app, /paused/);
    app.press('enter');
    await app.waitFor('DELETES');
    app.press('escape');
    await app.waitFor('40 sandboxes');
    expect(cursorId(app)).toBe(id);
  });

  test('4 shows the events, Esc goes back to the list', async () => {
    await using app = await watchQuietFleet();
    app.press('4');
    await app.waitFor(/\[all \d+\] {2}mine 0 {3}errors 0/);
    app.press('escape');
    await app.waitFor(/40 sandboxes/);
  });
});
