import {measureHeap} from './heap.ts';
import {measureFrames} from './measureFrames.ts';
import {measureReduce} from './reduceRate.ts';
import {measureSimulator} from './simulatorCost.ts';
import {writers} from './writers.tsx';

/** What is measured in a process of its own: nothing is warm, or in the heap, because of something else. */
const measurements = {
  reduce: async () => measureReduce(),
  frames: measureFrames,
  heap: measureHeap,
  simulator: async () => measureSimulator(),
} as const;

const isOneOf = <T extends object>(name: string, table: T): name is string & keyof T => Object.hasOwn(table, name);

const [, , what = '', writer = 'ink'] = process.argv;
if (!isOneOf(what, measurements) || !isOneOf(writer, writers)) throw new Error(`what is ${what} ${writer}?`);
process.stdout.write(JSON.stringify(await measurements[what](writer)));
