import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {moveTo} from '../support/listScreen.ts';
import {runProgram, startSimulator, temporaryFolder} from '../support/program.ts';
import {KEY, startTerminal, startWatching} from '../support/terminal.ts';

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

test('the line on the screen is the line in the journal, and the key is in neither', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'acts.ndjson');
  await using simulator = await startSimulator({sandboxes: 5, seed: 7, quiet: true});
  await using app = startWatching(simulator.url, [`--journal=${path}`], {columns: 160});
  await app.waitFor('5 sandboxes');
  const id = await moveTo(app, / running /);
  app.press('P');
  await app.waitFor(`${id} paused`);
  app.press('4');
  await app.waitFor(/mine \d/);
  const lines = linesOf(path);
  expect(lines.length).toBeGreaterThanOrEqual(2);
  // That the server took it is said on the screen by the line that says that it is done.
  for (const {id: whose, text, request_id} of lines.filter(({text: said}) => said !== 'accepted')) {
    expect(whose).toBe(id);
    const line = app.lines().find((shown) => shown.includes(' you ') && shown.includes(text.replace(/^pause /, '')));
    expect(line).toContain(request_id ?? id);
  }
  expect(lines.map(({action}) => action)).toContain('pause');
  expect(readFileSync(path, 'utf8')).not.toContain(KEY);
  app.press('1');
  await app.waitFor('5 sandboxes');
  expect(await app.quit()).toMatchObject({code: 0});
  expect(linesOf(path)).toEqual(lines);
});

test('a journal that cannot be is a sentence before the screen is taken', async () => {
  const {code, stderr} = await runProgram(['--demo', '--journal', '/nowhere/at/all']);
  expect([code, stderr]).toEqual([
    2,
    'hopx-top: --journal: /nowhere/at/all is in no folder that there is: make the folder, or name another\n',
  ]);
});

/** The home of a user with these settings. */
function settings(folder: string, text: string): Readonly<Record<string, string>> {
  mkdirSync(join(folder, 'hopx-top'));
  writeFileSync(join(folder, 'hopx-top', 'config.yaml'), text, {mode: 0o600});
  return {XDG_CONFIG_HOME: folder};
}

test('settings that cannot be read end the program with a sentence that names file, line and key', async () => {
  using folder = temporaryFolder();
  const {code, stderr} = await runProgram(['--demo'], {env: settings(folder.path, 'connect: hopx\n')});
  expect(code).toBe(2);
  expect(stderr).toBe(
    `hopx-top: ${folder.path}/hopx-top/config.yaml line 1: connect: a list of words, such as [hopx, terminal, connect]\n`,
  );
});

test('a profile that the settings call read-only is', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, '.hopx'));
  await using simulator = await startSimulator({sandboxes: 5, seed: 7, quiet: true});
  const profiles = `profiles: {eu: {api_key: ${KEY}, base_url: "${simulator.url}"}}`;
  writeFileSync(join(folder.path, '.hopx', 'config.yaml'), profiles, {mode: 0o600});
  const env = {HOME: folder.path, HOPX_API_KEY: '', ...settings(folder.path, 'profiles:\n  eu:\n    readonly: yes\n')};
  await using app = startTerminal(['--profile=eu'], {env, columns: 120});
  await app.waitFor('5 sandboxes');
  await moveTo(app, / running /);
  app.press('P');
  await app.waitFor('read-only: start without --readonly to act');
});
