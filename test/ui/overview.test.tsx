import {describe, expect, test} from 'vitest';
import {reduce} from '../../src/model/reduce.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {listed, patch, told} from '../model/given.ts';
import {MINUTE, sample, T0, WALL0} from '../support/builders.ts';
import {show} from './show.tsx';

const many = (count: number, over: Partial<SandboxPatch>, from: string): readonly SandboxPatch[] =>
  Array.from({length: count}, (_, index) => patch(`${from}${index}`, over));

const inMinutes = (minutes: number): Partial<SandboxPatch> => ({expiresAt: WALL0 + minutes * MINUTE});
const {expiresAt: _, ...untold} = patch('untold', {region: 'eu-west', nodeId: 'n-9'});

const fleet: State = told(
  listed(
    ...many(3, {...inMinutes(1), createdAt: WALL0 - 9 * 24 * 60 * MINUTE}, 'sb_soon'),
    ...many(2, {...inMinutes(5), status: 'paused'}, 'sb_few'),
    ...many(4, inMinutes(600), 'sb_day'),
    ...many(1, {expiresAt: null, region: 'ap-south'}, 'sb_never'),
    untold,
  ),
  {type: 'view.chosen', at: T0, view: 'overview'},
);
const picture = (state: State, columns = 110, rows = 40) => show(state, columns, rows);

describe('the fleet in numbers', () => {
  test('by status, expiry and region; none is told from not told', () => {
    const seen = picture(fleet);
    for (const line of [
      /running +9 +82%/,
      /paused +2 +18%/,
      /under 2 min +3 +27%/,
      /2 to 10 min +2 +18%/,
      /1 to 24 h +4 +36%/,
      /never +1 +9%/,
      /not told +1 +9%/,
      /us-east +9 +82%/,
      /ap-south +1 +9%/,
    ]) {
      expect(seen).toMatch(line);
    }
  });

  test('the oldest are there, with their age', () => {
    expect(picture(fleet)).toMatch(/sb_soon0 +\S+ +running/);
  });

  test('of the load only what is sampled is said, and of how many', () => {
    expect(picture(fleet)).toContain('0 of 9 sampled: their load is not told');
    const sampled = told(
      fleet,
      {type: 'metrics.opened', at: T0, id: 'sb_day0'},
      {type: 'metrics.opened', at: T0, id: 'sb_day1'},
      {type: 'metrics.sampled', id: 'sb_day0', sample: sample({cpuPercent: 90})},
      {type: 'metrics.sampled', id: 'sb_day1', sample: sample({cpuPercent: 10})},
    );
    expect(picture(sampled)).toContain('2 of 9 sampled: CPU 50% on average, 90% at most');
    expect(picture(sampled, 160, 48)).toContain('90% at most in sb_day0');
  });

  test('it goes on while it is looked at', () => {
    const [born] = reduce(fleet, {
      type: 'sandbox.observed',
      at: T0,
      asOf: T0,
      via: 'event',
      patch: patch('sb_new', {region: 'ap-south'}),
    });
    expect(picture(born)).toMatch(/ap-south +2 +17%/);
  });

  test.each([
    [60, 15],
    [45, 12],
  ])('at %ix%i what has no line of its own is counted together', (columns, rows) => {
    const lines = picture(fleet, columns, rows).split('\n');
    expect(lines).toHaveLength(rows);
    expect(lines.join('\n')).toMatch(/\d more +\d/);
  });

  test('at 80x24 who never expires has a line, and the ids of the oldest are whole', () => {
    const seen = picture(fleet, 80, 24);
    expect(seen).toMatch(/never +1 +9%/);
    expect(seen).toMatch(/not told +1 +9%/);
    const long = told(listed(patch('17958646006rocqxau', {createdAt: WALL0 - MINUTE})), {
      type: 'view.chosen',
      at: T0,
      view: 'overview',
    });
    expect(picture(long, 80, 24)).toMatch(/ 17958646006rocqxau +1m\d*s? +running/);
  });

  test('at 160x48 the blocks that have much to say have the lines that others leave', () => {
    const crowd = told(
      listed(
        ...Array.from({length: 60}, (_, index) => patch(`sb_${index}`, {createdAt: WALL0 - (index + 2) * MINUTE})),
      ),
      {type: 'view.chosen', at: T0, view: 'overview'},
    );
    const lines = picture(crowd, 160, 48).split('\n').slice(4, -2);
    expect(lines.filter((line) => /^│ *│$/.test(line))).toEqual([]);
  });

  test('Esc goes back', () => {
    expect(told(fleet, {type: 'view.chosen', at: T0, view: 'sandboxes'}).view).toBe('sandboxes');
    expect(picture(fleet).split('\n').at(-1)).toContain('Esc back');
  });
});
