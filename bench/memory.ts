import {setTimeout} from 'node:timers/promises';
import {startSimulator} from '../test/support/program.ts';
import {startWatching} from '../test/support/terminal.ts';
import {SIZE} from './fleet.ts';
import {usageOf} from './usage.ts';

/** From when the screen is live. CPU is that of the second half, memory that at the end. */
const HALF_MS = 5000;
const START_MS = 30_000;

const cases = [{sandboxes: 1000}, {sandboxes: 10_000}, {sandboxes: 10_000, churn: 200}] as const;

export type MemoryOf = {
  readonly sandboxes: number;
  /** Lifecycle events a second; undefined: as few as a demo has. */
  readonly churn: number | undefined;
  readonly rssBytes: number;
  /** Of one core. */
  readonly cpuPercent: number;
};

/** The program as users run it, in a pty, against a control plane in a process of its own. */
export async function measureMemory(): Promise<readonly MemoryOf[]> {
  const measured: MemoryOf[] = [];
  for (const fleet of cases) measured.push(await measureOne(fleet));
  return measured;
}

async function measureOne({sandboxes, churn}: {sandboxes: number; churn?: number}): Promise<MemoryOf> {
  await using simulator = await startSimulator({
    sandboxes,
    seed: 7,
    metricsInterval: 1000,
    ...(churn === undefined ? {} : {churn}),
  });
  await using app = startWatching(simulator.url, ['--metrics=64'], SIZE);
  await app.waitFor('LIVE', START_MS);
  await setTimeout(HALF_MS);
  const before = await usageOf(app.pid);
  const beganAt = performance.now();
  await setTimeout(HALF_MS);
  const after = await usageOf(app.pid);
  const seconds = (performance.now() - beganAt) / 1000;
  const cpuPercent = ((after.cpuSeconds - before.cpuSeconds) * 100) / seconds;
  return {sandboxes, churn, rssBytes: after.rssBytes, cpuPercent};
}
