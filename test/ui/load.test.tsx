import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import {type RangeId, unfocused} from '../../src/model/focus.ts';
import {metricsShare} from '../../src/model/limit.ts';
import {closeSeries, FINE_MS, openSeries, type Series, withSample} from '../../src/model/series.ts';
import type {State} from '../../src/model/state.ts';
import {MINUTE, SECOND, sample, T0} from '../support/builders.ts';
import {countersOnly, session, sketch} from './fleet.ts';
import {show} from './show.tsx';

const ID = 'sb_9f3a71c204';

/** An hour of samples, one each 2 s, up to `until`. */
function hour(cpuPercent: (at: number) => number, until = T0): Series {
  const samples = Array.from({length: 1800}, (_, index) => until - (1799 - index) * FINE_MS).map((at) =>
    sample({at, cpuPercent: cpuPercent(at), memoryPercent: 40}),
  );
  return samples.reduce(withSample, openSeries(until - 60 * MINUTE));
}

const watching = (series: Series, over: Partial<State> = {}) =>
  sketch({detailOpen: true, metrics: ImmutableMap({[ID]: series}), ...over});

/** Cells of what is left of the record, where that stands beside the charts. */
const chartPane = (columns: number) => (columns >= 140 ? columns - 58 : columns);

const charts = (picture: string, columns = 1000) =>
  picture
    .split('\n')
    .map((line) => line.slice(0, chartPane(columns)))
    .filter((line) => /│[⠀-⣿░]/.test(line));

describe.each([
  [80, 24],
  [80, 23],
  [120, 40],
  [160, 48],
  [220, 60],
  [60, 30],
])('the charts at %ix%i', (terminal, rows) => {
  const picture = show(watching(hour(() => 100)), terminal, rows);
  const columns = chartPane(terminal);
  const border = terminal >= 110 ? 1 : 0;

  test('reach from the axis to the right edge', () => {
    const [line = ''] = charts(picture, terminal);
    expect(line.replaceAll('│', '').trim().replace(/^100/, '')).toHaveLength(columns - 6 - 2 * border);
    expect(line.slice(columns - 2 - border, columns - border)).toMatch(/^[⡇⣿] ?$/);
  });

  test('say where they begin, and `now` at the right edge', () => {
    const axes = picture.split('\n').filter((line) => /-10m .* now/.test(line));
    expect(axes.length).toBeGreaterThan(0);
    for (const line of axes) expect(line.indexOf('now') + 3).toBe(columns - 1 - border);
  });
});

describe.each([
  [80, 24],
  [160, 48],
])('the time that is chosen, at %ix%i', (columns, rows) => {
  const over = (range: RangeId, cpuPercent: (at: number) => number, until = T0) =>
    show(watching(hour(cpuPercent, until), {focus: {...unfocused, range}}), columns, rows);
  const title = (picture: string) =>
    picture.split('\n').find((line) => line.includes(' CPU ') && line.includes('of 2 vCPU')) ?? '';

  test.each(['1m', '10m', '60m'] as const)('%s is what the axis says, and is filled', (range) => {
    const picture = over(range, () => 100);
    expect(picture).toMatch(new RegExp(`-${range} +now`));
    const [line = ''] = charts(picture, columns);
    expect(/[⠀-⣿]+/.exec(line)?.[0].length).toBeGreaterThanOrEqual(chartPane(columns) - 9);
  });

  test('the peak is that of the time shown, at its own time', () => {
    const peaks = (at: number) => ({[T0 - 30 * MINUTE]: 90, [T0 - 5 * MINUTE]: 70, [T0 - 30 * SECOND]: 50})[at] ?? 10;
    expect(title(over('60m', peaks))).toContain('peak 90% 13:32');
    expect(title(over('10m', peaks))).toContain('peak 70% 13:57');
    expect(title(over('1m', peaks))).toContain('peak 50% 14:01:41');
  });

  test('a mean is told of samples only, with the time it is of', () => {
    const half = (at: number) => (at % (10 * SECOND) === 0 ? 90 : 10);
    expect(title(over('1m', half))).toMatch(/1m: avg 2\d% {2}p95 90% {2}peak 90%/);
    expect(title(over('10m', half))).toMatch(/10m: avg 26% {2}p95 90% {2}peak 90%/);
    expect(title(over('60m', half))).not.toContain('avg');
  });

  test.each([
    ['1m', 20 * SECOND],
    ['10m', 3 * MINUTE],
    ['60m', 30 * MINUTE],
  ] as const)('what was not sampled in the last of %s is shaded, and the last value tells its age', (range, ago) => {
    const picture = over(range, () => 40, T0 - ago);
    expect(charts(picture, columns)[0]).toMatch(/░{10,}/);
    expect(title(picture)).toContain('ago');
  });
});

test('where the older and the newer part meet there is no gap', () => {
  const picture = show(
    watching(
      hour(() => 100),
      {focus: {...unfocused, range: '60m'}},
    ),
    220,
    60,
  );
  expect(charts(picture, 220).join('')).not.toContain('░');
});

test('no mean is told of counters', () => {
  const picture = show(watching(countersOnly()), 80, 24);
  expect(picture).toContain('EXEC');
  expect(picture).not.toContain('avg');
});

test('while a slot lasts only the last cell of a chart moves', () => {
  const before = charts(show(watching(hour((at) => (at / 2000) % 100)), 81, 60));
  const series = withSample(
    hour((at) => (at / 2000) % 100),
    sample({at: T0 + FINE_MS, cpuPercent: 90, memoryPercent: 40}),
  );
  const after = charts(show({...watching(series), now: T0 + FINE_MS}, 81, 60));
  const still = (lines: readonly string[]) => lines.map((line) => line.slice(0, 78));
  expect(after.length).toBeGreaterThan(8);
  expect(still(after)).toEqual(still(before));
});

describe('a sample that is no longer what is', () => {
  const old = hour(() => 40, T0 - 6 * MINUTE);

  test.each([
    ['the preview', false, 80, 24],
    ['the preview', false, 80, 20],
    ['the detail', true, 80, 24],
    ['the detail', true, 160, 48],
    ['the detail in a line', true, 60, 20],
  ] as const)('%s tells its age (detail %s, %ix%i)', (_, detailOpen, columns, rows) => {
    expect(show(watching(old, {detailOpen}), columns, rows)).toMatch(/40% {1,2}6m ago/);
  });

  test('there is no rate a minute of what is no more', () => {
    const counted = (ago: number) =>
      [20, 15, 10, 5, 0]
        .map((before, index) => sample({at: T0 - ago - before * SECOND, cpuPercent: 40, totalExecutions: 100 + index}))
        .reduce(withSample, openSeries(T0 - MINUTE));
    expect(show(watching(counted(0)), 80, 24)).toContain('per min');
    expect(show(watching(counted(31 * SECOND)), 80, 24)).not.toContain('per min');
  });

  test('a young one has none', () => {
    expect(show(watching(hour(() => 40)), 80, 24)).not.toMatch(/\dm? ago .*peak|% {1,2}\d+s ago/);
    expect(
      show(
        watching(
          hour(() => 40),
          {detailOpen: false},
        ),
        80,
        24,
      ),
    ).not.toMatch(/40% .* ago/);
  });

  test('samples that come once a minute are not late after 20 s', () => {
    const slow = [0, 1, 2, 3, 4, 5, 6, 7, 8]
      .map((minute) => sample({at: T0 - 20 * SECOND - (8 - minute) * MINUTE, cpuPercent: 40}))
      .reduce(withSample, openSeries(T0 - 10 * MINUTE));
    expect(show(watching({...slow, everyMs: MINUTE}, {detailOpen: false}), 80, 24)).not.toContain('20s ago');
  });
});

test('the list and the preview draw one load alike', () => {
  for (const percent of [1, 12, 13, 40, 62, 63, 99, 100]) {
    const lines = show(
      watching(
        hour(() => percent),
        {detailOpen: false},
      ),
      80,
      24,
    ).split('\n');
    const inList = /([▁-█]) *\d+% [▁-█] *\d+%$/.exec(lines.find((line) => line.startsWith('>')) ?? '')?.[1];
    const inPreview = /^ CPU [▁-█]*([▁-█]) /.exec(lines.find((line) => line.startsWith(' CPU')) ?? '')?.[1];
    expect([percent, inPreview]).toEqual([percent, inList]);
  }
});

describe('why a running sandbox has no number', () => {
  const reason = (over: Partial<State>) =>
    show(sketch({cursor: {id: 'sb_71ee0094fd', index: 2}, ...over}), 80, 24)
      .split('\n')
      .find((line) => line.includes('sampled') && line.startsWith(' not'));

  test('a small budget leaves room for few streams', () => {
    expect(metricsShare(20)).toBe(4);
    expect(reason({budget: {limit: 20, remaining: 16, resetAt: T0 + 30_000}})).toBe(
      ' not sampled yet: the request budget of 20 a minute leaves 4 streams a minute',
    );
  });

  test('there are more sandboxes than streams', () => {
    expect(reason({session: {...session, metricsLimit: 2}})).toBe(
      ' not sampled: more sandboxes than the 2 streams of --metrics',
    );
  });

  test('streams are off', () => {
    expect(reason({session: {...session, metricsLimit: 0}})).toBe(' not sampled: --metrics 0 opens no streams');
  });

  test('it has just come into view', () => {
    expect(reason({budget: undefined})).toBe(' not sampled yet: 2 of 5 running sandboxes are');
  });

  test('beside the list the sentence is whole', () => {
    const budget = {limit: 20, remaining: 16, resetAt: T0 + 30_000};
    const picture = show(sketch({cursor: {id: 'sb_71ee0094fd', index: 2}, budget}), 110, 30);
    const detail = picture.split('\n').map((line) => line.slice(67).replaceAll('│', '').trim());
    expect(detail.join(' ')).toContain('the request budget of 20 a minute leaves 4 streams a minute');
  });
});

test('of a stream that ended a moment ago the last number stays', () => {
  const closed = closeSeries(
    hour(() => 40),
    T0,
  );
  expect(show(watching(closed), 80, 24)).toContain('CPU 40%');
});
