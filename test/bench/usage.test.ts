import {expect, test} from 'vitest';
import {usageFromPs, usageOf} from '../../bench/usage.ts';

test.each([
  ['this system', usageOf],
  ['ps', usageFromPs],
])('what this process uses is, by %s, what it says of itself', async (_, read) => {
  const {rssBytes, cpuSeconds} = await read(process.pid);
  const own = process.memoryUsage().rss;
  expect(rssBytes).toBeGreaterThan(own / 2);
  expect(rssBytes).toBeLessThan(own * 2);
  const {user, system} = process.cpuUsage();
  expect(Math.abs(cpuSeconds - (user + system) / 1e6)).toBeLessThan(2);
});

test('a process that is not there has no usage', async () => {
  await expect(usageOf(2 ** 22 + 1)).rejects.toThrow();
});
