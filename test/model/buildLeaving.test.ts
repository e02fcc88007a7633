import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {newestTakenBack, requestsPutBack} from '../../src/model/takingBack.ts';
import {T0, WALL0} from '../support/builders.ts';
import {specOf} from '../support/templates.ts';
import {failure, listed, play, tick, told} from './given.ts';

const at = (ms: number) => T0 + ms;
const answer = (how: 'enter' | 'yes' | 'no', ms = 1000): Event => ({
  type: 'question.answered',
  at: at(ms),
  answer: how,
});
const ask: Event = {type: 'spec.asked', at: T0, path: 'agent.yaml'};
const read: Event = {type: 'spec.read', at: T0, path: 'agent.yaml', spec: specOf()};
describe('a build that was agreed to', () => {
  const uploading = told(listed(), ask, read, answer('yes'));
  const ready: Event = {type: 'build.ready', at: at(4000), specId: 1};
  const leave = (ms = 4001): Event => ({type: 'build.admitted', at: at(ms), wall: WALL0 + ms, specId: 1});
  const queued = told(uploading, tick(3500), ready);
  const tooMany = failure({kind: 'rate-limited', status: 429, message: 'slow down', mayHaveHappened: false});
  const held = (ms: number, over = {}): Event => ({
    ...{type: 'build.queued', at: at(4100), specId: 1, until: at(4100 + ms)},
    failure: {...tooMany, ...over},
  });

  test('asks for leave once its uploads are there, and starts once', () => {
    expect(play(uploading, ready).effects).toEqual([{do: 'build.ask', specId: 1}]);
    const {state, effects} = play(queued, leave());
    expect(effects).toEqual([{do: 'build.start', specId: 1, name: 'agent-node20'}]);
    expect(play(state, leave(4002)).effects).toEqual([]);
  });

  test('does not start offline, nor after the machine slept', () => {
    const offline = {...queued, link: {...queued.link, phase: 'offline' as const}};
    const slept: Event = {type: 'build.admitted', at: at(4001), wall: WALL0 + 90_000, specId: 1};
    for (const {state, effects} of [play(offline, leave()), play(queued, slept)]) {
      expect(effects).toEqual([]);
      expect(state.builds.sending).toBeUndefined();
      expect(state.notice?.text).toMatch(/^build of agent-node20 not begun: (offline|the machine slept)/);
    }
  });

  test('429: it waits as the server asks, and asks for leave anew', () => {
    const {state, effects} = play(told(queued, leave()), held(20_000));
    expect(effects).toEqual([{do: 'build.ask', specId: 1, until: at(24_100)}]);
    expect(state.builds.sending).toMatchObject({phase: 'queued', until: at(24_100)});
  });

  test('a wait that nobody would remember is told instead', () => {
    const {state, effects} = play(told(queued, leave()), held(900_000, {retryAfterMs: 43 * 60_000}));
    expect(effects).toEqual([]);
    expect(state.builds.sending).toBeUndefined();
    expect(state.notice?.text).toBe(
      'build of agent-node20 refused: the server allows the next build in 43m: ask again then',
    );
  });

  test('u takes it back until it has left; so does a stop of the program', () => {
    for (const state of [uploading, queued]) {
      expect(newestTakenBack(state, at(4001))?.notice?.text).toBe('build of agent-node20 taken back: it was not begun');
      const back = requestsPutBack(state, at(4001), 'the program was stopped');
      expect(back.builds.sending).toBeUndefined();
      expect(play(back, ready, leave()).effects).toEqual([]);
    }
    expect(newestTakenBack(told(queued, leave()), at(4002))).toBeUndefined();
  });
});
