import {expect, test} from 'vitest';
import {agree} from '../support/bulk.ts';
import {startSimulator} from '../support/program.ts';
import {KEY, startWatching} from '../support/terminal.ts';

const FLEET = 40;

/** How many of them the sentence at the end says of this. */
const said = (text: string, word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(text)?.[1] ?? 0);

test('Ctrl-C in the middle of an act on many says what was done and what was not tried, and no more is sent', async () => {
  await using simulator = await startSimulator({
    ...{sandboxes: FLEET, seed: 7, quiet: true},
    fault: 'slow=0.8:route=timeouts',
  });
  await using app = startWatching(simulator.url, [], {columns: 140, rows: 40});
  await app.waitFor(`${FLEET} sandboxes`);
  await app.waitFor(/LIVE/);
  app.press('*');
  await app.waitFor(`${FLEET} marked`);
  app.press('E');
  await app.waitFor(`Set the timeout of ${FLEET} sandboxes`);
  app.type('30d');
  await app.waitFor(/timeout +30d /);
  await app.pressUntil('enter', 'nothing sent yet');
  await agree(app, /Type (timeout \d+) to confirm/.exec(app.text())?.[1] ?? '');
  await app.waitFor(/ (?:[6-9]|1\d) of 40 /);
  app.press('ctrl+c');
  expect(await app.exit()).toMatchObject({code: 130});
  const words = app.text();
  const done = said(words, 'done');
  expect(words).toContain('hopx-top: bulk timeout: ');
  expect(done + said(words, 'under way') + said(words, 'not tried')).toBe(FLEET);
  const unanswered = words.match(/timeout of \S+ was sent, and not answered yet/g) ?? [];
  // The server answers, and writes down, in the order in which it was asked: what was sent before this is in its log.
  await fetch(`${simulator.url}/v1/sandboxes/nobody/timeout`, {method: 'PUT', headers: {'x-api-key': KEY}});
  const puts = simulator.requests().filter(({method, status}) => method === 'PUT' && status === 200);
  expect(puts).toHaveLength(done + unanswered.length);
  expect(new Set(puts.map(({path}) => path)).size).toBe(puts.length);
  expect(unanswered.length).toBeGreaterThan(0);
});
