import {describe, expect, test} from 'vitest';
import type {Effect, Event} from '../../src/model/event.ts';
import {HOUR, T0, WALL0} from '../support/builders.ts';
import {admitted, failure, gone, listed, logLines, observed, patch, play, playHeld, tick, told} from './given.ts';

const ID = 'sb_abcd';
const extend = (ms: number): Event => ({type: 'action.asked', at: T0 + ms, action: 'extend', id: ID});
const dated = (ms: number, skewMs: number): Event => ({type: 'server.dated', at: T0 + ms, skewMs});
/** Two hours to live, of a timeout of three. */
const start = listed(patch(ID, {expiresAt: WALL0 + 2 * HOUR, timeoutSeconds: 3 * 3600}));
const secondsSent = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.do === 'send' ? [effect.timeoutSeconds] : []));
const LEFT = 2 * 3600 - 1;

describe('e can only lengthen a life', () => {
  test('by the clock of the server', () => {
    const {effects} = playHeld(told(start, dated(0, 0)), extend(1000), admitted(1000, ID));
    expect(secondsSent(effects)).toEqual([LEFT + 1800]);
  });

  test('one answer with a clock an hour ahead does not cost an hour', () => {
    const {effects} = playHeld(told(start, dated(0, 0), dated(10, HOUR)), extend(1000), admitted(1000, ID));
    expect(secondsSent(effects)).toEqual([LEFT + 1800]);
  });

  test('a server that never tells the time: not less than the whole timeout and half an hour', () => {
    const {effects} = playHeld(start, extend(1000), admitted(1000, ID));
    expect(secondsSent(effects)).toEqual([3 * 3600 + 1800]);
  });

  test('after a step of our clock the expiry is asked for anew, and the server clock goes on as it was', () => {
    const stepped = told(start, dated(0, 0), {type: 'clock.ticked', at: T0 + 1000, wall: WALL0 + 1000 + 2 * HOUR});
    expect(stepped.skewMs).toBe(-2 * HOUR);
    expect(play(stepped, extend(1500)).effects).toEqual([{do: 'read', id: ID, priority: 'act'}]);
  });
});

test('a key that is held down is one act, however often its outcome comes in between', () => {
  const repeats = Array.from({length: 60}, (_, index) => 1000 + index * 33);
  const events = repeats.flatMap((ms) => [
    extend(ms),
    admitted(ms, ID),
    observed(ms + 5, {id: ID, expiresAt: WALL0 + 3 * HOUR + ms}, {via: 'act'}),
  ]);
  expect(secondsSent(playHeld(told(start, dated(0, 0)), ...events).effects)).toHaveLength(1);
});

test('a delete whose answer was lost is done once the sandbox is known to be gone', () => {
  const asked: readonly Event[] = [
    {type: 'action.asked', at: T0 + 1000, action: 'delete', id: ID},
    {type: 'dialog.typed', at: T0 + 1500, text: 'abcd'},
    {type: 'dialog.answered', at: T0 + 1600, answer: 'enter'},
    ...[2, 3, 4, 5, 6, 7].map((seconds) => tick(seconds * 1000)),
    admitted(7000, ID),
  ];
  const lostReply: Event = {
    type: 'action.unknown',
    at: T0 + 7300,
    action: 'delete',
    id: ID,
    failure: failure({kind: 'unreachable', message: 'the connection broke', status: undefined}),
  };
  const seenFirst = playHeld(start, ...asked, gone(7200, ID), lostReply).state;
  const readLater = playHeld(start, ...asked, lostReply, gone(7600, ID, {via: 'read', asOf: 7400})).state;
  for (const state of [seenFirst, readLater]) {
    expect(state.acts.size).toBe(0);
    expect(logLines(state).join('\n')).not.toContain('no confirmation');
  }
});
