import {expect, test} from 'vitest';
import {createFleet} from '../../src/simulator/fleet.ts';
import type {Sandbox} from '../../src/simulator/sandbox.ts';
import {created, startPlane} from './support.ts';

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
