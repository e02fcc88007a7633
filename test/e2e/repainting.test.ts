import {closeSync, constants, openSync, writeSync} from 'node:fs';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {cursorId} from '../support/listScreen.ts';
import {PROGRAM, type SimulatorProcess, startSimulator} from '../support/program.ts';
import {KEY, startShell, startWatching, type Terminal} from '../support/terminal.ts';

let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulator({sandboxes: 40, seed: 7, quiet: true});
});

afterAll(async () => {
  await simulator[Symbol.asyncDispose]();
});

/** Times go on; everything else stands still in a quiet fleet. A blank that was written is a blank. */
const still = (text: string): string => text.replaceAll(/\d/g, '0').replaceAll(/ +$/gm, '');

const isList = (text: string) => /LIVE/.test(text) && /40 sandboxes/.test(text) && /\? help/.test(text);

/** Somebody else writes to the same terminal: `wall`, a job in the background. */
function scribbleOn({device}: Terminal, text: string): void {
  const file = openSync(device, constants.O_WRONLY | constants.O_NOCTTY);
  writeSync(file, text);
  closeSync(file);
}

const SCRIBBLE = `\u001b[3;1H\u001b[41mBroadcast message\u001b[8;20H\u001b[2K\u001b[m\u001b[20;1Hfrom root\u001b[5;10r\u001b(0`;

test('Ctrl-L repairs what somebody else wrote over the screen', async () => {
  await using app = startWatching(simulator.url, ['--metrics=0']);
  await app.waitFor(isList);
  const before = still(app.text());
  scribbleOn(app, SCRIBBLE);
  await app.waitFor('from root');
  app.press('ctrl+l');
  await app.waitFor((text) => still(text) === before);
  for (const [x, y] of [
    [0, 2],
    [79, 2],
    [40, 7],
  ] as const)
    expect(app.cell(x, y).background).toBeUndefined();
  const first = cursorId(app);
  app.press('G');
  await app.waitFor(() => cursorId(app) !== first);
  app.press('g');
  await app.waitFor((text) => still(text) === before);
});

test('Ctrl-Z and fg: the list is back, whole, in the size of now, without a word of the shell', async () => {
  await using fresh = startWatching(simulator.url, ['--metrics=0'], {columns: 100, rows: 26});
  await using shell = startShell({env: {HOPX_API_KEY: KEY}});
  await shell.waitFor('ready>');
  shell.type(`node ${PROGRAM} --metrics=0 --base-url=${simulator.url}\r`);
  await shell.waitFor(isList);
  shell.press('ctrl+z');
  await shell.waitFor(/Stopped/);
  shell.resize(100, 26);
  shell.type('echo the $((40 + 2)) words of the shell\r');
  await shell.waitFor('the 42 words');
  shell.type('fg\r');
  await fresh.waitFor(isList);
  await shell.waitFor((text) => still(text) === still(fresh.text()));
});

/** The menu's lines, from border to border. */
const menuOn = (text: string): string =>
  text
    .split('\n')
    .map((line) => /[╭│╰].*[╮│╯]/.exec(line)?.[0] ?? '')
    .join('\n')
    .trim();

test('under an open menu the list goes on, and the menu stands as it was', async () => {
  await using busy = await startSimulator({sandboxes: 40, seed: 7, churn: 40, metricsInterval: 250});
  await using app = startWatching(busy.url, [], {columns: 100, rows: 26});
  await app.waitFor(/\d%/);
  app.press('o');
  await app.waitFor('Sort by');
  const menu = menuOn(app.text());
  const [lists, menus] = [new Set<string>(), new Set<string>()];
  await app.waitFor((text) => {
    menus.add(menuOn(text));
    return lists.add(text).size > 10;
  }, 15_000);
  expect([...menus]).toEqual([menu]);
  app.press('q');
  await app.waitFor((text) => !text.includes('Sort by') && / {2}EXPIRES /.test(text));
  expect(menuOn(app.text())).toBe('');
});
