import {expect, test} from 'vitest';
import {PROGRAM, startSimulator} from '../support/program.ts';
import {KEY, runInTerminal} from '../support/terminal.ts';

/** Node itself has about 25 open. */
const FILES = 48;

test('with few files to open the fleet is LIVE, fewer are sampled, and the log says why', async () => {
  await using simulator = await startSimulator({sandboxes: 60, seed: 7, quiet: true, metricsInterval: 500});
  const watching = [process.execPath, PROGRAM, `--base-url=${simulator.url}`, '--metrics=64'];
  await using app = runInTerminal('sh', ['-c', `ulimit -n ${FILES} && exec "$@"`, 'sh', ...watching], {
    columns: 140,
    rows: 60,
    env: {HOPX_API_KEY: KEY},
  });
  await app.waitFor(/LIVE/);
  await app.waitFor(/ [1-9]\d* of \d+ sampled/);
  app.press('4');
  await app.waitFor(
    /metrics +\d+ metric streams? at most: too many open files: raise `ulimit -n` or watch fewer metrics/,
  );
  expect(app.text()).toContain('LIVE');
  app.press('escape');
  await app.waitFor('sort EXPIRES');
  expect((await app.quit()).code).toBe(0);
});
