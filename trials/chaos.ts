import {setTimeout as pause} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {usageOf} from '../bench/usage.ts';
import {type FaultName, faultNames, readFault} from '../src/simulator/faults.ts';
import {createRandom} from '../src/simulator/random.ts';
import {stir, watch, wronglyDead} from '../test/faults/watching.ts';
import {cursorId} from '../test/support/listScreen.ts';
import {startSimulator} from '../test/support/program.ts';
import {startWatching, type Terminal} from '../test/support/terminal.ts';

/**
 * `npm run chaos`: rows of the fault matrix that take minutes or a program of their own; a line each, code 1 when one
 * fails. CONTRIBUTING.md has the method. `--only 27,55` and `--seeds N` make it shorter.
 */
const {values} = parseArgs({options: {only: {type: 'string'}, seeds: {type: 'string', default: '40'}}});

type Verdict = {readonly says: string; readonly isWell: boolean};

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

/** What a seed breaks: so many faults, each for some seconds, overlapping as chance has it. */
function schedule(seed: number): readonly string[] {
  const random = createRandom(`chaos ${seed}`);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.next() * from.length)] as T;
  // A revoked key and a server that answers for good that it has none are ends, not faults.
  const healing = faultNames.filter((name) => !['key-revoked', 'no-content', 'long-ids'].includes(name));
  return Array.from({length: 3}, () => {
    const name: FaultName = pick(healing);
    return `${name}:after=${Math.floor(random.next() * 20)}:for=${5 + Math.floor(random.next() * 20)}`;
  });
}

/** Row 55: three faults at a time while others work; soon after the last the screen is the server's truth. */
async function everything(): Promise<Verdict> {
  const broken: string[] = [];
  const seeds = Number(values.seeds);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const texts = schedule(seed);
    const faults = texts.map((text) => {
      const read = readFault(text);
      if (!('wish' in read)) throw new Error(text);
      return read.wish;
    });
    await using watching = await watch({faults, sandboxes: 24});
    const dead: string[] = [];
    const look = () => dead.push(...wronglyDead(watching.state(), watching.world));
    await stir(watching, 45, look);
    await watching.pass(130, {until: () => watching.wrong().length === 0, look});
    const wrong = [...watching.wrong(), ...dead.map((id) => `${id} was shown as gone`)];
    if (wrong.length > 0) broken.push(`seed ${seed} (${texts.join(' ')}): ${wrong.slice(0, 3).join('; ')}`);
  }
  return {says: broken.length === 0 ? `${seeds} seeds` : broken.join('\n    '), isWell: broken.length === 0};
}

const rows: readonly {readonly row: number; readonly name: string; readonly run: () => Promise<Verdict>}[] = [
  {row: 27, name: 'a byte a second', run: drip},
  {row: 28, name: '5,000 events a second', run: flood},
  {row: 30, name: '100 creates and 100 deletes a second', run: churn},
  {row: 54, name: 'a heap of 96 MiB', run: pressure},
  {row: 55, name: 'faults by chance, three at a time', run: everything},
];

const only = values.only?.split(',').map(Number);
for (const {row, name, run} of rows) {
  if (only && !only.includes(row)) continue;
  const {says, isWell} = await run().catch((error: unknown) => ({says: String(error), isWell: false}));
  process.stdout.write(`${isWell ? 'ok' : '!!'}  ${row}  ${name}: ${says}\n`);
  if (!isWell) process.exitCode = 1;
}
