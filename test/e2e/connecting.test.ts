import {chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {cursorId} from '../support/listScreen.ts';
import {PROGRAM, type SimulatorProcess, startSimulator, temporaryFolder} from '../support/program.ts';
import {KEY, startShell, startWatching, type Terminal} from '../support/terminal.ts';

let simulator: SimulatorProcess;

beforeAll(async () => {
  simulator = await startSimulator({sandboxes: 40, seed: 7, quiet: true});
});

afterAll(async () => {
  await simulator[Symbol.asyncDispose]();
});

const FLAGS = ['--metrics=0', 'status=running'];

const isList = (text: string) => /LIVE/.test(text) && /of 40\)/.test(text);

/** A folder with a script, and settings that name it. */
function configured(script: string, command: (path: string) => string = (path) => `[${path}]`) {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const path = join(folder.path, 'borrow.sh');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o700);
  mkdirSync(join(folder.path, 'hopx-top'));
  writeFileSync(join(folder.path, 'hopx-top', 'config.yaml'), `connect: ${command(path)}\n`, {mode: 0o600});
  return {folder: folder.path, env: {XDG_CONFIG_HOME: folder.path}};
}

/** For the sandbox under the cursor, which runs; gives back its id. */
async function askToConnect(app: Terminal): Promise<string> {
  await app.waitFor(isList);
  const id = cursorId(app);
  app.press(':');
  app.type('connect');
  await app.waitFor(/> connect .*lend the terminal/);
  app.press('enter');
  return id;
}

test('the command gets the whole terminal, every key and the id; then the list is back, and it is said', async () => {
  const {env} = configured('echo "hello $1"; read line; echo "heard $line"; read line');
  await using app = startWatching(simulator.url, FLAGS, {env});
  const id = await askToConnect(app);
  await app.waitFor(`hello ${id}`);
  expect(app.isClean()).toBe(true);
  app.type('quit please\r');
  await app.waitFor('heard quit please');
  app.type('\r');
  await app.waitFor(`connect ${id}: the terminal is back`);
  expect(app.usesAlternateScreen()).toBe(true);
  await app.waitFor((text) => isList(text) && !text.includes('hello'));
  expect(await app.quit()).toEqual({code: 0, signal: undefined});
  expect(app.isClean()).toBe(true);
});

test('{id} may stand anywhere in a word; key and address are in the environment of the command', async () => {
  const {folder, env} = configured('env > "$1"; echo "$2"; read line', (path) =>
    `[${path}, FILE, "to-{id}-"]`.replace('FILE', `${path}.env`),
  );
  await using app = startWatching(simulator.url, FLAGS, {env});
  const id = await askToConnect(app);
  await app.waitFor(`to-${id}-`);
  const lines = readFileSync(join(folder, 'borrow.sh.env'), 'utf8').split('\n');
  expect(lines).toContain(`HOPX_API_KEY=${KEY}`);
  expect(lines).toContain(`HOPX_BASE_URL=${simulator.url}`);
  expect(lines.filter((line) => line.startsWith('FORCE_COLOR'))).toEqual([]);
  app.type('\r');
  await app.waitFor(isList);
  expect(app.written().toString()).not.toContain(KEY);
});

test.each([
  ['exit 3', /borrow\.sh ended with code 3/],
  ['kill -9 $$', /borrow\.sh was ended by SIGKILL/],
])('%s: the list is back and says so', async (script, notice) => {
  const {env} = configured(script);
  await using app = startWatching(simulator.url, FLAGS, {env, columns: 140});
  await askToConnect(app);
  await app.waitFor((text) => isList(text) && notice.test(text));
});

test('a command that is not there is a sentence', async () => {
  const {env} = configured('', () => '[no-such-command-anywhere, connect]');
  await using app = startWatching(simulator.url, FLAGS, {env, columns: 140});
  await askToConnect(app);
  await app.waitFor('there is no command no-such-command-anywhere: install it');
  await app.waitFor(isList);
});

test('Ctrl-C is for the command alone', async () => {
  const {env} = configured('echo ready; exec cat');
  await using app = startWatching(simulator.url, FLAGS, {env, columns: 140});
  await askToConnect(app);
  await app.waitFor(/^ready/m);
  app.press('ctrl+c');
  await app.waitFor((text) => isList(text) && text.includes('was ended by SIGINT'));
  app.press('ctrl+c');
  expect((await app.exit()).code).toBe(130);
});

test('Ctrl-Z stops both, fg continues both; a new size is the size of the list; the settings of the terminal stay', async () => {
  const {env} = configured('stty -g | md5sum; exec cat');
  await using shell = startShell({env: {...env, HOPX_API_KEY: KEY}});
  await using fresh = startWatching(simulator.url, FLAGS, {columns: 100, rows: 26});
  await shell.waitFor('ready>');
  shell.type('stty -g | md5sum; echo before\r');
  await shell.waitFor(/^before/m);
  const settings = /([0-9a-f]{32})/.exec(shell.text())?.[1] ?? 'none';
  shell.type(`clear; node ${PROGRAM} ${FLAGS.join(' ')} --base-url=${simulator.url}\r`);
  await askToConnect(shell);
  await shell.waitFor(settings);
  shell.press('ctrl+z');
  await shell.waitFor(/Stopped/);
  // Until it is awake to be stopped, cat may still read what is typed; then it is typed again.
  await shell.pressUntil('fg\r', /^node .*base-url/m);
  shell.type('still here\r');
  await shell.waitFor(/still here\n.*still here/s);
  shell.resize(100, 26);
  shell.press('ctrl+d');
  await shell.waitFor('the terminal is back');
  shell.press('q');
  await fresh.waitFor(isList);
  await shell.waitFor(() => !shell.usesAlternateScreen());
  shell.type('clear; stty -g | md5sum; echo left\r');
  await shell.waitFor((text) => /^left/m.test(text) && text.includes(settings));
  expect(shell.isClean()).toBe(true);
});

test('a command that is killed in raw mode leaves nothing of it to the next', async () => {
  const {env} = configured(
    'stty -g | md5sum; [ -e "$0.was" ] || { touch "$0.was"; stty raw -echo; kill -9 $$; }; echo; read line',
  );
  await using app = startWatching(simulator.url, FLAGS, {env, columns: 140});
  await askToConnect(app);
  await app.waitFor('was ended by SIGKILL');
  await askToConnect(app);
  await app.waitFor((text) => /([0-9a-f]{32}).*\1/s.test(text));
});

test('SIGTERM ends us, and the command is told', async () => {
  const {folder, env} = configured(`trap 'echo told > "$0.told"; exit' HUP; echo ready; sleep 20 & wait`);
  await using app = startWatching(simulator.url, FLAGS, {env});
  await askToConnect(app);
  await app.waitFor(/^ready/m);
  app.kill('SIGTERM');
  expect((await app.exit()).signal).toBe('SIGTERM');
  expect(app.isClean()).toBe(true);
  await expect.poll(() => existsSync(join(folder, 'borrow.sh.told'))).toBe(true);
});
