import {expect, test} from 'vitest';
import {hostileStrings} from '../support/hostileStrings.ts';
import {startOtherServer} from '../support/otherServer.ts';
import {startSimulator} from '../support/program.ts';
import {startWatching, type Terminal} from '../support/terminal.ts';

const ROWS = 30;
const COLUMNS = 120;

/** Nothing happened in the terminal but what the program does by itself with harmless names. */
function expectOnlyOurEffects(app: Terminal): void {
  expect(app.effects.bells).toBe(0);
  expect(app.effects.titles).toEqual([]);
  expect(app.effects.sequences.filter((name) => name.startsWith('OSC'))).toEqual([]);
  const foreign = Array.from({length: ROWS * COLUMNS}, (_, index) =>
    app.cell(index % COLUMNS, Math.floor(index / COLUMNS)),
  ).filter((cell) => cell.isForeign || cell.background !== undefined);
  expect(foreign).toEqual([]);
}

async function lookAround(app: Terminal): Promise<void> {
  app.press('enter');
  await app.waitFor(/Esc back/);
  app.press('escape');
  await app.waitFor(/EXPIRES/);
  app.type('jjjjj');
  app.press('G', 'pageUp', 'D');
  await app.waitFor(/to delete it|delete: /);
  await app.pressUntil('escape', (text) => !text.includes('to delete it'));
}

test('a hostile simulator is only text', async () => {
  await using simulator = await startSimulator({sandboxes: 60, seed: 7, hostile: true});
  await using app = startWatching(simulator.url, [], {columns: COLUMNS, rows: ROWS});
  await app.waitFor(/LIVE/);
  await app.waitFor(/60 sandboxes/);
  await lookAround(app);
  expectOnlyOurEffects(app);
  await app.quit();
  expect(app.isClean()).toBe(true);
});

test('every hostile string, in every field of a row and in errors, is only text', async () => {
  const rows = hostileStrings.map((text, index) => ({
    id: index % 3 === 0 ? `${text}${index}` : `sb_${index}`,
    status: index % 3 === 1 ? text : 'running',
    template_name: text,
    template_id: text,
    region: text,
    node_id: text,
    organization_id: text,
    public_host: text,
    created_at: text,
  }));
  await using server = await startOtherServer(rows);
  await using app = startWatching(server.url, ['--sort=template'], {columns: COLUMNS, rows: ROWS});
  await app.waitFor(/LIVE/);
  await app.waitFor(/\d+ sandboxes/);
  await lookAround(app);
  for (let page = 0; page < 4; page += 1) app.press('pageUp');
  server.put({id: '\u001b]0;owned\u0007', status: '\u009b31m'});
  await app.pressUntil('G', /␛\]0;owned␇\S* +<9B>31m/);
  expectOnlyOurEffects(app);
});
