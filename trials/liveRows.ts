import {setTimeout as pause} from 'node:timers/promises';
import {usageOf} from '../bench/usage.ts';
import {cursorId} from '../test/support/listScreen.ts';
import {startSimulator} from '../test/support/program.ts';
import {startWatching, type Terminal} from '../test/support/terminal.ts';

export type Verdict = {readonly says: string; readonly isWell: boolean};

const SIZE = {columns: 120, rows: 40} as const;
/** The list alone, without borders. */
const LIST_SIZE = {columns: 80, rows: 40} as const;
const START_MS = 30_000;

/** CPU in percent of one core, and MiB at the end. */
async function used(pid: number, ms: number): Promise<{readonly cpuPercent: number; readonly rssMiB: number}> {
  const before = await usageOf(pid);
  await pause(ms);
  const after = await usageOf(pid);
  return {cpuPercent: ((after.cpuSeconds - before.cpuSeconds) * 100_000) / ms, rssMiB: after.rssBytes / 2 ** 20};
}

/** From a key until the cursor is seen on another sandbox, in milliseconds, sorted; a key each 200 ms. Down: at the top nothing is above. */
async function keyTimes(app: Terminal, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const before = cursorId(app);
    const pressedAt = performance.now();
    app.press('j');
    while (cursorId(app) === before) await pause(1);
    times.push(performance.now() - pressedAt);
    await pause(200);
  }
  return times.toSorted((a, b) => a - b);
}

/** Row 3: the server stands still with every connection open. Said within a minute, healed 20 s after it goes on. */
async function halfOpen(): Promise<Verdict> {
  await using simulator = await startSimulator({sandboxes: 50, seed: 7});
  await using app = startWatching(simulator.url, ['--metrics=0'], SIZE);
  await app.waitFor(/ LIVE/, START_MS);
  // A heartbeat or two, so that a silence is one.
  await pause(35_000);
  const stoppedAt = performance.now();
  simulator.signal('SIGSTOP');
  await app.waitFor(/SLOW|STALE|OFFLINE/, 60_000);
  const seenMs = performance.now() - stoppedAt;
  await app.waitFor(/STALE|OFFLINE/, 90_000);
  const staleMs = performance.now() - stoppedAt;
  simulator.signal('SIGCONT');
  const goneOnAt = performance.now();
  await app.waitFor(/ LIVE/, 40_000);
  const healedMs = performance.now() - goneOnAt;
  const says = `not LIVE after ${seconds(seenMs)}, STALE after ${seconds(staleMs)}, LIVE ${seconds(healedMs)} after it went on`;
  return {says, isWell: seenMs <= 60_000 && healedMs <= 20_000};
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;

/** Row 27: a stream that drips a byte a second stays open, and costs nothing. */
async function drip(): Promise<Verdict> {
  await using simulator = await startSimulator({sandboxes: 50, seed: 7, quiet: true, fault: 'drip=1:after=3'});
  await using app = startWatching(simulator.url, ['--metrics=0'], SIZE);
  await app.waitFor('LIVE', START_MS);
  await pause(5_000);
  const {cpuPercent} = await used(app.pid, 30_000);
  const isLive = app.text().includes('LIVE');
  return {says: `${cpuPercent.toFixed(2)} % CPU, ${isLive ? 'LIVE' : 'not LIVE'}`, isWell: isLive && cpuPercent < 1};
}

/** Row 28: thousands of events a second for ten seconds, and keys answer all the while. */
async function flood(): Promise<Verdict> {
  await using simulator = await startSimulator({sandboxes: 2_000, seed: 7, churn: 5_000});
  await using app = startWatching(simulator.url, ['--metrics=0', '--sort=id'], LIST_SIZE);
  await app.waitFor(/> \w+/, START_MS);
  const times = await keyTimes(app, 40);
  const [p50, slowest] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
  return {
    says: `a key is seen after ${p50.toFixed(0)} ms, the slowest of 40 after ${slowest.toFixed(0)}`,
    isWell: slowest <= 150,
  };
}

/** Row 29, ten times over: a list of 100,000. */
async function hundredThousand(): Promise<Verdict> {
  await using simulator = await startSimulator({sandboxes: 100_000, seed: 7});
  const startedAt = performance.now();
  await using app = startWatching(simulator.url, ['--metrics=0', '--sort=id'], LIST_SIZE);
  await app.waitFor(/ (99|100),\d{3} sandboxes/, 120_000);
  const readMs = performance.now() - startedAt;
  const times = await keyTimes(app, 20);
  const {rssMiB} = await used(app.pid, 1_000);
  const [p50, slowest] = [times[Math.floor(times.length / 2)] ?? 0, times.at(-1) ?? 0];
  const says = `read after ${seconds(readMs)}, a key is seen after ${p50.toFixed(0)} ms, the slowest of 20 after ${slowest.toFixed(0)}, ${rssMiB.toFixed(0)} MiB`;
  return {says, isWell: slowest <= 150};
}

/** Row 39: the terminal hangs up, twenty times; nobody is left after two seconds. */
async function hangUps(): Promise<Verdict> {
  await using simulator = await startSimulator({sandboxes: 50, seed: 7});
  const left: number[] = [];
  const signals = new Set<string>();
  for (let turn = 0; turn < 20; turn += 1) {
    const app = startWatching(simulator.url, [], SIZE);
    // Also while it starts.
    if (turn % 4 !== 0) await app.waitFor(/ LIVE/, START_MS);
    else await pause(turn * 20);
    app.hangUp();
    const exit = await app.exit(2_000).catch(() => undefined);
    if (exit) signals.add(exit.signal ?? String(exit.code));
    else left.push(app.pid);
    await app[Symbol.asyncDispose]();
  }
  return {says: `${left.length} of 20 were left; ended by ${[...signals].join(', ')}`, isWell: left.length === 0};
}

/** Row 30: creates and deletes at 100 a second each. Two minutes, not an hour: tombstones are full after four seconds. */
async function churn(): Promise<Verdict> {
  await using simulator = await startSimulator({sandboxes: 1_000, seed: 7, churn: 200});
  await using app = startWatching(simulator.url, ['--metrics=0'], SIZE);
  await app.waitFor(/> \w+/, START_MS);
  await pause(60_000);
  const first = (await usageOf(app.pid)).rssBytes / 2 ** 20;
  const {rssMiB, cpuPercent} = await used(app.pid, 60_000);
  const says = `${first.toFixed(0)} MiB after a minute, ${rssMiB.toFixed(0)} after two, ${cpuPercent.toFixed(1)} % CPU`;
  return {says, isWell: rssMiB < first * 1.15};
}

/** Row 54: a heap of 96 MiB is enough for 1,000 sandboxes. A minute, not half an hour. */
async function pressure(): Promise<Verdict> {
  await using simulator = await startSimulator({sandboxes: 1_000, seed: 7, churn: 20, metricsInterval: 1_000});
  const env = {NODE_OPTIONS: '--max-old-space-size=96'};
  await using app = startWatching(simulator.url, ['--metrics=64'], {...LIST_SIZE, env});
  await app.waitFor('LIVE', START_MS);
  const {rssMiB} = await used(app.pid, 60_000);
  const isLive = app.text().includes('LIVE');
  const slowest = (await keyTimes(app, 10)).at(-1) ?? Number.POSITIVE_INFINITY;
  const exit = await app.quit();
  const says = `${rssMiB.toFixed(0)} MiB after a minute, ${isLive ? 'LIVE' : 'not LIVE'}, the slowest of 10 keys ${slowest.toFixed(0)} ms`;
  return {says: `${says}, left with ${exit.code}`, isWell: isLive && slowest <= 150 && exit.code === 0};
}

export const liveRows: readonly {readonly row: number; readonly name: string; readonly run: () => Promise<Verdict>}[] =
  [
    {row: 3, name: 'a server that stands still', run: halfOpen},
    {row: 27, name: 'a byte a second', run: drip},
    {row: 28, name: '5,000 events a second', run: flood},
    {row: 29, name: '100,000 sandboxes', run: hundredThousand},
    {row: 30, name: '100 creates and 100 deletes a second', run: churn},
    {row: 39, name: 'the terminal hangs up', run: hangUps},
    {row: 54, name: 'a heap of 96 MiB', run: pressure},
  ];
