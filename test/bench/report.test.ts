import {describe, expect, test} from 'vitest';
import type {FramesOf} from '../../bench/measureFrames.ts';
import {framesTable, growth, heapTable, memoryTable, reduceTable, type WriterFrames} from '../../bench/report.ts';

const frames = (over: Partial<FramesOf> = {}): FramesOf => ({
  workload: 'scrolling',
  cpuMs: 1.5,
  bytes: 1200,
  idealBytes: 1000,
  screens: ['a', 'b'],
  ...over,
});

const writer = (name: string, ...workloads: readonly Partial<FramesOf>[]): WriterFrames => ({
  writer: name,
  workloads: workloads.map(frames),
});

describe('frames', () => {
  test('bytes beside those of the ideal, and CPU time; who draws nothing has no bytes', () => {
    const alone = writer('painters alone', {bytes: 0, idealBytes: 0, cpuMs: 0.25}, {bytes: 0, idealBytes: 0});
    const grid = writer('grid', {}, {workload: 'nothing', bytes: 0, idealBytes: 0, cpuMs: 0});
    const ink = writer('ink', {bytes: 9520, cpuMs: 16.3}, {workload: 'nothing', bytes: 95, idealBytes: 0});
    expect(framesTable([grid, ink, alone])).toMatchInlineSnapshot(`
      "bytes a frame   grid    ink  ideal  grid / ideal
      -------------  -----  -----  -----  ------------
      scrolling      1,200  9,520  1,000          1.20
      nothing            0     95      0             -

      CPU ms a frame  grid    ink  painters alone
      --------------  ----  -----  --------------
      scrolling       1.50  16.30            0.25
      nothing         0.00   1.50            1.50"
    `);
  });

  test('a writer that shows other screens is told', () => {
    const text = framesTable([writer('grid', {}), writer('ink', {screens: ['a', 'c']})]);
    expect(text).toContain('scrolling: 1 screens of ink are not those of grid');
  });
});

test('events a second for each fleet', () => {
  const rates = [{kind: 'mixed', perSecond: [82_857, 56_565], costRatio: 1.4648}];
  expect(reduceTable([100, 100_000], rates)).toMatchInlineSnapshot(`
    "events/s of CPU time, fleet of     100  100,000  cost, last/first
    ------------------------------  ------  -------  ----------------
    mixed                           82,857   56,565              1.46"
  `);
});

test('memory and CPU of the program', () => {
  const measured = [
    {sandboxes: 1000, churn: undefined, rssBytes: 100 * 2 ** 20, cpuPercent: 1},
    {sandboxes: 10_000, churn: 200, rssBytes: 130.5 * 2 ** 20, cpuPercent: 3.21},
  ];
  expect(memoryTable(measured)).toMatchInlineSnapshot(`
    "the program in a pty            RSS MiB  CPU %
    ------------------------------  -------  -----
    1,000 sandboxes                   100.0    1.0
    10,000 sandboxes, 200 events/s    130.5    3.2"
  `);
});

test('what the heap keeps of a frame, from the first look to the last', () => {
  const looks = [
    {frames: 1000, heapBytes: 20 * 2 ** 20},
    {frames: 4000, heapBytes: 30 * 2 ** 20},
    {frames: 10_000, heapBytes: 20 * 2 ** 20 + 45_000},
  ];
  expect(growth(looks)).toBe(5);
  expect(heapTable(looks)).toMatchInlineSnapshot(`
    "frames of new words  1,000  4,000  10,000  bytes a frame
    -------------------  -----  -----  ------  -------------
    live heap MiB         20.0   30.0    20.0              5"
  `);
});
