import {expect, test} from 'vitest';
import {decodeSample} from '../../src/api/decodeMetrics.ts';

const sample = (body: unknown) => decodeSample(JSON.stringify(body), 77);
const MEBI = 2 ** 20;

test('the documented stream: four counters, and nothing made up', () => {
  const told = sample({uptime_seconds: 3600.5, total_executions: 40, active_executions: 0, error_count: 2});
  expect(told).toMatchObject({at: 77, uptimeSeconds: 3600.5, totalExecutions: 40, activeExecutions: 0, errorCount: 2});
  expect(told?.cpuPercent).toBeUndefined();
  expect(told?.memoryPercent).toBeUndefined();
});

test.each([
  ['the SDK’s', {system: {cpu: {usage_percent: 12.5, cores: 2}}}],
  ['nested', {cpu: {usage_percent: 12.5}}],
  ['flat', {cpu_percent: 12.5}],
  ['the cookbook’s', {cpu_usage_percent: 12.5}],
  ['short', {cpu_usage: 12.5}],
  ['shortest', {cpu: 12.5}],
  ['wrapped', {data: {cpu: 12.5}}],
  ['wrapped twice', {type: 'metrics', data: {metrics: {cpu: 12.5}}}],
])('CPU, %s spelling', (_name, body) => {
  expect(sample(body)?.cpuPercent).toBe(12.5);
});

test.each([
  ['percent', {memory_percent: 25}, 25, undefined],
  ['a pair in bytes', {memory: {used: 512 * MEBI, total: 2048 * MEBI}}, 25, 512 * MEBI],
  ['a pair in MiB', {memory_used_mb: 512, memory_total_mb: 2048}, 25, 512 * MEBI],
  ['used against resources', {memory_mb: 512, resources: {memory_mb: 2048}}, 25, 512 * MEBI],
  ['used of nothing', {memory: {used: 5, total: 0}}, undefined, 5],
])('memory as %s', (_name, body, percent, used) => {
  expect(sample(body)?.memoryPercent).toBe(percent);
  expect(sample(body)?.memoryUsedBytes).toBe(used);
});

test('disk from a pair', () => {
  expect(sample({system: {disk: {used: 1, total: 4}}})).toMatchObject({
    diskPercent: 25,
    diskUsedBytes: 1,
    diskTotalBytes: 4,
  });
});

test('a counter that is a map is summed; what is no number in it does not count', () => {
  const body = JSON.parse('{"requests_total":{"/run":3,"/files":4,"x":"y","__proto__":100},"total_errors":1}');
  expect(sample(body)).toMatchObject({requestsTotal: 107, errorCount: 1});
  expect(sample({requests_total: {}})).toBeUndefined();
});

test.each([
  '{}',
  '[]',
  'null',
  'ping',
  '',
  '{"cpu":"12"}',
  '{"cpu":1e999}',
  '{"cpu":-1}',
  '{"cpu":null,"uptime_seconds":null}',
  '{"data":{"data":{"data":{"cpu":1}}}}',
])('%s holds no figure', (data) => {
  expect(decodeSample(data, 1)).toBeUndefined();
});

test('a figure no machine can have is not shown as one', () => {
  const told = {system: {cpu: {usage_percent: 1e308}, memory: {usage_percent: 1e30}, disk: {usage_percent: 99}}};
  expect(decodeSample(JSON.stringify(told), 0)).toMatchObject({
    cpuPercent: undefined,
    memoryPercent: undefined,
    diskPercent: 99,
  });
});
