import {expect, test} from 'vitest';
import {startSimulator} from '../support/program.ts';
import {type Exit, startShell, startTerminal, startWatching, type Terminal} from '../support/terminal.ts';

const endings: readonly {readonly name: string; readonly end: (app: Terminal) => void; readonly exit: Exit}[] = [
  {name: 'q', end: (app) => app.press('q'), exit: {code: 0, signal: undefined}},
  {name: 'Ctrl-C', end: (app) => app.press('ctrl+c'), exit: {code: 130, signal: undefined}},
  {name: 'SIGTERM', end: (app) => app.kill('SIGTERM'), exit: {code: 0, signal: 'SIGTERM'}},
  {name: 'SIGHUP', end: (app) => app.kill('SIGHUP'), exit: {code: 0, signal: 'SIGHUP'}},
  {name: 'SIGINT from elsewhere', end: (app) => app.kill('SIGINT'), exit: {code: 0, signal: 'SIGINT'}},
];

test.each(endings)('$name ends it and leaves a clean terminal', async ({end, exit}) => {
  await using app = startTerminal(['--demo', '--sandboxes=20']);
  await app.waitFor(/LIVE/);
  end(app);
  expect(await app.exit()).toEqual(exit);
  expect(app.isClean()).toBe(true);
  expect(app.text().trim()).not.toContain('LIVE');
});

test('Ctrl-C ends it while a dialog is open', async () => {
  await using simulator = await startSimulator({sandboxes: 5, quiet: true});
  await using app = startWatching(simulator.url);
  await app.waitFor(/LIVE/);
  await app.waitFor('5 sandboxes');
  app.press('D');
  await app.waitFor(/delete/i);
  app.press('ctrl+c');
  expect((await app.exit()).code).toBe(130);
  expect(app.isClean()).toBe(true);
});

test('the demo leaves no simulator behind', async () => {
  await using shell = startShell();
  await shell.waitFor('ready>');
  shell.type('node bin/hopx-top.mjs --demo --sandboxes=20; echo left $?; jobs\r');
  await shell.waitFor(/LIVE/);
  shell.press('q');
  await shell.waitFor('left 0');
  // Whatever still runs in the session of this terminal.
  shell.type(`while pgrep -f "simulat[e].*until-eof" -s ${shell.pid} > /dev/null; do :; done; echo gone $((1+1))\r`);
  await shell.waitFor('gone 2');
});

const launchers = [
  {name: 'by itself', command: 'node bin/hopx-top.mjs --demo --sandboxes=20'},
  {name: 'through npm run demo', command: 'npm run demo --silent -- --sandboxes=20'},
];

test.each(launchers)('Ctrl-Z and fg, $name', async ({command}) => {
  await using shell = startShell({columns: 100, rows: 30});
  await shell.waitFor('ready>');
  shell.type('stty -a | md5sum; echo before\r');
  await shell.waitFor(/^before/m);
  const settings = /([0-9a-f]{32})/.exec(shell.text())?.[1] ?? '';
  shell.type(`${command}\r`);
  await shell.waitFor(/LIVE/, 15_000);
  shell.press('ctrl+z');
  await shell.waitFor(/Stopped/);
  expect(shell.isClean()).toBe(true);
  shell.type('echo still $((40 + 2))\r');
  await shell.waitFor('still 42');
  shell.type('fg\r');
  await shell.waitFor(/LIVE/);
  expect(shell.usesAlternateScreen()).toBe(true);
  shell.press('j', 'q');
  await shell.waitFor(() => !shell.usesAlternateScreen());
  shell.type('echo code $?; stty -a | md5sum\r');
  await shell.waitFor('code 0');
  await shell.waitFor((text) => text.split(settings).length > 2);
  expect(shell.isClean()).toBe(true);
});
