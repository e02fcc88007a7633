import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {startSimulator, temporaryFolder} from '../support/program.ts';
import {startWatching} from '../support/terminal.ts';

const letters = Array.from({length: 0x7f - 0x21}, (_, index) => String.fromCharCode(0x21 + index));
/** `q` and Ctrl-C end it, Ctrl-Z stops it. */
const pressed = letters.filter((key) => key !== 'q').concat('enter', 'tab', 'space', 'backspace', 'ctrl+a', 'ctrl+x');

test.concurrent('read-only: whatever is pressed in whatever view, and however fast, nothing but GET leaves', async () => {
  await using simulator = await startSimulator({sandboxes: 12, seed: 7, quiet: true});
  await using app = startWatching(simulator.url, ['--readonly'], {columns: 140});
  await app.waitFor('12 sandboxes');
  for (const view of ['1', '2', '3', '4', '5']) {
    for (const key of pressed) {
      // What a key has opened is pressed into, and closed.
      app.press(view, key, 'y', 'enter', 'escape', 'escape');
    }
  }
  app.press('1');
  await app.waitFor('12 sandboxes');
  await app.quit();
  expect(new Set(simulator.requests().map(({method}) => method))).toEqual(new Set(['GET']));
});

test.concurrent('the value of a variable reaches the server, and neither screen nor journal nor file', async () => {
  const canary = 'c4naryOfAVariable';
  using folder = temporaryFolder();
  const journal = join(folder.path, 'acts.ndjson');
  await using simulator = await startSimulator({sandboxes: 5, seed: 7, quiet: true});
  await using app = startWatching(simulator.url, [`--journal=${journal}`, `--debug-stream=${folder.path}/wire`], {
    columns: 140,
  });
  await app.waitFor('5 sandboxes');
  app.press('N');
  await app.waitFor('the name of a template');
  app.type('nodejs');
  await app.waitFor(/template +nodejs/);
  app.press('up');
  await app.waitFor('values are not shown');
  app.paste(`TOKEN=${canary}`);
  await app.waitFor('TOKEN=••••');
  await app.pressUntil('enter', (text) => !text.includes('values are not shown'));
  await app.waitFor(() => simulator.requests().some(({method, path}) => method === 'POST' && path === '/v1/sandboxes'));
  await app.waitFor('is created');
  app.press('4');
  await app.waitFor(/mine \d/);
  app.press('1');
  await app.waitFor('6 sandboxes');
  await app.quit();
  const kept = [app.written().toString(), readFileSync(journal, 'utf8'), readFileSync(`${folder.path}/wire`, 'utf8')];
  for (const text of kept) expect(text).not.toContain(canary);
  expect(readFileSync(journal, 'utf8')).toContain('create');
});
