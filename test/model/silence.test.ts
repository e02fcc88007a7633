import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {T0} from '../support/builders.ts';
import {listed, logLines, patch, play, ticks, told} from './given.ts';

describe('an open stream that falls silent', () => {
  const heard = (ms: number): Event => ({type: 'stream.heard', at: T0 + ms});
  const beating = told(
    listed(patch('a')),
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

  test('may be silent for minutes where no heartbeat was ever seen', () => {
    const silent = listed(patch('a'));
    expect(play(silent, ...ticks(1000, 400000)).effects).not.toContainEqual({do: 'reconnect'});
    expect(play(silent, ...ticks(1000, 430000)).effects).toContainEqual({do: 'reconnect'});
  });
});
