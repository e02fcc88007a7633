import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {manualClock} from '../../src/clock/manualClock.ts';
import {createAgenda} from '../../src/simulator/agenda.ts';
import {createDeck, createRandom} from '../../src/simulator/random.ts';

test('what is planned runs in order of its time, what is cancelled never, and one timer waits for all', async () => {
  const plans = fc.array(fc.record({at: fc.nat({max: 200_000}), cancelled: fc.boolean()}), {maxLength: 200});
  await fc.assert(
    fc.property(plans, (planned) => {
      const clock = manualClock();
      const agenda = createAgenda(clock, clock.monotonic);
      const ran: (readonly [number, number])[] = [];
      const cancels = planned.map(({at}, index) => agenda.plan(at, () => ran.push([clock.monotonic(), index])));
      planned.forEach(({cancelled}, index) => {
        if (cancelled) cancels[index]?.();
      });
      expect(agenda.size()).toBe(planned.filter(({cancelled}) => !cancelled).length);
      expect(clock.waiting()).toBeLessThanOrEqual(1);
      clock.advance(200_000);
      const expected = planned
        .map(({at}, index) => [at, index] as const)
        .filter(([, index]) => !planned[index]?.cancelled);
      expect(ran).toEqual(expected.sort(([one], [other]) => one - other));
      expect([agenda.size(), clock.waiting()]).toEqual([0, 0]);
    }),
  );
});

test('an appointment can make another one, due at once or later', () => {
  const clock = manualClock();
  const agenda = createAgenda(clock, clock.monotonic);
  const ran: string[] = [];
  agenda.plan(10, () => {
    ran.push('first');
    agenda.plan(5, () => ran.push('overdue'));
    agenda.plan(20, () => ran.push('later'));
  });
  clock.advance(10);
  expect(ran).toEqual(['first', 'overdue']);
  clock.advance(10);
  expect(ran).toEqual(['first', 'overdue', 'later']);
});

test('one seed gives one row of numbers, and a fork does not move it', () => {
  const row = (random = createRandom('7')) => Array.from({length: 5}, () => random.below(1000));
  const forked = createRandom('7');
  forked.fork('other').next();
  expect(row(forked)).toEqual(row());
  expect(row(createRandom('8'))).not.toEqual(row());
  expect(row(createRandom('7').fork('other'))).not.toEqual(row());
});

test('a deck deals each card as often as it holds it, before any comes again', () => {
  const deal = createDeck(createRandom('7'), [
    ['a', 3],
    ['b', 1],
  ]);
  for (let round = 0; round < 3; round += 1) {
    expect([deal(), deal(), deal(), deal()].sort()).toEqual(['a', 'a', 'a', 'b']);
  }
});
