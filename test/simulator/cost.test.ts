import {expect, test, vi} from 'vitest';
import {createFleet} from '../../src/simulator/fleet.ts';
import type {Sandbox} from '../../src/simulator/sandbox.ts';
import {created, startPlane} from './support.ts';

// Long enough for a machine that does other work: what is judged is a ratio, never a time.
vi.setConfig({testTimeout: 30_000});

/** The least of three, in µs of CPU time of this thread: the work, not what else the machine does. */
function fastest(run: () => void): number {
  const times = Array.from({length: 3}, () => {
    const begun = process.threadCpuUsage();
    run();
    const {user, system} = process.threadCpuUsage(begun);
    return user + system;
  });
  return Math.min(...times);
}

test('a fleet of ten thousand is there in about ten times the time of one thousand', () => {
  const start = (sandboxes: number) => fastest(() => startPlane({sandboxes}).plane.close());
  start(1000);
  // Quadratic work would be a hundred times.
  expect(start(10_000) / start(1000)).toBeLessThan(40);
});

test('an event costs the same among ten thousand as among a hundred', () => {
  const cost = (sandboxes: number) => {
    const plane = startPlane({sandboxes, quiet: true});
    const id = created(plane);
    return fastest(() => {
      for (let time = 0; time < 60; time += 1) {
        plane.ask('PUT', `/v1/sandboxes/${id}/timeout`, {body: {timeout_seconds: 600 + time}});
        plane.ask('DELETE', `/v1/sandboxes/${created(plane)}`);
      }
    });
  };
  cost(100);
  // Work that grows with the fleet would be a hundred times.
  expect(cost(10_000) / cost(100)).toBeLessThan(10);
});

test('a page looks at what it tells and at one row more', () => {
  const fleet = createFleet();
  for (let number = 1; number <= 10_000; number += 1) fleet.add({id: `sandbox_${number}`, number} as Sandbox);
  let looked = 0;
  const matches = () => {
    looked += 1;
    return true;
  };
  expect(fleet.page({limit: 100, before: 5000, matches}).next).toBe(4900);
  expect(looked).toBe(101);
});

test('deleted sandboxes leave nothing behind that waits', () => {
  const plane = startPlane({sandboxes: 0});
  const idle = plane.clock.waiting();
  for (let time = 0; time < 50; time += 1) {
    plane.ask('DELETE', `/v1/sandboxes/${created(plane, {timeout_seconds: 86_400})}`);
  }
  expect(plane.clock.waiting()).toBe(idle);
});
