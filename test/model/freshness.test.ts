import {describe, expect, test} from 'vitest';
import {selectFreshness} from '../../src/model/freshness.ts';
import type {Link, Listing, State} from '../../src/model/state.ts';
import {MINUTE, SECOND, state, T0} from '../support/builders.ts';

const before = state();
const linked = (link: Partial<Link>, listing: Partial<Listing> = {}): State =>
  state({link: {...before.link, ...link}, listing: {...before.listing, ...listing}});

const word = (from: State) => selectFreshness(from).text;

test('before the first byte it is connecting, and counts the tries', () => {
  expect(selectFreshness(before)).toEqual({word: 'CONNECTING', text: 'CONNECTING', tone: 'busy'});
  expect(word(linked({attempt: 3, retryAt: T0 + 4 * SECOND}))).toBe('CONNECTING (try 3, next 4s)');
});

describe('live', () => {
  const silent = (ms: number, heartbeatMs?: number) => linked({phase: 'live', heardAt: T0 - ms, heartbeatMs});

  test.each([0, 900, 19_000, 20_000])('carries no number %i ms after the last byte', (ms) => {
    expect(selectFreshness(silent(ms))).toEqual({word: 'LIVE', text: 'LIVE', tone: 'good'});
  });

  test('is slow once the stream has been silent longer than usual', () => {
    expect(selectFreshness(silent(21_000))).toEqual({word: 'SLOW', text: 'SLOW 0:21', tone: 'warn'});
    expect(word(silent(11 * MINUTE + 5 * SECOND))).toBe('SLOW 11:05');
  });

  test('knows a server that is usually silent for longer', () => {
    expect(word(silent(44_000, 30_000))).toBe('LIVE');
    expect(word(silent(46_000, 30_000))).toBe('SLOW 0:46');
    expect(word(silent(19_000, 1000))).toBe('LIVE');
  });

  test('begins to count when it opened, if nothing came at all', () => {
    expect(word(linked({phase: 'live', since: T0 - 25 * SECOND, heardAt: undefined}))).toBe('SLOW 0:25');
  });
});

test('stale says since when, which try, and when the next one is', () => {
  const lost = {phase: 'stale', staleSince: T0 - 133 * SECOND, attempt: 5} as const;
  expect(selectFreshness(linked({...lost, retryAt: T0 + 7400}))).toEqual({
    word: 'STALE',
    text: 'STALE 02:13 (try 5, next 8s)',
    tone: 'warn',
  });
  expect(word(linked({...lost, retryAt: T0 - 1}))).toBe('STALE 02:13 (try 5)');
  expect(word(linked({...lost, attempt: 0}))).toBe('STALE 02:13');
  expect(word(linked({...lost, staleSince: T0 - 62 * MINUTE, attempt: 0}))).toBe('STALE 1:02:00');
});

test('offline says the same, and needs a person', () => {
  const link = {phase: 'offline', staleSince: T0 - 61 * SECOND, attempt: 9, retryAt: T0 + 30 * SECOND} as const;
  expect(selectFreshness(linked(link))).toEqual({
    word: 'OFFLINE',
    text: 'OFFLINE 01:01 (try 9, next 30s)',
    tone: 'danger',
  });
});

test('polling says how old the list is once it is older than usual', () => {
  expect(word(linked({phase: 'poll'}, {endedAt: T0 - 10 * SECOND}))).toBe('POLL');
  expect(word(linked({phase: 'poll'}, {endedAt: T0 - 14 * SECOND}))).toBe('POLL 0:14');
  expect(word(linked({phase: 'poll', heardAt: T0 - 12 * SECOND}))).toBe('POLL 0:12');
});

test('a key that is refused needs a person', () => {
  expect(selectFreshness(linked({phase: 'auth'}))).toEqual({word: 'AUTH', text: 'AUTH', tone: 'danger'});
});
