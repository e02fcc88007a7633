import {expect, test} from 'vitest';
import {clampRetry, pauseMs, usualBackOff} from '../../src/api/backoff.ts';

const pause = (failures: number, told: {retryMs?: number; retryAfterMs?: number} = {}, random = 1) =>
  pauseMs({failures, retryMs: told.retryMs, retryAfterMs: told.retryAfterMs}, usualBackOff, () => random);

test('the ceiling doubles from one second to thirty', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 2000].map((failures) => pause(failures))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ]);
});

test('full jitter: anything below the ceiling may come', () => {
  expect(pause(4, {}, 0)).toBe(0);
  expect(pause(4, {}, 0.25)).toBe(2000);
});

test('the server’s own figure is the least, with a little spread', () => {
  expect(pause(1, {retryMs: 3000}, 0)).toBe(3000);
  expect(pause(1, {retryMs: 3000}, 1)).toBe(3300);
  expect(pause(3, {retryMs: 3000}, 1)).toBe(12_000);
  expect(pause(9, {retryMs: 60_000}, 1)).toBe(61_000);
});

test('Retry-After is never undercut', () => {
  expect(pause(1, {retryAfterMs: 120_000}, 0)).toBe(120_000);
  expect(pause(1, {retryAfterMs: 120_000}, 1)).toBe(121_000);
  expect(pause(6, {retryAfterMs: 1000}, 1)).toBe(30_000);
});

test('`retry:` can neither storm nor silence', () => {
  expect([0, 250, 3000, 1e12, Number.POSITIVE_INFINITY].map(clampRetry)).toEqual([250, 250, 3000, 60_000, 60_000]);
});
