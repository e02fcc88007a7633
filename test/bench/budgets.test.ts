import {describe, expect, test} from 'vitest';
import {fleetState} from '../../bench/fleet.ts';
import {measureWorkload} from '../../bench/measureFrames.ts';
import {FLEET, workloads} from '../../bench/workloads.ts';
import type {WriterName} from '../../bench/writers.tsx';

/** Bytes a frame in 120x40 with 10,000 sandboxes, by arithmetic: the same frames give the same bytes everywhere. */
const mostBytes: Readonly<Record<string, number>> = {
  '500 samples/s on visible rows': 750,
  '500 samples/s over the fleet': 120,
  'charts of one sandbox': 180,
  scrolling: 800,
  nothing: 0,
};

const MOST_RATIO = 1.2;

const fleet = fleetState(FLEET);

describe.each(workloads.map((workload) => [workload.name, {...workload, warmUp: 2, turns: 20}] as const))(
  'under %s',
  (name, workload) => {
    const measure = (writer: WriterName) => measureWorkload(workload, writer, fleet);
    let measured: ReturnType<typeof measure> | undefined;
    const onGrid = () => {
      measured ??= measure('grid');
      return measured;
    };

    test('a frame costs few bytes, and hardly more than it must', async () => {
      const {bytes, idealBytes} = await onGrid();
      expect(bytes).toBeLessThanOrEqual(mostBytes[name] ?? 0);
      expect(bytes).toBeLessThanOrEqual(MOST_RATIO * idealBytes);
    });

    test("the terminal shows what it shows with Ink's own writer", async () => {
      const [grid, ink] = [await onGrid(), await measure('ink')];
      expect(grid.screens).toHaveLength(workload.turns);
      expect(grid.screens).toEqual(ink.screens);
    });
  },
);

test('the same bytes every time', async () => {
  const [scrolling] = workloads.filter(({name}) => name === 'scrolling');
  const short = {...scrolling, warmUp: 0, turns: 10} as NonNullable<typeof scrolling>;
  const [once, again] = [await measureWorkload(short, 'grid', fleet), await measureWorkload(short, 'grid', fleet)];
  expect(once.bytes).toBeGreaterThan(0);
  expect(again.bytes).toBe(once.bytes);
});
