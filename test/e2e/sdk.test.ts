import {Sandbox} from '@hopx-ai/sdk';
import {expect, test} from 'vitest';
import {rowOf} from '../support/listScreen.ts';
import {startSimulator} from '../support/program.ts';
import {KEY, startWatching} from '../support/terminal.ts';

const SOON_MS = 1_000;

test('what the official client does is on the screen within a second', async () => {
  await using simulator = await startSimulator({sandboxes: 3, seed: 7, quiet: true, key: KEY});
  await using app = startWatching(simulator.url);
  await app.waitFor(/LIVE/);
  await app.waitFor('3 sandboxes');

  const created = await Sandbox.create({template: 'code-interpreter', apiKey: KEY, baseURL: simulator.url});
  const id = created.sandboxId;
  const row = () => rowOf(app, id);
  await app.waitFor(() => row() !== '', SOON_MS);
  await app.waitFor(() => row().includes('running'));

  await created.pause();
  await app.waitFor(() => row().includes('paused'), SOON_MS);
  await created.resume();
  await app.waitFor(() => row().includes('running'), SOON_MS);
  await created.kill();
  await app.waitFor(() => row().includes('†'), SOON_MS);
  expect(app.text()).toMatch(/3 (sandboxes|of)|gone 1/);
});
