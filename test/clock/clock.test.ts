import {describe, expect, test} from 'vitest';
import {every, systemClock, wait} from '../../src/clock/clock.ts';
import {manualClock} from '../../src/clock/manualClock.ts';

describe('manualClock', () => {
  test('stands still until it is moved, and both clocks move together', () => {
    const clock = manualClock(1000);
    expect([clock.wall(), clock.monotonic()]).toEqual([1000, 0]);
    clock.advance(250);
    expect([clock.wall(), clock.monotonic()]).toEqual([1250, 250]);
  });

  test('what falls due runs in order of its time, planned on the way included', () => {
    const clock = manualClock();
    const ran: string[] = [];
    clock.after(20, () => ran.push(`b at ${clock.monotonic()}`));
    clock.after(10, () => {
      ran.push(`a at ${clock.monotonic()}`);
      clock.after(5, () => ran.push(`a2 at ${clock.monotonic()}`));
    });
    clock.after(31, () => ran.push('too late'));
    clock.advance(30);
    expect(ran).toEqual(['a at 10', 'a2 at 15', 'b at 20']);
    expect(clock.waiting()).toBe(1);
  });

  test('a cancelled timer never runs', () => {
    const clock = manualClock();
    const cancel = clock.after(1, () => expect.unreachable());
    cancel();
    cancel();
    clock.advance(10);
    expect(clock.waiting()).toBe(0);
  });

  test('the wall clock can jump without a timer noticing', () => {
    const clock = manualClock(5000);
    clock.jumpWall(-3600_000);
    expect([clock.wall(), clock.monotonic()]).toEqual([5000 - 3600_000, 0]);
  });
});

describe('every', () => {
  test('runs once a period until cancelled, even from inside', () => {
    const clock = manualClock();
    let runs = 0;
    const cancel = every(clock, 100, () => {
      runs += 1;
      if (runs === 3) cancel();
    });
    clock.advance(1000);
    expect(runs).toBe(3);
    expect(clock.waiting()).toBe(0);
  });
});

describe('wait', () => {
  test('resolves when its time has come', async () => {
    const clock = manualClock();
    const waited = wait(clock, 50);
    clock.advance(50);
    await expect(waited).resolves.toBeUndefined();
  });

  test('an abort ends it at once and leaves no timer', async () => {
    const clock = manualClock();
    const abort = new AbortController();
    const waited = wait(clock, 50, abort.signal);
    abort.abort();
    await expect(waited).resolves.toBeUndefined();
    await expect(wait(clock, 50, abort.signal)).resolves.toBeUndefined();
    expect(clock.waiting()).toBe(0);
  });
});

describe('systemClock', () => {
  test('a delay longer than Node can keep does not fire at once', async () => {
    let fired = false;
    const cancel = systemClock.after(2 ** 40, () => {
      fired = true;
    });
    await wait(systemClock, 5);
    cancel();
    expect(fired).toBe(false);
  });

  test('the monotonic clock never goes back and the wall clock is the time of day', () => {
    const before = systemClock.monotonic();
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before);
    expect(Math.abs(systemClock.wall() - Date.now())).toBeLessThan(1000);
  });
});
