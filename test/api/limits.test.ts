import {describe, expect, test} from 'vitest';
import {budgetOf, resetInMs, retryAfterHeaderMs, secondsToWait} from '../../src/api/limits.ts';
import {manualClock} from '../../src/clock/manualClock.ts';

/** The server's clock; ours is an hour behind it. */
const SERVER = Date.UTC(2025, 0, 28, 12, 0, 0);
const OURS = SERVER - 3_600_000;
const date = new Date(SERVER).toUTCString();

describe('X-RateLimit-Reset is compared with the server’s clock', () => {
  test.each([
    ['Unix seconds', String(SERVER / 1000 + 30), 30_000],
    ['Unix milliseconds', String(SERVER + 30_000), 30_000],
    ['seconds from now', '30', 30_000],
    ['in the past', String(SERVER / 1000 - 500), 1000],
    ['now', String(SERVER / 1000), 1000],
    ['absurdly far', '99999999999', 900_000],
    ['an hour, in seconds from now', '3600', 900_000],
    ['words', 'soon', undefined],
    ['negative', '-5', undefined],
    ['beyond all numbers', '9'.repeat(400), undefined],
  ])('%s', (_name, reset, expected) => {
    expect(resetInMs({date, 'x-ratelimit-reset': reset}, OURS)).toBe(expected);
  });

  test('without Date, ours must do', () => {
    expect(resetInMs({'x-ratelimit-reset': String(OURS / 1000 + 20)}, OURS)).toBe(20_000);
  });
});

test.each([
  ['120', 120_000],
  ['0', 1000],
  [new Date(SERVER + 45_000).toUTCString(), 45_000],
  ['in 5', undefined],
  [undefined, undefined],
])('Retry-After %s', (text, expected) => {
  expect(retryAfterHeaderMs({date, 'retry-after': text}, OURS)).toBe(expected);
});

test.each([
  [30, 30_000],
  [0.2, 1000],
  [1e9, 86_400_000],
  ['30', undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [null, undefined],
])('retry_after %s in a body', (value, expected) => {
  expect(secondsToWait(value)).toBe(expected);
});

describe('the budget', () => {
  const clock = manualClock(OURS);
  clock.advance(5000);

  test('is told in our monotonic time', () => {
    const headers = {date, 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '42', 'x-ratelimit-reset': '10'};
    expect(budgetOf(headers, clock)).toEqual({limit: 100, remaining: 42, resetAt: 15_000});
  });

  test('without a reset lasts a minute', () => {
    const headers = {'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '400'};
    expect(budgetOf(headers, clock)).toEqual({limit: 100, remaining: 100, resetAt: 65_000});
  });

  test('is not told by half', () => {
    expect(budgetOf({'x-ratelimit-limit': '100'}, clock)).toBeUndefined();
    expect(budgetOf({'x-ratelimit-remaining': '100'}, clock)).toBeUndefined();
    expect(budgetOf({'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0'}, clock)).toBeUndefined();
  });
});
