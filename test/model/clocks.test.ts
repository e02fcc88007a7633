import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {admitted, observed, patch, playHeld, ticks} from './given.ts';
import {at, enter, fleetOf, kind, live, markAll, outcomes, plan, sentIds, typed, type World, yes} from './many.ts';

const HOUR_MS = 3_600_000;
const jumps = [-HOUR_MS, HOUR_MS];
const nobody: World = {reply: () => []};
/** Under a limiter that lets nobody leave by itself. */
const held = (state: State, ...events: readonly Event[]): State => playHeld(state, ...events).state;
const skewed = (ms: number, skewMs: number): Event => ({type: 'server.dated', ...at(ms), skewMs});
const jumped = (ms: number, jump: number): Event => ({type: 'clock.ticked', at: T0 + ms, wall: WALL0 + ms + jump});
const asked = (action: 'extend' | 'pause' | 'delete'): Event => ({type: 'action.asked', ...at(200), action, id: 's00'});
const deleting = [asked('delete'), typed('s00'), enter()] as const;
const manyDeletes = [markAll, plan('delete'), typed('delete 2'), enter()] as const;

describe('a server clock that turns out to be an hour off while an act waits', () => {
  test.each(jumps)('by %i ms: e still only lengthens', (skewMs) => {
    const waiting = held(fleetOf(1), skewed(100, 0), asked('extend'), skewed(300, skewMs));
    const {effects} = live(waiting, [admitted(400, 's00')], nobody);
    const {expiresAt} = waiting.rows.get('s00')?.sandbox ?? {};
    const [send] = effects.flatMap((effect) => (effect.do === 'send' ? [effect.timeoutSeconds ?? 0] : []));
    // By whichever of the two clocks the server counts.
    for (const serverNow of [WALL0 + 400, WALL0 + 400 + Math.min(skewMs, 0)]) {
      expect(serverNow + (send ?? 0) * 1000).toBeGreaterThanOrEqual(Number(expiresAt) + 30 * 60_000);
    }
  });

  test.each(jumps)('by %i ms: a timeout that was agreed to as a longer life shortens none', (skewMs) => {
    const ends = WALL0 + HOUR_MS;
    const agreed = held(
      fleetOf(2, () => ({expiresAt: ends})),
      skewed(50, 0),
      markAll,
      plan('timeout', 200, 2 * 3600),
    );
    expect(agreed.plan).toMatchObject({shortened: 0, word: undefined});
    const queued = live(agreed, [yes(), skewed(900, skewMs)], nobody);
    const {effects} = live(queued.state, [admitted(1000, 's00'), admitted(1010, 's01')], nobody);
    for (const effect of effects) {
      if (effect.do !== 'send') continue;
      const seconds = effect.timeoutSeconds ?? 0;
      expect(WALL0 + Math.min(0, skewMs) + seconds * 1000).toBeGreaterThanOrEqual(ends);
    }
  });
});

describe('a wall clock that jumps by an hour while something waits', () => {
  const waiting: Readonly<Record<string, () => State>> = {
    'an act, for the limiter': () => held(fleetOf(2), asked('pause')),
    'an extension, for its reading': () =>
      held(
        fleetOf(2, () => ({expiresAt: undefined as never})),
        asked('extend'),
      ),
    'a delete, for its grace': () => held(fleetOf(2), ...deleting),
    'many pauses, for the limiter': () => held(fleetOf(2), markAll, plan('pause'), yes()),
    'many deletes, for their grace': () => held(fleetOf(2), ...manyDeletes),
    'many deletes, for their reading': () => held(fleetOf(2), ...manyDeletes, ...ticks(1000, 6000)),
  };
  const cases = Object.keys(waiting).flatMap((name) => jumps.map((jump) => [name, jump] as const));

  test.each(cases)('%s, by %i ms: nothing leaves late', (name, jump) => {
    const state = waiting[name]?.() ?? fleetOf(0);
    const late = [
      jumped(6500, jump),
      ...['s00', 's01'].flatMap((id) => [
        observed(6600, patch(id), {via: 'read', asOf: 6550}),
        {...admitted(6700, id), wall: WALL0 + 6700 + jump},
      ]),
      ...ticks(7000, 20_000).map((tick) => (tick.type === 'clock.ticked' ? {...tick, wall: tick.wall + jump} : tick)),
    ] as readonly Event[];
    const {state: after, effects} = live(state, late, kind);
    expect([sentIds(effects), effects.filter((effect) => effect.do === 'act')]).toEqual([[], []]);
    expect(after.acts.size).toBe(0);
    expect(outcomes(after) ?? []).not.toContain('s00 running');
  });

  test.each(cases)('%s, by %i ms, and leave comes before the tick that tells: nothing leaves', (name, jump) => {
    const state = waiting[name]?.() ?? fleetOf(0);
    const ms = state.now - T0 + 900;
    const leave = ['s00', 's01'].map((id): Event => ({...admitted(ms, id), wall: WALL0 + ms + jump}) as Event);
    expect(sentIds(live(state, leave, kind).effects)).toEqual([]);
  });

  test.each(jumps)('by %i ms: a plan that is open shortens nothing that it did not name', (jump) => {
    const open = held(
      fleetOf(2, () => ({expiresAt: WALL0 + HOUR_MS})),
      markAll,
      plan('timeout', 200, 90 * 60),
      jumped(700, jump),
    );
    const {state, effects} = live(open, [yes(1200)], nobody);
    const sent = live(state, [observed(1300, patch('s00'), {via: 'read'})], nobody);
    expect(sentIds([...effects, ...sent.effects])).toEqual([]);
  });
});
