import type {HeapAt} from './heap.ts';
import type {FramesOf} from './measureFrames.ts';
import {measureMemory} from './memory.ts';
import {createMeasurer, type Measurer} from './processes.ts';
import {FLEETS, type ReduceRate} from './reduceRate.ts';
import {framesTable, growth, heapTable, memoryTable, reduceTable, simulatorTable, type WriterFrames} from './report.ts';
import type {SimulatorCost} from './simulatorCost.ts';
import type {WriterName} from './writers.tsx';

/**
 * `npm run bench -- [--json] [NAME...]`: measures what is named, or everything, and prints tables, or one JSON object.
 * CONTRIBUTING.md has the method.
 */
type Measured = {readonly json: object; readonly text: string};

/** The first is the product's own. */
const WRITERS: readonly WriterName[] = ['grid', 'ink', 'painters alone'];

async function measureWriters({measure}: Measurer): Promise<readonly WriterFrames[]> {
  const measured: WriterFrames[] = [];
  for (const writer of WRITERS)
    measured.push({writer, workloads: await measure<readonly FramesOf[]>('frames', writer)});
  return measured;
}

const withoutScreens = ({writer, workloads}: WriterFrames) => ({
  writer,
  workloads: workloads.map(({screens: _, ...figures}) => figures),
});

const measurements: Readonly<Record<string, (measurer: Measurer) => Promise<Measured>>> = {
  async reduce({measure}) {
    const rates = await measure<readonly ReduceRate[]>('reduce');
    return {json: {fleets: FLEETS, rates}, text: reduceTable(FLEETS, rates)};
  },
  async frames(measurer) {
    const writers = await measureWriters(measurer);
    return {json: writers.map(withoutScreens), text: framesTable(writers)};
  },
  async memory() {
    const measured = await measureMemory();
    return {json: measured, text: memoryTable(measured)};
  },
  async heap({measure}) {
    const looks = await measure<readonly HeapAt[]>('heap', WRITERS[0] ?? '');
    return {json: {looks, growthBytesPerFrame: growth(looks)}, text: heapTable(looks)};
  },
  async simulator({measure}) {
    const costs = await measure<readonly SimulatorCost[]>('simulator');
    return {json: costs, text: simulatorTable(costs)};
  },
};

const words = process.argv.slice(2);
const asJson = words.includes('--json');
const names = words.filter((word) => word !== '--json');
const unknown = names.find((name) => !Object.hasOwn(measurements, name));
if (unknown !== undefined) throw new Error(`${unknown} is none of ${Object.keys(measurements).join(', ')}`);

await using measurer = await createMeasurer();
const results: Record<string, object> = {};
for (const [name, measure] of Object.entries(measurements)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const beganAt = performance.now();
  const {json, text} = await measure(measurer);
  process.stderr.write(`${name}: ${((performance.now() - beganAt) / 1000).toFixed(0)} s\n`);
  results[name] = json;
  if (!asJson) console.log(`\n${text}`);
}
if (asJson) console.log(JSON.stringify({node: process.version, ...results}));
