import {describe, expect, test} from 'vitest';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {T0, WALL0} from '../support/builders.ts';
import {
  begun,
  frame,
  gone,
  listed,
  logLines,
  logOf,
  observed,
  paged,
  patch,
  play,
  shownIds,
  statusOf,
  ticks,
  told,
} from './given.ts';

const sandboxOf = (state: ReturnType<typeof listed>, id: string) => state.rows.get(id)?.sandbox;

describe('merging', () => {
  test('absent keeps, null clears, and no timeout is not the same as none told', () => {
    const before = listed(patch('a', {region: 'us-east', expiresAt: T0}));
    expect(sandboxOf(told(before, observed(1, {id: 'a', status: 'paused'})), 'a')).toMatchObject({
      region: 'us-east',
      expiresAt: T0,
    });
    const cleared = told(before, observed(1, {id: 'a', region: null, expiresAt: null, status: null}));
    expect(sandboxOf(cleared, 'a')).toMatchObject({region: undefined, expiresAt: null, status: 'running'});
    expect(sandboxOf(listed({id: 'b', status: 'running'}), 'b')?.expiresAt).toBeUndefined();
  });

  test('a page asked for before an event came never overwrites it, but tells what the event left out', () => {
    const state = told(listed(), observed(1000, {id: 'a', status: 'paused'}), paged(2000, 7, [patch('a')], 900));
    expect(sandboxOf(state, 'a')).toMatchObject({status: 'paused', region: 'us-east', templateName: 'agent-py311'});
  });

  test('what an event took away no older page brings back, in either order', () => {
    const event = observed(2000, {id: 'a', status: 'stopped', region: null});
    const page = paged(3000, 7, [patch('a', {region: 'us-east'})], 1000);
    for (const state of [told(listed(), event, page), told(listed(), page, event)]) {
      expect(sandboxOf(state, 'a')).toMatchObject({status: 'stopped', region: undefined});
    }
    const back = told(listed(), event, page, observed(4000, {id: 'a', region: 'eu-west'}));
    expect(sandboxOf(back, 'a')?.region).toBe('eu-west');
  });

  test('a replay from before the highest version is old, even after an event without one', () => {
    const state = told(
      listed(patch('a', {status: 'running', updatedAt: 10})),
      observed(2000, {id: 'a', status: 'paused'}),
      observed(3000, {id: 'a', status: 'creating', updatedAt: 5}),
    );
    expect(statusOf(state, 'a')).toBe('paused');
    expect(statusOf(told(state, observed(4000, {id: 'a', status: 'running', updatedAt: 11})), 'a')).toBe('running');
  });

  test('a page and a later event give the same row in either order', () => {
    const page = (ms: number) => paged(ms, 7, [patch('a', {region: 'eu-west'})], 500);
    const event = (ms: number) => observed(ms, {id: 'a', status: 'paused', nodeId: 'n-7'}, {asOf: 1000});
    const [one, other] = [told(listed(), page(1500), event(1600)), told(listed(), event(1500), page(1600))];
    expect(sandboxOf(one, 'a')).toEqual(sandboxOf(other, 'a'));
  });

  test.each<[string, SandboxPatch, number, string]>([
    ['newer by version, older by time', {id: 'a', status: 'paused', updatedAt: 20}, 500, 'paused'],
    ['older by version, newer by time', {id: 'a', status: 'paused', updatedAt: 5}, 3000, 'running'],
    ['the same version, newer by time', {id: 'a', status: 'paused', updatedAt: 10}, 3000, 'paused'],
    ['the same version, older by time', {id: 'a', status: 'paused', updatedAt: 10}, 500, 'running'],
    ['no version, newer by time', {id: 'a', status: 'paused'}, 3000, 'paused'],
    ['no version, older by time', {id: 'a', status: 'paused'}, 500, 'running'],
  ])('%s', (_, what, asOf, status) => {
    const before = told(listed(), observed(1000, patch('a', {updatedAt: 10})));
    expect(statusOf(told(before, observed(4000, what, {asOf, via: 'list'})), 'a')).toBe(status);
  });

  test('after an event without a version an old version decides nothing', () => {
    const before = told(
      listed(),
      observed(1000, patch('a', {updatedAt: 10})),
      observed(2000, {id: 'a', status: 'paused'}),
    );
    const late = observed(3000, patch('a', {updatedAt: 12}), {asOf: 1900, via: 'list'});
    expect(statusOf(told(before, late), 'a')).toBe('paused');
  });

  test('the same event again gives the same state; the same page only makes the row younger', () => {
    const before = told(listed(patch('a')), observed(1000, {id: 'a', status: 'paused'}));
    expect(told(before, observed(9000, {id: 'a', status: 'paused'}))).toBe(before);
    const read = told(before, observed(9000, {id: 'a', status: 'paused'}, {via: 'list'}));
    expect(read.rows.get('a')?.asOf).toBe(T0 + 9000);
    expect(read.log).toBe(before.log);
    expect(told(read, observed(9500, {id: 'a', status: 'paused'}, {via: 'list', asOf: 9000}))).toBe(read);
  });

  test('a record read by id is known to be whole', () => {
    const state = told(listed(patch('a')), observed(2000, patch('a'), {via: 'read', asOf: 1900}));
    expect(state.rows.get('a')).toMatchObject({readAsOf: T0 + 1900, expiryAsOf: T0 + 1900});
  });
});

describe('what the log says', () => {
  test.each([
    ['event', 'stream | paused | a | running -> paused'],
    ['read', 'read | paused | a | running -> paused (found by re-read)'],
    ['list', 'list | paused | a | running -> paused (found by re-read)'],
    ['act', 'you | paused | a | running -> paused'],
  ] as const)('a change told by %s', (via, line) => {
    expect(logLines(told(listed(patch('a')), observed(1000, patch('a', {status: 'paused'}), {via})))).toEqual([line]);
  });

  test('a change to error is an error', () => {
    expect(logOf(told(listed(patch('a')), observed(1, {id: 'a', status: 'error'}))).at(-1)?.tone).toBe('danger');
  });

  test('a change of anything but the status is no line', () => {
    expect(logLines(told(listed(patch('a')), observed(1, {id: 'a', nodeId: 'n-9'})))).toEqual([]);
  });

  test('an event that does not tell the status makes a row that is asked for', () => {
    const {state, effects} = play(listed(), observed(1000, {id: 'a', region: 'us-east'}));
    expect(statusOf(state, 'a')).toBe('unknown');
    expect(effects).toEqual([{do: 'read', id: 'a', priority: 'check'}]);
    expect(statusOf(told(state, observed(1200, patch('a'), {via: 'read', asOf: 1000})), 'a')).toBe('running');
  });
});

describe('the dead', () => {
  const dead = told(listed(patch('a')), gone(1000, 'a'));

  test('an event about one only makes us ask', () => {
    const {state, effects} = play(dead, observed(2000, patch('a')));
    expect(statusOf(state, 'a')).toBe('† deleted');
    expect(effects).toEqual([{do: 'read', id: 'a', priority: 'check'}]);
    expect(told(state, gone(2100, 'a', {via: 'read', asOf: 2000})).rows).toBe(dead.rows);
  });

  test.each([
    ['a list asked for before its death', 'list', 900, '† deleted'],
    ['a list asked for after its death', 'list', 1500, 'running'],
    ['a GET asked for before its death', 'read', 900, '† deleted'],
    ['a GET asked for after its death', 'read', 1500, 'running'],
    ['the reply to an act sent before its death', 'act', 900, '† deleted'],
  ] as const)('%s', (_, via, asOf, status) => {
    const state = told(dead, observed(3000, patch('a'), {via, asOf}));
    expect(statusOf(state, 'a')).toBe(status);
    expect(state.live).toBe(status === 'running' ? 1 : 0);
  });

  test('one that comes back loses its tombstone and can die again', () => {
    const back = told(dead, observed(3000, patch('a'), {via: 'read', asOf: 2000}));
    expect([back.tombstones, back.remembered.size]).toEqual([[], 0]);
    expect(statusOf(told(back, gone(4000, 'a')), 'a')).toBe('† deleted');
  });

  test('a newer version of a death that told its own brings one back', () => {
    const versioned = told(listed(patch('a', {updatedAt: 1})), {
      type: 'sandbox.gone',
      at: T0 + 1,
      asOf: T0 + 1,
      id: 'a',
      via: 'event',
      version: 5,
    });
    expect(statusOf(told(versioned, observed(9, patch('a', {updatedAt: 4}))), 'a')).toBe('† deleted');
    expect(statusOf(told(versioned, observed(9, patch('a', {updatedAt: 6}))), 'a')).toBe('running');
  });

  test('one that was gone before its page came is never shown', () => {
    const state = told(begun(), gone(1000, 'a'), paged(2000, 7, [patch('a')], 900), frame(2000));
    expect([state.rows.size, shownIds(state)]).toEqual([0, []]);
  });

  test.each(['deleted', 'killed'])('a status of %s is a death', (status) => {
    expect(statusOf(told(listed(patch('a')), observed(5, {id: 'a', status}, {via: 'list'})), 'a')).toBe('† deleted');
    expect(told(listed(), observed(5, {id: 'x', status}, {via: 'list'})).rows.size).toBe(0);
  });

  test('an answer of 404 older than the row is asked again', () => {
    const {state, effects} = play(
      listed(patch('a')),
      observed(2000, {id: 'a', status: 'paused'}),
      gone(2100, 'a', {via: 'read', asOf: 1500}),
    );
    expect(statusOf(state, 'a')).toBe('paused');
    expect(effects).toEqual([{do: 'read', id: 'a', priority: 'check'}]);
  });

  test('their ids are forgotten after an hour', () => {
    const later = told(dead, ...ticks(2000, 3_602_000));
    expect([later.remembered.size, later.rows.size]).toEqual([0, 0]);
  });
});

describe('a life that somebody else changed', () => {
  const HOUR_MS = 3_600_000;
  const before = listed(patch('a', {expiresAt: WALL0 + HOUR_MS}));
  const seen = (expiresAt: number | null) => logLines(told(before, observed(1000, {id: 'a', expiresAt})));

  test('is told, longer and shorter apart', () => {
    expect(seen(WALL0 + 2 * HOUR_MS)).toEqual([expect.stringMatching(/extended . a . expires \d.* -> \d/)]);
    expect(seen(WALL0 + HOUR_MS / 2)).toEqual([expect.stringMatching(/shortened . a . expires \d.* -> \d/)]);
    expect(seen(null)).toEqual([expect.stringMatching(/extended . a . expires \d.* -> never/)]);
  });

  test('reckoned anew to the second it is the same life', () => {
    expect(seen(WALL0 + HOUR_MS + 1500)).toEqual([]);
  });

  test('found by a re-read it is said so', () => {
    const found = told(before, paged(2000, 2, [patch('a', {expiresAt: WALL0 + 2 * HOUR_MS})], 1500));
    expect(logLines(found)).toEqual([expect.stringMatching(/found by re-read/)]);
  });

  test('known for the first time it is no change', () => {
    const untold = listed({id: 'b', status: 'running'});
    expect(logLines(told(untold, observed(1000, {id: 'b', expiresAt: WALL0 + HOUR_MS})))).toEqual([]);
  });
});
