import {expect, test} from 'vitest';
import {readPs, usageOf} from '../../bench/usage.ts';

test('what this process uses is what it says of itself', async () => {
  const {rssBytes, cpuSeconds} = await usageOf(process.pid);
  const own = process.memoryUsage().rss;
  expect(rssBytes).toBeGreaterThan(own / 2);
  expect(rssBytes).toBeLessThan(own * 2);
  const {user, system} = process.cpuUsage();
  expect(Math.abs(cpuSeconds - (user + system) / 1e6)).toBeLessThan(2);
});

test('a process that is not there has no usage', async () => {
  await expect(usageOf(2 ** 22 + 1)).rejects.toThrow();
});

test.each([
  [' 98340 00:00:10\n', {rssBytes: 98_340 * 1024, cpuSeconds: 10}],
  ['  5120   0:01.50\n', {rssBytes: 5120 * 1024, cpuSeconds: 1.5}],
  ['1 2-03:04:05', {rssBytes: 1024, cpuSeconds: 2 * 86_400 + 3 * 3600 + 4 * 60 + 5}],
])('of `ps` %j is read', (line, usage) => {
  expect(readPs(line)).toEqual(usage);
});
