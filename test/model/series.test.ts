import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ringSize} from '../../src/model/ring.ts';
import type {Sample} from '../../src/model/sample.ts';
import {
  buckets,
  COARSE_MS,
  closeSeries,
  executionsPerMinute,
  FINE_MS,
  openSeries,
  type Resolution,
  type Series,
  withSample,
} from '../../src/model/series.ts';
import {MINUTE, SECOND, sample, T0} from '../support/builders.ts';

/** A stream opened at T0, and one sample for each [seconds after T0, what it told]. */
const sampled = (...told: readonly (readonly [seconds: number, over: Partial<Sample>])[]): Series =>
  told.reduce(
    (series, [seconds, over]) => withSample(series, sample({...over, at: T0 + seconds * SECOND})),
    openSeries(T0),
  );

const everyTwoSeconds = (from: number, to: number, over: (seconds: number) => Partial<Sample>) =>
  Array.from({length: (to - from) / 2 + 1}, (_, index) => [from + 2 * index, over(from + 2 * index)] as const);

/** The chart's cells as a person reads them: a number, or ░ where nothing is known. */
const cpuCells = (series: Series, seconds: number, count = 6, resolution: Resolution = 'fine') =>
  buckets(series, resolution, T0 + seconds * SECOND, count)
    .map((bucket) => (bucket === undefined ? '░' : (bucket.cpuPercent ?? 'n/a')))
    .join(' ');

describe('a chart', () => {
  test('shows one cell for two seconds, the newest at the end', () => {
    const series = sampled(...everyTwoSeconds(0, 8, (seconds) => ({cpuPercent: 10 + seconds})));
    expect(cpuCells(series, 8)).toBe('░ 10 12 14 16 18');
  });

  test('moves only its last cell while a slot lasts', () => {
    const series = sampled([0, {cpuPercent: 10}], [2, {cpuPercent: 20}]);
    const later = withSample(series, sample({at: T0 + 2.5 * SECOND, cpuPercent: 35}));
    expect(cpuCells(series, 2)).toBe('░ ░ ░ ░ 10 20');
    expect(cpuCells(later, 2.5)).toBe('░ ░ ░ ░ 10 35');
    expect(cpuCells(later, 3.9)).toBe('░ ░ ░ ░ 10 35');
  });

  test('keeps the peak of a slot, in the coarse chart too', () => {
    const series = sampled(...everyTwoSeconds(0, 30, (seconds) => ({cpuPercent: seconds === 14 ? 96 : 5})), [
      31,
      {cpuPercent: 1},
    ]);
    expect(cpuCells(series, 31, 4, 'coarse')).toContain('96');
    expect(cpuCells(series, 31, 2)).toBe('5 5');
  });

  test('never draws through a gap', () => {
    const series = sampled([0, {cpuPercent: 10}], [2, {cpuPercent: 20}], [14, {cpuPercent: 30}]);
    expect(cpuCells(series, 14, 8)).toBe('10 20 ░ ░ ░ ░ ░ 30');
  });

  test('shows the gap of a stream that was lost, however short', () => {
    const before = sampled(...everyTwoSeconds(0, 6, () => ({cpuPercent: 10})));
    const again = openSeries(T0 + 9 * SECOND, closeSeries(before, T0 + 7 * SECOND));
    const after = withSample(again, sample({at: T0 + 10 * SECOND, cpuPercent: 40}));
    expect(cpuCells(after, 10)).toBe('10 10 10 10 ░ 40');
  });

  test('does not take the jitter of the network for a gap', () => {
    const series = sampled([0, {cpuPercent: 1}], [1.99, {cpuPercent: 2}], [4.01, {cpuPercent: 3}]);
    expect(cpuCells(series, 4.1, 3)).toBe('2 2 3');
  });

  test('of a server that sends every five seconds has no holes', () => {
    const series = sampled(...[0, 5, 10, 15, 20].map((seconds) => [seconds, {cpuPercent: seconds}] as const));
    expect(cpuCells(series, 20, 11)).toBe('0 0 5 5 5 10 10 15 15 15 20');
  });

  test('does not take one stall for a new rhythm, but learns a slower one', () => {
    const steady = everyTwoSeconds(0, 10, () => ({cpuPercent: 10}));
    const stalledTwice = sampled(...steady, [26, {cpuPercent: 20}], [42, {cpuPercent: 30}]);
    expect(cpuCells(stalledTwice, 42, 9)).toBe('20 ░ ░ ░ ░ ░ ░ ░ 30');
    const slowed = [20, 30, 40, 50, 60, 70, 80].map((seconds) => [seconds, {cpuPercent: seconds}] as const);
    expect(cpuCells(sampled(...steady, ...slowed), 80, 6)).toBe('70 70 70 70 70 80');
  });

  test('holds the last value until the next sample is overdue, then says that it knows nothing', () => {
    const series = sampled(...everyTwoSeconds(0, 6, () => ({cpuPercent: 10})));
    expect(cpuCells(series, 10, 4)).toBe('10 10 10 10');
    expect(cpuCells(series, 12, 4)).toBe('10 ░ ░ ░');
  });

  test('holds nothing once the stream is closed', () => {
    const series = closeSeries(sampled(...everyTwoSeconds(0, 6, () => ({cpuPercent: 10}))), T0 + 7 * SECOND);
    expect(cpuCells(series, 8, 3)).toBe('10 10 ░');
  });

  test('of a sandbox that sends counters only has no number, and no zero', () => {
    const series = sampled([0, {totalExecutions: 4}], [2, {totalExecutions: 5}]);
    expect(cpuCells(series, 2, 2)).toBe('n/a n/a');
    expect(buckets(series, 'fine', T0 + 2 * SECOND, 1)[0]).toMatchObject({
      totalExecutions: 5,
      memoryUsedBytes: undefined,
    });
  });

  test('keeps ten minutes of fine cells and an hour of coarse ones', () => {
    const series = sampled(...everyTwoSeconds(0, 3700, (seconds) => ({cpuPercent: seconds})));
    const now = T0 + 3700 * SECOND;
    expect([ringSize(series.fine), ringSize(series.coarse)]).toEqual([300, 300]);
    expect(buckets(series, 'fine', now, 300).every((bucket) => bucket !== undefined)).toBe(true);
    expect(buckets(series, 'coarse', now, 300).every((bucket) => bucket !== undefined)).toBe(true);
    expect(buckets(series, 'fine', now, 301)[0]).toBeUndefined();
  });
});

test('a sample that comes late is dropped', () => {
  const series = sampled([0, {cpuPercent: 10}], [4, {cpuPercent: 30}]);
  expect(withSample(series, sample({at: T0 + 2 * SECOND, cpuPercent: 99}))).toBe(series);
});

test('whatever comes when, a chart has its count of cells and slots that rise by one', () => {
  const gaps = fc.array(fc.integer({min: -3000, max: 30_000}), {maxLength: 80});
  fc.assert(
    fc.property(gaps, fc.integer({min: 0, max: 60_000}), fc.integer({min: 1, max: 320}), (steps, rest, count) => {
      let at = T0;
      let series = openSeries(T0);
      for (const step of steps) {
        at += step;
        series = withSample(series, sample({at, cpuPercent: 50}));
      }
      const now = (series.latest?.at ?? T0) + rest;
      for (const [resolution, width] of [
        ['fine', FINE_MS],
        ['coarse', COARSE_MS],
      ] as const) {
        const cells = buckets(series, resolution, now, count);
        const first = Math.floor(now / width) - count + 1;
        expect(cells).toHaveLength(count);
        expect(cells.every((cell, index) => cell === undefined || cell.slot === first + index)).toBe(true);
      }
    }),
  );
});

describe('executions a minute', () => {
  test('come from what the counter gained over the last minute', () => {
    const series = sampled(...everyTwoSeconds(0, 120, (seconds) => ({totalExecutions: 100 + seconds})));
    expect(executionsPerMinute(series, T0 + 2 * MINUTE)).toBe(60);
  });

  test('are zero when the counter stands still, and unknown when there is none', () => {
    const still = sampled(...everyTwoSeconds(0, 20, () => ({totalExecutions: 7})));
    const silent = sampled(...everyTwoSeconds(0, 20, () => ({cpuPercent: 7})));
    expect(executionsPerMinute(still, T0 + 20 * SECOND)).toBe(0);
    expect(executionsPerMinute(silent, T0 + 20 * SECOND)).toBeUndefined();
  });

  test('are unknown after one sample, and after a minute of silence', () => {
    expect(executionsPerMinute(sampled([0, {totalExecutions: 7}]), T0)).toBeUndefined();
    const old = sampled(...everyTwoSeconds(0, 20, (seconds) => ({totalExecutions: seconds})));
    expect(executionsPerMinute(old, T0 + 2 * MINUTE)).toBeUndefined();
  });

  test('are right through a gap: the counter went on counting', () => {
    const series = sampled([0, {totalExecutions: 0}], [2, {totalExecutions: 2}], [30, {totalExecutions: 30}]);
    expect(executionsPerMinute(series, T0 + 30 * SECOND)).toBe(60);
  });

  test('are never negative: an agent that began anew counts from zero', () => {
    const series = sampled([0, {totalExecutions: 900}], [2, {totalExecutions: 901}], [4, {totalExecutions: 3}]);
    expect(executionsPerMinute(series, T0 + 4 * SECOND)).toBe(60);
    expect(series.restarts).toBe(1);
  });
});

test.each<readonly [string, Partial<Sample>, Partial<Sample>, number]>([
  ['executions fell', {totalExecutions: 9}, {totalExecutions: 0}, 1],
  ['errors fell', {errorCount: 2}, {errorCount: 0}, 1],
  ['the uptime fell', {uptimeSeconds: 500}, {uptimeSeconds: 3}, 1],
  ['two of them fell', {uptimeSeconds: 500, errorCount: 2}, {uptimeSeconds: 3, errorCount: 0}, 1],
  ['executions under way fell', {activeExecutions: 9}, {activeExecutions: 0}, 0],
  ['a counter is no longer sent', {totalExecutions: 9}, {}, 0],
])('%s: %o, then %o, is %i restarts', (_, before, after, restarts) => {
  expect(sampled([0, before], [2, after]).restarts).toBe(restarts);
});
