import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {T0, WALL0} from '../support/builders.ts';
import {listed, logLines, logOf, observed, patch, told} from './given.ts';

const accepted = (patchOf?: SandboxPatch): Event => ({
  type: 'action.accepted',
  at: T0 + 1300,
  asOf: T0 + 1000,
  action: 'extend',
  id: 'a',
  status: 200,
  requestId: 'req_x',
  patch: patchOf,
});

describe('an extension', () => {
  const before = WALL0 + 3_600_000;
  const extending = told(listed(patch('a', {expiresAt: before})), {
    type: 'action.asked',
    at: T0 + 1000,
    action: 'extend',
    id: 'a',
  });

  test('is done by a reply that tells the new end', () => {
    const state = told(extending, accepted({id: 'a', expiresAt: before + 1_800_000}));
    expect([state.acts.size, state.rows.get('a')?.sandbox.expiresAt]).toEqual([0, before + 1_800_000]);
    expect(logLines(state).at(-1)).toBe('you | extend | a | extended 15:02:11 -> 15:32:11');
  });

  test('without one it is done by a read', () => {
    const waiting = told(extending, accepted());
    expect(waiting.acts.get('a')?.phase).toBe('accepted');
    const state = told(waiting, observed(4000, patch('a', {expiresAt: before + 1}), {via: 'read', asOf: 3900}));
    expect(state.acts.size).toBe(0);
  });

  test.each<[string, readonly Event[]]>([
    ['a reply', [accepted({id: 'a', expiresAt: before - 1000})]],
    ['a read', [accepted(), observed(4000, patch('a', {expiresAt: before - 1000}), {via: 'read', asOf: 3900})]],
  ])('%s with an earlier end than before is an alarm', (_, events) => {
    const state = told(extending, ...events);
    expect(state.notice).toMatchObject({text: 'a: expires EARLIER than before: 15:02:11 -> 15:02:10', tone: 'danger'});
    expect([logOf(state).at(-1)?.tone, state.acts.size]).toEqual(['danger', 0]);
  });
});
