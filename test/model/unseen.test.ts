import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {T0} from '../support/builders.ts';
import {
  ended,
  failure,
  gone,
  listed,
  logLines,
  lost,
  observed,
  opened,
  paged,
  patch,
  statusOf,
  ticks,
  told,
} from './given.ts';

const [a, b, c] = [patch('a'), patch('b'), patch('c')];

/** A gap of 16 s and the list that was read after it. */
const cut = (...seen: readonly SandboxPatch[]): readonly Event[] => [
  ...ticks(1000, 4000),
  lost(5000),
  ...ticks(5000, 6000),
  opened(7000),
  paged(7100, 2, seen),
  ...ticks(8000, 15_000),
  ended(16_000, 2),
];
const notFound = (ms: number, id: string): Event => gone(ms, id, {via: 'read', asOf: ms - 50});
const lastLine = (lines: readonly string[]): string | undefined => lines.at(-1);
const accounts = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.includes('gap end'));

describe('what a gap hid', () => {
  test('is counted when every row that the list lacks has been asked for, and not before', () => {
    const read = told(listed(a, b, c), ...cut(a));
    expect(accounts(logLines(read))).toEqual([]);
    const one = told(read, notFound(16_100, 'b'));
    expect(accounts(logLines(one))).toEqual([]);
    const both = told(one, observed(16_200, patch('c', {status: 'paused'}), {via: 'read', asOf: 16_150}));
    expect(logLines(both).slice(1)).toEqual([
      'read | gone | b | gone while out of touch: nobody saw why (inferred, found by re-read)',
      'read | paused | c | running -> paused (found by re-read)',
      'client | gap end | out of touch for 16s; list read again: 2 changes found that no event told',
    ]);
    expect(statusOf(both, 'b')).toBe('† unseen');
  });

  test('is nothing when the missing ones are there all the same', () => {
    const state = told(listed(a, b), ...cut(a), observed(16_100, b, {via: 'read', asOf: 16_050}));
    expect(lastLine(logLines(state))).toMatch(/: 0 changes found that no event told$/);
  });

  test('is at least what is known after a minute', () => {
    const state = told(listed(a, b, c), ...cut(a), notFound(16_100, 'b'), ...ticks(17_000, 76_000));
    expect(accounts(logLines(state))).toEqual([
      'client | gap end | out of touch for 16s; list read again: at least 1 change found that no event told; ' +
        '1 sandbox is still asked for',
    ]);
  });

  test('hid also what is found gone after its account: it has not vanished while all was well', () => {
    const said = told(listed(a, b, c), ...cut(a), notFound(16_100, 'b'), ...ticks(17_000, 76_000));
    expect(statusOf(told(said, notFound(77_000, 'c')), 'c')).toBe('† unseen');
    expect(statusOf(told(said, notFound(77_000, 'a')), 'a')).toBe('† vanished');
  });

  test('is at least what was known when the next gap begins', () => {
    const state = told(listed(a, b), ...cut(a), lost(17_000));
    expect(accounts(logLines(state))).toEqual([
      'client | gap end | out of touch for 16s; list read again: at least 0 changes found that no event told; ' +
        '1 sandbox is still asked for',
    ]);
    expect(state.link.missed).toBe(0);
  });

  test('is at least what a list tells that was cut', () => {
    const partial: Event = {type: 'list.ended', at: T0 + 16_000, run: 2, complete: false, reason: 'too many pages'};
    const paused = patch('a', {status: 'paused'});
    const state = told(listed(a, b), lost(5000), opened(7000), paged(7100, 2, [paused]), partial);
    expect(accounts(logLines(state))).toEqual([
      'client | gap end | out of touch for 16s; a part of the list read again: at least 1 change found that no event told',
    ]);
  });

  test('is not what an event told, nor what an event led us to', () => {
    const hint: Event = {type: 'hint.received', at: T0 + 7050, verb: 'changed', id: 'b'};
    const state = told(
      listed(a, b),
      lost(5000),
      opened(7000),
      observed(7010, {id: 'a', status: 'stopped'}),
      hint,
      observed(7090, patch('b', {status: 'paused'}), {via: 'read', asOf: 7080}),
      paged(7100, 2, [patch('a', {status: 'stopped'}), patch('b', {status: 'paused'})]),
      ended(16_000, 2),
    );
    expect(logLines(state).slice(1)).toEqual([
      'stream | stopped | a | running -> stopped',
      'read | paused | b | running -> paused',
      'client | gap end | out of touch for 16s; list read again: 0 changes found that no event told',
    ]);
  });

  test('is at least what is known when a GET that should decide fails', () => {
    const state = told(listed(a, b), ...cut(a), {type: 'read.failed', at: T0 + 16_100, id: 'b', failure: failure()});
    expect(lastLine(logLines(state))).toMatch(/list read again: at least 0 changes found that no event told$/);
  });

  test('without a stream each gap has an account of its own', () => {
    const none: Event = {type: 'stream.unsupported', at: T0 + 2000, reason: 'status 404'};
    const failed = (ms: number, run: number): Event => ({type: 'list.failed', at: T0 + ms, run, failure: failure()});
    const state = told(
      listed(a, b),
      none,
      failed(2100, 2),
      ...ticks(3000, 12_000),
      paged(12_100, 3, [patch('a', {status: 'paused'})]),
      ended(12_200, 3),
      ...ticks(13_000, 18_000),
      failed(18_100, 4),
      ...ticks(19_000, 30_000),
      paged(30_100, 5, [patch('a', {status: 'paused'}), b]),
      ended(30_200, 5),
    );
    expect(accounts(logLines(state)).map((line) => line.replace(/.*read again: /, ''))).toEqual([
      'at least 1 change found; 1 sandbox is still asked for',
      '0 changes found',
    ]);
  });

  test('without a stream is only found: no event ever tells', () => {
    const none: Event = {type: 'stream.unsupported', at: T0 + 2000, reason: 'status 404'};
    const failed: Event = {type: 'list.failed', at: T0 + 8500, run: 3, failure: failure()};
    const state = told(
      listed(a),
      none,
      paged(2100, 2, [a]),
      ended(2200, 2),
      ...ticks(3000, 8000),
      failed,
      ...ticks(9000, 20_000),
      paged(20_100, 4, [patch('a', {status: 'paused'})]),
      ended(20_200, 4),
    );
    expect(logLines(state).slice(-2)).toEqual([
      'list | paused | a | running -> paused',
      expect.stringMatching(/^client \| gap end \| out of touch for \d+s; list read again: 1 change found$/),
    ]);
  });
});

test('a sandbox that is found gone while all is well has vanished: it was no gap that hid it', () => {
  const state = told(listed(a), notFound(9000, 'a'));
  expect([statusOf(state, 'a'), state.link.missed]).toEqual(['† vanished', 0]);
});

test('a delete of our own that a re-read confirms was not missed', () => {
  const state = told(
    listed(patch('sb_abcd')),
    lost(500),
    opened(700),
    {
      type: 'action.accepted',
      at: T0 + 800,
      asOf: T0 + 790,
      action: 'delete',
      id: 'sb_abcd',
      status: 200,
      requestId: 'r',
      patch: undefined,
    },
    paged(1100, 2, [], 1000),
    ended(1200, 2),
    notFound(1400, 'sb_abcd'),
  );
  expect(lastLine(logLines(state).filter((line) => !line.startsWith('you')))).toMatch(/: 0 changes found/);
  expect(statusOf(state, 'sb_abcd')).toBe('† deleted by you');
});
