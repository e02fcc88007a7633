import {describe, expect, test} from 'vitest';
import {metricsShare, reserved} from '../../src/model/limit.ts';
import {
  type Allowance,
  currentAllowance,
  spentAllowance,
  toldAllowance,
  unknownAllowance,
} from '../../src/runtime/allowance.ts';

const known = (over: Partial<Allowance> = {}): Allowance => ({
  limit: 100,
  left: 50,
  resetAt: 60_000,
  unanswered: 0,
  ...over,
});

describe('what an answer told', () => {
  test.each([
    ['the first answer counts what is still under way', {...unknownAllowance, unanswered: 4}, 99, 60_000, 96],
    ['the server knows of fewer: another client spends too', known(), 20, 60_000, 20],
    ['the server knows of more: it has not counted all of ours', known(), 58, 60_000, 50],
    ['a second of rounding is the same window', known(), 58, 61_000, 50],
    ['a later reset is a new window', known({left: 3}), 99, 120_000, 99],
    ['an answer of a window that is over tells nothing', known(), 2, 500, 50],
    ['another limit is believed at once', known({limit: 50, left: 3}), 80, 60_000, 80],
    ['a limit of 0 is no limit', known(), 0, 60_000, 0],
  ] as const)('%s', (_, before, remaining, resetAt, left) => {
    expect(toldAllowance(before, {limit: 100, remaining, resetAt}, 1_000).left).toBe(left);
  });

  test('a budget without a limit is not believed', () => {
    expect(toldAllowance(unknownAllowance, {limit: 0, remaining: 0, resetAt: 60_000}, 0).limit).toBeUndefined();
  });

  test('requests that never got an answer do not count as under way for ever', () => {
    const before = {...unknownAllowance, unanswered: 5_000};
    expect(toldAllowance(before, {limit: 100, remaining: 90, resetAt: 60_000}, 0).left).toBe(80);
  });
});

describe('the next window', () => {
  test('begins a second after the reset, whole', () => {
    expect(currentAllowance(known(), 60_999)).toEqual(known());
    expect(currentAllowance(known(), 61_000)).toEqual(known({left: 100, resetAt: 120_000}));
  });

  test('is found again after hours without an answer', () => {
    expect(currentAllowance(known(), 60_000 * 500)).toEqual(known({left: 100, resetAt: 60_000 * 500}));
  });

  test('does not begin for a server without limits', () => {
    expect(currentAllowance(spentAllowance(unknownAllowance), 1e9)).toEqual({...unknownAllowance, unanswered: 1});
  });
});

test.each([
  [100, 20, 20],
  [10, 2, 2],
  [4, 0, 1],
  [1, 0, 1],
])('of %i requests %i are kept for acts and %i may open metrics', (limit, reserve, share) => {
  expect(reserved(limit)).toBe(reserve);
  expect(metricsShare(limit)).toBe(share);
});
