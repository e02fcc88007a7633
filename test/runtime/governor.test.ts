import fc from 'fast-check';
import {beforeEach, describe, expect, test} from 'vitest';
import {type ManualClock, manualClock} from '../../src/clock/manualClock.ts';
import {createGovernor, type Governor} from '../../src/runtime/governor.ts';
import type {Priority} from '../../src/runtime/priorities.ts';
import {settle} from '../support/settle.ts';

let clock: ManualClock;
let governor: Governor;
let left: string[];

beforeEach(() => {
  clock = manualClock();
  governor = createGovernor({clock, random: () => 0.5});
  left = [];
});

const ask = (priority: Priority, name: string = priority, signal?: AbortSignal) => {
  void governor.admit(priority, signal).then(() => left.push(name));
};
const askMany = (priority: Priority, count: number) => {
  for (let index = 0; index < count; index += 1) ask(priority, `${priority} ${index}`);
};

describe('a server that never tells a limit', () => {
  test('gets ten requests a second, and acts at once', async () => {
    askMany('list', 25);
    ask('act');
    await settle();
    expect(left).toHaveLength(11);
    expect(left).toContain('act');
    clock.advance(999);
    await settle();
    expect(left).toHaveLength(11);
    clock.advance(1);
    await settle();
    expect(left).toHaveLength(21);
    clock.advance(1_000);
    await settle();
    expect(left).toHaveLength(26);
    expect(clock.waiting()).toBe(0);
  });
});

test('before the first answer a burst of acts is paced as well: the limit may be small', async () => {
  askMany('act', 21);
  await settle();
  expect(left).toHaveLength(10);
  governor.learn({limit: 30, remaining: 20, resetAt: 60_000});
  await settle();
  expect(left).toHaveLength(21);
});

describe('a server that tells its limit', () => {
  test('keeps a fifth for acts; the rest waits for the next window', async () => {
    governor.learn({limit: 100, remaining: 30, resetAt: 30_000});
    askMany('list', 12);
    await settle();
    expect(left).toHaveLength(10);
    askMany('act', 20);
    await settle();
    expect(left).toHaveLength(30);
    const told: number[] = [];
    void governor.admit('act', undefined, (until) => told.push(until)).then(() => left.push('one too many'));
    expect(told).toEqual([31_000]);
    clock.advance(30_999);
    await settle();
    expect(left).toHaveLength(30);
    clock.advance(1);
    await settle();
    expect(left.slice(30)).toEqual(['one too many', 'list 10', 'list 11']);
  });

  test('may burst: with a budget there is no rate a second', async () => {
    governor.learn({limit: 1_000, remaining: 1_000, resetAt: 60_000});
    askMany('list', 200);
    await settle();
    expect(left).toHaveLength(200);
  });

  test('opens ten metric streams a second and a fifth of the limit a window', async () => {
    governor.learn({limit: 100, remaining: 100, resetAt: 60_000});
    askMany('metrics', 30);
    await settle();
    expect(left).toHaveLength(10);
    clock.advance(1_000);
    await settle();
    expect(left).toHaveLength(20);
    clock.advance(58_000);
    await settle();
    expect(left).toHaveLength(20);
    clock.advance(2_000);
    await settle();
    expect(left).toHaveLength(30);
  });

  test('another client that spends the budget is noticed with the next answer', async () => {
    governor.learn({limit: 100, remaining: 90, resetAt: 60_000});
    governor.learn({limit: 100, remaining: 21, resetAt: 60_000});
    askMany('check', 3);
    await settle();
    expect(left).toEqual(['check 0']);
  });
});

describe('order', () => {
  test('the more urgent leaves first, and in one priority the one that asked first', async () => {
    governor.learn({limit: 100, remaining: 20, resetAt: 30_000});
    for (const priority of ['metrics', 'list', 'check', 'stream'] as const) askMany(priority, 2);
    await settle();
    expect(left).toEqual([]);
    clock.advance(31_000);
    await settle();
    expect(left).toEqual(
      ['stream', 'check', 'list', 'metrics'].flatMap((priority) => [`${priority} 0`, `${priority} 1`]),
    );
  });
});

describe('429', () => {
  test('stops everything for the time the server asked, and a little more; then acts go first', async () => {
    expect(governor.refuse(30_000)).toBe(30_500);
    ask('list');
    askMany('act', 10);
    clock.advance(30_499);
    await settle();
    expect(left).toEqual([]);
    clock.advance(1);
    await settle();
    expect(left).toEqual([...Array.from({length: 10}, (_, index) => `act ${index}`), 'list']);
  });

  test.each([
    ['nothing told at all', undefined, 10_500],
    ['nothing to wait for', 0, 1_500],
    ['a day', 86_400_000, 900_500],
  ])('%s', (_, retryAfterMs, until) => {
    expect(governor.refuse(retryAfterMs)).toBe(until);
  });

  test('without a time of its own it lasts until the known reset', () => {
    governor.learn({limit: 100, remaining: 0, resetAt: 42_000});
    expect(governor.refuse(undefined)).toBe(42_500);
  });

  test('a second, shorter one does not let anything go earlier', () => {
    governor.refuse(30_000);
    expect(governor.refuse(1_000)).toBe(30_500);
  });
});

describe('giving up', () => {
  test('an aborted request is let go, spends nothing and leaves no timer', async () => {
    governor.refuse(30_000);
    const abort = new AbortController();
    ask('list', 'given up', abort.signal);
    expect(clock.waiting()).toBe(1);
    abort.abort();
    await settle();
    expect(left).toEqual(['given up']);
    expect(clock.waiting()).toBe(0);
  });

  test('one that is aborted already does not wait', async () => {
    governor.refuse(30_000);
    ask('list', 'never began', AbortSignal.abort());
    await settle();
    expect(left).toEqual(['never began']);
    expect(clock.waiting()).toBe(0);
  });
});

type Step = {readonly afterMs: number; readonly priority: Priority; readonly answerMs: number};

const priorities: readonly Priority[] = ['act', 'stream', 'check', 'list', 'metrics'];
const steps = fc.array(
  fc.record({
    afterMs: fc.oneof({weight: 5, arbitrary: fc.constant(0)}, fc.integer({min: 0, max: 3_000})),
    priority: fc.constantFrom(...priorities),
    answerMs: fc.integer({min: 0, max: 500}),
  }),
  {minLength: 50, maxLength: 400},
);

/** A server with fixed windows of a minute that counts on arrival and answers later, in any order. */
async function serve(limit: number, demand: readonly Step[]) {
  const time = manualClock();
  const ruler = createGovernor({clock: time, random: () => 0.5});
  const windows = new Map<number, {all: number; acts: number; metrics: number}>();
  const late: string[] = [];
  const arrive = ({priority, answerMs}: Step) => {
    const number = Math.floor(time.monotonic() / 60_000);
    const window = windows.get(number) ?? {all: 0, acts: 0, metrics: 0};
    windows.set(number, window);
    window.all += 1;
    if (priority === 'act') window.acts += 1;
    if (priority === 'metrics') window.metrics += 1;
    const budget = {limit, remaining: Math.max(0, limit - window.all), resetAt: (number + 1) * 60_000};
    time.after(answerMs, () => ruler.learn(budget));
  };
  for (const step of demand) {
    time.advance(step.afterMs);
    await settle();
    const askedAt = time.monotonic();
    const actsBefore = windows.get(Math.floor(askedAt / 60_000))?.acts ?? 0;
    const mustLeaveNow = step.priority === 'act' && actsBefore < Math.floor(limit * 0.2);
    let hasLeft = false;
    void ruler.admit(step.priority).then(() => {
      hasLeft = true;
      arrive(step);
    });
    await Promise.resolve();
    await Promise.resolve();
    if (mustLeaveNow && !hasLeft) late.push(`act at ${askedAt}`);
  }
  return {windows: [...windows.values()], late};
}

test('over any demand: never more than the limit, the reserve kept, acts never behind others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 30, max: 200}), steps, async (limit, demand) => {
      const {windows, late} = await serve(limit, demand);
      expect(late).toEqual([]);
      for (const {all, acts, metrics} of windows) {
        expect(all).toBeLessThanOrEqual(limit);
        expect(all - acts).toBeLessThanOrEqual(limit - Math.floor(limit * 0.2));
        expect(metrics).toBeLessThanOrEqual(Math.max(1, Math.floor(limit * 0.2)));
      }
    }),
    {numRuns: 60},
  );
});
