import type {HeapAt} from './heap.ts';
import type {FramesOf} from './measureFrames.ts';
import type {MemoryOf} from './memory.ts';
import type {ReduceRate} from './reduceRate.ts';
import type {SimulatorCost} from './simulatorCost.ts';
import {formatMebibytes, formatNumber, formatTable} from './table.ts';

/** What one writer did; the first is the product's. */
export type WriterFrames = {readonly writer: string; readonly workloads: readonly FramesOf[]};

export const reduceTable = (fleets: readonly number[], rates: readonly ReduceRate[]): string =>
  formatTable(
    ['events/s of CPU time, fleet of', ...fleets.map((count) => formatNumber(count)), 'cost, last/first'],
    rates.map(({kind, perSecond, costRatio}) => [
      kind,
      ...perSecond.map((rate) => formatNumber(rate)),
      formatNumber(costRatio, 2),
    ]),
  );

/** Bytes and CPU time of a frame: a column for each writer that has any, then what the ideal writer needs. */
export function framesTable(writers: readonly WriterFrames[]): string {
  const names = writers.map(({writer}) => writer);
  const drawing = writers.filter(({workloads}) => workloads.some(({idealBytes}) => idealBytes > 0));
  const bytes = formatTable(
    ['bytes a frame', ...drawing.map(({writer}) => writer), 'ideal', `${drawing[0]?.writer} / ideal`],
    byWorkload(drawing, (each) => [
      ...each.map((frames) => formatNumber(frames.bytes)),
      formatNumber(each[0]?.idealBytes ?? 0),
      ratioText(each[0]),
    ]),
  );
  const cpu = formatTable(
    ['CPU ms a frame', ...names],
    byWorkload(writers, (each) => each.map(({cpuMs}) => formatNumber(cpuMs, 2))),
  );
  return [bytes, cpu, ...strayScreens(drawing)].join('\n\n');
}

const ratioText = (frames: FramesOf | undefined): string =>
  frames && frames.idealBytes > 0 ? formatNumber(frames.bytes / frames.idealBytes, 2) : '-';

const byWorkload = (
  writers: readonly WriterFrames[],
  cells: (frames: readonly FramesOf[]) => readonly string[],
): readonly (readonly string[])[] =>
  (writers[0]?.workloads ?? []).map(({workload}, index) => [
    workload,
    ...cells(writers.flatMap(({workloads}) => workloads[index] ?? [])),
  ]);

/** All writers are given the same frames; one that shows something else is not comparable, and wrong. */
function strayScreens(writers: readonly WriterFrames[]): readonly string[] {
  const [reference, ...others] = writers;
  return others.flatMap(({writer, workloads}) =>
    workloads.flatMap(({workload, screens}, index) => {
      const expected = reference?.workloads[index]?.screens ?? [];
      const stray = screens.filter((screen, turn) => screen !== expected[turn]).length;
      return stray > 0 ? [`${workload}: ${stray} screens of ${writer} are not those of ${reference?.writer}`] : [];
    }),
  );
}

export const memoryTable = (measured: readonly MemoryOf[]): string =>
  formatTable(
    ['the program in a pty', 'RSS MiB', 'CPU %'],
    measured.map(({sandboxes, churn, rssBytes, cpuPercent}) => [
      `${formatNumber(sandboxes)} sandboxes${churn === undefined ? '' : `, ${churn} events/s`}`,
      formatMebibytes(rssBytes),
      formatNumber(cpuPercent, 1),
    ]),
  );

export const heapTable = (looks: readonly HeapAt[]): string =>
  formatTable(
    ['frames of new words', ...looks.map(({frames}) => formatNumber(frames)), 'bytes a frame'],
    [['live heap MiB', ...looks.map(({heapBytes}) => formatMebibytes(heapBytes)), formatNumber(growth(looks))]],
  );

export const simulatorTable = (costs: readonly SimulatorCost[]): string =>
  formatTable(
    ['CPU ms of the simulator', 'to start', 'create, extend, delete one'],
    costs.map(({sandboxes, startMs, actMs}) => [
      `${formatNumber(sandboxes)} sandboxes`,
      formatNumber(startMs),
      formatNumber(actMs, 2),
    ]),
  );

/** Bytes that a frame leaves behind, from the first look to the last. */
export function growth(looks: readonly HeapAt[]): number {
  const [first, last] = [looks[0], looks.at(-1)];
  return first && last && last !== first ? (last.heapBytes - first.heapBytes) / (last.frames - first.frames) : 0;
}
