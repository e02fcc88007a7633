import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {startDemo} from '../../src/cli/demo.ts';
import {systemClock} from '../../src/clock/clock.ts';
import {folderWith} from './home.ts';

// It starts programs: how long that takes is the machine's business.
vi.setConfig({testTimeout: 30_000});

const fleet = {sandboxes: 3, seed: 'kiwi'};
const env = {PATH: process.env.PATH};

const startedFrom = (entry: string) => startDemo(fleet, {entry, env, clock: systemClock});

describe('the simulated control plane of a demo', () => {
  test('answers to its own random key, shows a budget, and is gone when told', async () => {
    const demo = await startedFrom('src/cli/main.ts');
    const list = (key: string) => fetch(new URL('/v1/sandboxes', demo.origin), {headers: {'x-api-key': key}});
    const answer = await list(demo.key.unwrap());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-ratelimit-limit')).toBe('600');
    expect((await list('hopx_live_guessed00000.x')).status).toBe(401);
    demo.end();
    demo.end();
    await vi.waitFor(() => expect(list('x')).rejects.toThrow(), {timeout: 10_000});
  });

  test('says why it did not start, in its own words', async () => {
    const entry = join(folderWith({'broken.mjs': 'console.error("hopx-top: no room"); process.exit(1)'}), 'broken.mjs');
    await expect(startedFrom(entry)).rejects.toMatchObject({
      exit: 'general',
      message: 'the simulated control plane did not start: no room',
    });
  });

  test('or that it ended without a word', async () => {
    const entry = join(folderWith({'empty.mjs': ''}), 'empty.mjs');
    await expect(startedFrom(entry)).rejects.toThrow('the simulated control plane did not start: it ended with code 0');
  });
});
