import {parseArgs} from 'node:util';
import {type FaultName, faultNames, readFault} from '../src/simulator/faults.ts';
import {createRandom} from '../src/simulator/random.ts';
import {stir, watch, wronglyDead} from '../test/faults/watching.ts';
import {liveRows, type Verdict} from './liveRows.ts';

/**
 * `npm run chaos`: rows of the fault matrix that take minutes or a program of their own; a line each, code 1 when one
 * fails. CONTRIBUTING.md has the method. `--only 27,55` and `--seeds N` make it shorter.
 */
const {values} = parseArgs({options: {only: {type: 'string'}, seeds: {type: 'string', default: '40'}}});

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

const rows = [...liveRows, {row: 55, name: 'faults by chance, three at a time', run: everything}];

const only = values.only?.split(',').map(Number);
for (const {row, name, run} of rows) {
  if (only && !only.includes(row)) continue;
  const {says, isWell} = await run().catch((error: unknown) => ({says: String(error), isWell: false}));
  process.stdout.write(`${isWell ? 'ok' : '!!'}  ${row}  ${name}: ${says}\n`);
  if (!isWell) process.exitCode = 1;
}
