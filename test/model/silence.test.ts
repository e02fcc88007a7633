import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {T0} from '../support/builders.ts';
import {listed, logLines, opened, paged, patch, play, ticks, told} from './given.ts';

describe('an open stream that falls silent', () => {
  const heard = (ms: number): Event => ({type: 'stream.heard', at: T0 + ms, isBeat: true});
  const beating = told(
    listed(patch('a')),
    heard(0),
    ...ticks(1000, 15000),
    heard(15_000),
    ...ticks(16000, 30000),
    heard(30_000),
    ...ticks(31000, 45000),
    heard(45_000),
  );

  test('is dead after three of its heartbeats: connected and read anew', () => {
    expect(play(beating, ...ticks(46000, 89000)).effects).not.toContainEqual({do: 'reconnect'});
    const {state, effects} = play(beating, ...ticks(46000, 91000));
    expect(effects).toContainEqual({do: 'reconnect'});
    expect(state.link).toMatchObject({phase: 'stale', openedAt: undefined});
    expect(logLines(state).join()).toContain('the stream was silent for 45s: connecting and reading anew');
  });

  test('is asked once, not at every tick', () => {
    const {effects} = play(beating, ...ticks(46000, 200000));
    expect(effects.filter((effect) => effect.do === 'reconnect')).toHaveLength(1);
  });

  describe('and never had a heartbeat', () => {
    const silent = listed(patch('a'));
    const asked = told(silent, ...ticks(1000, 420_000));
    const did = (from: State, ...events: readonly Event[]) => play(from, ...events).effects.map((effect) => effect.do);

    test('may be silent for minutes; then a second stream is asked for, once, and it is LIVE meanwhile', () => {
      expect(did(silent, ...ticks(1000, 419_000))).not.toContain('renew');
      const {state, effects} = play(silent, ...ticks(1000, 430_000));
      expect(effects.filter((effect) => effect.do === 'renew')).toHaveLength(1);
      expect([state.link.phase, state.link.staleSince]).toEqual(['live', undefined]);
    });

    test('the second is read after, without a gap, and may be silent as long', () => {
      const renewed = told(asked, opened(421_000), paged(421_100, 9, [patch('a')]));
      expect([renewed.link.phase, renewed.link.staleSince, logLines(renewed)]).toEqual(['live', undefined, []]);
      expect(renewed.listing.phase).toBe('reading');
      expect(did(renewed, ...ticks(422_000, 840_000))).not.toContain('renew');
      expect(did(renewed, ...ticks(422_000, 842_000))).toContain('renew');
    });

    test('one that does not open in 15 s is a gap', () => {
      expect(did(asked, ...ticks(421_000, 434_000))).not.toContain('reconnect');
      const {state, effects} = play(asked, ...ticks(421_000, 436_000));
      expect(effects).toContainEqual({do: 'reconnect'});
      expect(logLines(state).join()).toContain('the stream was silent for 7m: connecting and reading anew');
    });

    test('a greeting, and events now and then, are no heartbeat', () => {
      const spoke = (ms: number): Event => ({type: 'stream.heard', at: T0 + ms});
      const greeted = told(silent, heard(5), spoke(6), ...ticks(1000, 60_000), spoke(61_000), spoke(63_000));
      expect(greeted.link.heartbeatMs).toBeUndefined();
      expect(did(greeted, ...ticks(64_000, 480_000))).not.toContain('reconnect');
      expect(did(greeted, ...ticks(64_000, 484_000))).toContain('renew');
    });

    test('nor is asked for of a stream that speaks again meanwhile', () => {
      expect(did(asked, heard(421_000), ...ticks(422_000, 440_000))).not.toContain('reconnect');
    });
  });
});
