import {describe, expect, test} from 'vitest';
import type {ActionId} from '../../src/model/actions.ts';
import type {Effect, Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {HOUR, T0, WALL0} from '../support/builders.ts';
import {admitted, listed, logLines, observed, opened, patch, play, playHeld, tick, ticks} from './given.ts';

const ID = 'sb_abcd';
const ask = (action: ActionId, ms = 1000, id = ID): Event => ({type: 'action.asked', at: T0 + ms, action, id});
const held = (ms: number, forMs: number, id = ID): Event => ({
  type: 'action.queued',
  at: T0 + ms,
  id,
  until: T0 + ms + forMs,
});
const deleted: readonly Event[] = [
  ask('delete', 0),
  {type: 'dialog.typed', at: T0 + 500, text: ID.slice(-4)},
  {type: 'dialog.answered', at: T0 + 600, answer: 'enter'},
];

const start = listed(patch(ID, {expiresAt: WALL0 + HOUR}), patch('sb_wxyz'));
const sentBy = (effects: readonly Effect[]) => effects.filter(({do: what}) => what === 'send');

describe('nothing leaves that nobody could take back', () => {
  const stoppedFor = (ms: number): Event => tick(2000 + ms);
  const slept: Event = {type: 'clock.ticked', at: T0 + 3000, wall: WALL0 + 8 * HOUR};
  const inGrace = playHeld(start, ...deleted, ...ticks(1000, 2000)).state;
  const queued = playHeld(start, ask('pause'), held(1000, 9000), ...ticks(1000, 2000)).state;

  test.each<[string, State, Event, string]>([
    ['Ctrl-Z and fg', inGrace, stoppedFor(60_000), 'not sent: the program was stopped during its 5 s of grace'],
    ['Ctrl-Z and fg', queued, stoppedFor(60_000), 'not sent: the program was stopped before it left'],
    ['a closed lid', inGrace, slept, 'not sent: the machine slept, or its clock was set, during its 5 s of grace'],
  ])('%s: put back, and said', (_, state, back, text) => {
    const woken = play(state, back, ...ticks(63_000, 70_000));
    expect([sentBy(woken.effects), woken.state.acts.size]).toEqual([[], 0]);
    expect(play(state, back).state.notice?.text).toBe(`${ID}: ${text}`);
    expect(logLines(woken.state)).toContain(`you | ${state.acts.get(ID)?.action} | ${ID} | ${text}`);
  });

  test('a stop of four seconds, which no tick notices', () => {
    const stop: Event = {type: 'suspend.asked', at: T0 + 2100};
    const woken = play(inGrace, stop, tick(6500), ...ticks(7000, 12_000));
    expect([woken.effects, woken.state.acts.size]).toEqual([[{do: 'suspend'}], 0]);
    expect(woken.state.notice?.text).toBe(`${ID}: not sent: the program was stopped during its 5 s of grace`);
  });

  test('what a stop put back is still on the screen after it, however long it was', () => {
    const woken = play(inGrace, {type: 'suspend.asked', at: T0 + 2100}, tick(600_000), tick(601_000));
    expect(woken.state.notice?.text).toContain('not sent: the program was stopped');
  });

  test('several are said as several', () => {
    const both = playHeld(inGrace, ask('pause', 2000, 'sb_wxyz'), held(2000, 9000, 'sb_wxyz')).state;
    const {state} = play(both, stoppedFor(60_000));
    expect([state.acts.size, state.notice?.text]).toEqual([
      0,
      '2 acts not sent: the program was stopped before they left',
    ]);
  });

  test('leave that comes before the first tick after a stop is not used', () => {
    const {state, effects} = playHeld(queued, admitted(60_000, ID));
    expect([effects, state.acts.size]).toEqual([[], 0]);
  });

  test('a key pressed before that tick is', () => {
    expect(sentBy(play(start, ask('pause', 60_000)).effects)).toHaveLength(1);
  });

  test('after a sleep e reads the expiry first: the clock that ages it may have stood still', () => {
    const woken = play(start, observed(1000, patch(ID, {expiresAt: WALL0 + 9 * HOUR})), slept, opened(3100));
    const {effects} = play(woken.state, ask('extend', 3200));
    expect(effects).toEqual([{do: 'read', id: ID, priority: 'act'}]);
  });
});
