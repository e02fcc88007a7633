import {describe, expect, test} from 'vitest';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {T0, WALL0} from '../support/builders.ts';
import {listed, observed, paged, patch, told} from './given.ts';

describe('an event that tells a part of the row', () => {
  const before = told(listed(patch('a', {expiresAt: WALL0 + 1000})), {type: 'refresh.asked', at: T0 + 1900});
  const page = (at: number, asOf: number, over: Partial<SandboxPatch>) => paged(at, 2, [patch('a', over)], asOf);
  const sparse = (ms: number, over: Partial<SandboxPatch>) => observed(ms, {id: 'a', ...over});

  test('leaves the rest as old as it was: a list asked for meanwhile tells it, and not the part', () => {
    const state = told(before, sparse(2000, {status: 'paused'}), page(2100, 1900, {expiresAt: null}));
    expect(state.rows.get('a')?.sandbox).toMatchObject({status: 'paused', expiresAt: null});
    expect(state.suspects.size).toBe(0);
  });

  test('each part is as old as it was told: of two, the list is newer than the first', () => {
    const events = [sparse(1950, {status: 'paused'}), sparse(2000, {expiresAt: null})];
    const state = told(before, ...events, page(2100, 1980, {status: 'stopped', expiresAt: WALL0 + 5000}));
    expect(state.rows.get('a')?.sandbox).toMatchObject({status: 'stopped', expiresAt: null});
  });

  test('by the versions, where the server gives them', () => {
    const row = told(before, sparse(1990, {status: 'paused', updatedAt: 30}));
    const state = told(row, page(2100, 1900, {status: 'running', expiresAt: null, updatedAt: 20}));
    expect(state.rows.get('a')?.sandbox).toMatchObject({status: 'paused', expiresAt: null});
  });

  test('one that tells all of it does not: an older list changes nothing', () => {
    const event = observed(2000, patch('a', {status: 'paused', expiresAt: null}));
    const state = told(before, event, page(2100, 1900, {expiresAt: WALL0 + 9000}));
    expect(state.rows.get('a')?.sandbox).toMatchObject({status: 'paused', expiresAt: null});
  });

  test('a list that is newer ends it', () => {
    const state = told(before, sparse(2000, {status: 'paused'}), page(2200, 2100, {}));
    expect(state.rows.get('a')?.parts).toBeUndefined();
  });
});
