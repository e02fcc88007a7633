import {beforeEach, expect, test} from 'vitest';
import {type ManualClock, manualClock} from '../../src/clock/manualClock.ts';
import type {Urgency} from '../../src/model/store.ts';
import {startTicks} from '../../src/runtime/clockTicks.ts';
import {createFrames, type Frames} from '../../src/runtime/frames.ts';

let clock: ManualClock;
let frames: Frames;
let paintedAt: number[];

beforeEach(() => {
  clock = manualClock();
  frames = createFrames(clock);
  paintedAt = [];
});

const change = (urgency: Urgency) => frames.schedule(urgency, () => paintedAt.push(clock.monotonic()));

/** Changes every millisecond for `ms`. */
const changeFor = (urgency: Urgency, ms: number) => {
  for (let at = 0; at < ms; at += 1) {
    change(urgency);
    clock.advance(1);
  }
};

test('the first change of a burst is painted at once', () => {
  change('key');
  expect(paintedAt).toEqual([0]);
});

test.each([
  ['key', 10],
  ['data', 4],
  ['routine', 1],
] as const)('a second of %s changes is %i frames, the last change among them', (urgency, count) => {
  changeFor(urgency, 999);
  expect(paintedAt).toHaveLength(count);
  clock.advance(1_000);
  expect(paintedAt).toHaveLength(count + 1);
  expect(clock.waiting()).toBe(0);
});

test('a key is painted at once even though data was painted a moment ago', () => {
  changeFor('data', 10);
  expect(paintedAt).toEqual([0]);
  change('key');
  expect(paintedAt).toEqual([0, 10]);
});

test('a key takes the data that waited along', () => {
  changeFor('data', 10);
  change('key');
  clock.advance(1_000);
  expect(paintedAt).toEqual([0, 10]);
});

test('an event is not held up by the samples and seconds before it', () => {
  changeFor('routine', 10);
  clock.advance(290);
  change('data');
  expect(paintedAt).toEqual([0, 300]);
});

test('data does not put off a key that waits', () => {
  change('key');
  clock.advance(50);
  change('key');
  change('data');
  clock.advance(1_000);
  expect(paintedAt).toEqual([0, 100]);
});

test('after stop nothing is painted and nothing waits', () => {
  changeFor('data', 10);
  frames.stop();
  change('key');
  clock.advance(1_000);
  expect(paintedAt).toEqual([0]);
  expect(clock.waiting()).toBe(0);
});

test('time is told once a second, both clocks', () => {
  const ticks: unknown[] = [];
  const stopTicks = startTicks(clock, (event) => ticks.push(event));
  clock.advance(2_500);
  stopTicks();
  clock.advance(5_000);
  expect(ticks).toEqual([
    {type: 'clock.ticked', at: 1_000, wall: 1_000},
    {type: 'clock.ticked', at: 2_000, wall: 2_000},
  ]);
  expect(clock.waiting()).toBe(0);
});
