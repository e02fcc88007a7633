import {once} from 'node:events';
import {type AddressInfo, createServer} from 'node:net';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {cursorId} from '../support/listScreen.ts';
import {startSimulator} from '../support/program.ts';
import {KEY, startShell, startWatching} from '../support/terminal.ts';

/** Takes connections and never answers. */
const silent = createServer();
let url = '';

beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
});

afterAll(() => void silent.close());

const FIRST_FRAME = /CONNECTING[\s\S]*SANDBOX +STATUS[\s\S]*Connecting to 127/;

test.concurrent.each([
  {key: 'q', code: 0},
  {key: 'ctrl+c', code: 130},
])('the screen is there before any answer, and $key leaves it', async ({key, code}) => {
  await using app = startWatching(url);
  await app.waitFor(FIRST_FRAME);
  app.press(key);
  expect((await app.exit()).code).toBe(code);
  expect(app.isClean()).toBe(true);
  expect(app.text().trim()).toBe('');
});

test.concurrent('resized while it waits, the first frame has the new size', async () => {
  await using app = startWatching(url);
  await app.waitFor(FIRST_FRAME);
  app.resize(120, 40);
  await app.waitFor(/╭─ Sandboxes[\s\S]*Connecting to 127[\s\S]*\? help/);
  app.press('q');
  expect((await app.exit()).code).toBe(0);
});

test.concurrent('Ctrl-Z while it waits gives the shell a clean terminal, fg shows the frame again', async () => {
  await using shell = startShell({env: {HOPX_API_KEY: KEY}});
  await shell.waitFor('ready>');
  shell.type(`node bin/hopx-top.mjs --base-url=${url}\r`);
  await shell.waitFor(FIRST_FRAME);
  shell.press('ctrl+z');
  await shell.waitFor(/Stopped[\s\S]*ready>/);
  expect(shell.isClean()).toBe(true);
  shell.type('fg\r');
  await shell.waitFor(FIRST_FRAME);
  shell.press('q');
  await shell.waitFor(/ready>\s*$/);
  expect(shell.isClean()).toBe(true);
});

test.concurrent('keys typed before the list is there reach it', async () => {
  await using simulator = await startSimulator({sandboxes: 12, quiet: true});
  await using app = startWatching(simulator.url);
  app.type('/');
  app.type('region=us-east');
  await app.waitFor('region=us-east');
  await app.waitFor(() => cursorId(app) !== '');
  expect(app.text()).not.toMatch(/running +\S+ +eu-west/);
});

test.concurrent('a key that is refused gives the terminal back, then says so', async () => {
  await using simulator = await startSimulator({sandboxes: 2, quiet: true, key: 'hopx_live_another.keyaltogether'});
  await using app = startWatching(simulator.url);
  expect((await app.exit()).code).toBe(3);
  expect(app.isClean()).toBe(true);
  expect(app.text()).toMatch(/^hopx-top: .*API key/);
});

test.concurrent('a key that is refused before --plain-ui has drawn leaves what the shell has on its screen', async () => {
  await using simulator = await startSimulator({sandboxes: 2, quiet: true, key: 'hopx_live_another.keyaltogether'});
  await using shell = startShell({env: {HOPX_API_KEY: KEY}});
  await shell.waitFor('ready>');
  shell.type('echo one; echo two; echo three\r');
  await shell.waitFor(/three\s+ready>/);
  const before = shell.lines();
  shell.type(`node bin/hopx-top.mjs --plain-ui --base-url=${simulator.url}\r`);
  await shell.waitFor(/hopx-top: .*API key[\s\S]*ready>\s*$/);
  const kept = before.slice(0, before.indexOf('three') + 1);
  expect(kept).toHaveLength(before.indexOf('one') + 3);
  expect(shell.lines().slice(0, kept.length)).toEqual(kept);
  expect(shell.isClean()).toBe(true);
});

test.concurrent("--plain-ui and Ink's own switch for screen readers draw without cells: the list, keys and dialogs are there", async () => {
  await using simulator = await startSimulator({sandboxes: 12, quiet: true});
  await using app = startWatching(simulator.url, ['--plain-ui']);
  await using reader = startWatching(simulator.url, [], {env: {INK_SCREEN_READER: 'true'}});
  for (const each of [app, reader]) await each.waitFor('12 sandboxes');
  await app.waitFor(() => cursorId(app) !== '');
  const first = cursorId(app);
  app.press('j');
  await app.waitFor(() => cursorId(app) !== first);
  app.press('D');
  await app.waitFor('Delete 1 sandbox');
  await app.pressUntil('escape', (text) => !text.includes('Delete 1 sandbox'));
  for (const each of [app, reader]) {
    expect(await each.quit()).toEqual({code: 0, signal: undefined});
    expect(each.isClean()).toBe(true);
  }
});
