import {expect, test} from 'vitest';
import type {MetricsBody} from '../../src/contract/streams.ts';
import type {Sandbox} from '../../src/simulator/sandbox.ts';
import {sampleOf, type Workload, workloads} from '../../src/simulator/workload.ts';
import {T0} from './support.ts';

const HOUR = 3600;

function machine(workload: Workload, salt: number): Sandbox {
  return {
    id: '1763884800abcdefgh',
    number: 1,
    status: 'running',
    template: {default_resources: {vcpu: 2, memory_mb: 4096, disk_gb: 20}} as Sandbox['template'],
    region: 'us-east',
    nodeId: 'node_1',
    publicHost: '',
    internetAccess: true,
    changedAt: 0,
    createdAt: T0,
    timeoutSeconds: null,
    expiresAt: null,
    bootedAt: T0,
    stoodAtMs: 0,
    workload: workload.name,
    salt,
    touched: false,
    tokens: 0,
    tokenIssuedAt: 0,
  };
}

/** Samples every two seconds of the first `seconds`. */
const samples = (workload: Workload, salt: number, seconds: number) =>
  Array.from({length: seconds / 2}, (_, at) => sampleOf(machine(workload, salt), T0 + at * 2000));

/** What is wrong with a sample, given the one before it. */
function mistakes(sample: MetricsBody, before: MetricsBody): readonly string[] {
  const {cpu, memory, disk} = sample.system ?? {};
  const shares = [cpu, memory, disk].map((part) => part?.usage_percent ?? -1);
  const counters = [sample.total_executions, sample.error_count, sample.active_executions];
  const isAnew = sample.uptime_seconds < before.uptime_seconds;
  const hasFallen = sample.total_executions < before.total_executions || sample.error_count < before.error_count;
  const wrong: readonly (readonly [string, boolean])[] = [
    ['a share out of bounds', shares.some((share) => share < 0 || share > 100)],
    ['used and free are not the total', (memory?.used ?? 0) + (memory?.free ?? 0) !== memory?.total],
    ['a broken counter', !counters.every((counter) => Number.isInteger(counter) && counter >= 0)],
    ['a counter that fell', hasFallen && !isAnew],
  ];
  return wrong.filter(([, is]) => is).map(([name]) => `${name}: ${JSON.stringify(sample)}`);
}

test.each(workloads)(
  '$name: whole amounts, shares within their bounds, counters that only a restart sets back',
  (workload) => {
    for (const salt of [1, 99, 123_456]) {
      const seen = samples(workload, salt, 2 * HOUR);
      expect(seen.flatMap((sample, at) => mistakes(sample, seen[at - 1] ?? sample))).toEqual([]);
    }
  },
);

const cpu = (name: string, seconds: number) => {
  const workload = workloads.find((row) => row.name === name) ?? workloads[0];
  return samples(workload, 42, seconds).map(({system}) => system?.cpu.usage_percent ?? -1);
};
const memory = (name: string, at: number) => {
  const workload = workloads.find((row) => row.name === name) ?? workloads[0];
  return sampleOf(machine(workload, 42), T0 + at * 1000).system?.memory.usage_percent ?? -1;
};

test('each does what its name says', () => {
  expect(Math.max(...cpu('idle', HOUR))).toBeLessThan(3);
  const steady = cpu('steady', HOUR);
  expect(Math.max(...steady) - Math.min(...steady)).toBeLessThan(30);
  const bursty = cpu('bursty', HOUR);
  expect(bursty.filter((percent) => percent > 80).length / bursty.length).toBeCloseTo(0.25, 1);
  expect(Math.min(...bursty)).toBeLessThan(10);
  expect(memory('leaking', 2600) - memory('leaking', 60)).toBeGreaterThan(60);
  expect(memory('leaking', 2760)).toBeLessThan(30);
});

test('a leaking agent that was killed begins its counters anew', () => {
  const leaking = workloads.find(({name}) => name === 'leaking') ?? workloads[0];
  const seen = samples(leaking, 42, 2 * HOUR).map(({total_executions}) => total_executions);
  expect(seen.filter((count, at) => count < (seen[at - 1] ?? 0))).toHaveLength(2);
});
