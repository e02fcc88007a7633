import {expect, test} from 'vitest';
import {decodeBuildStatus, decodeLogChunk} from '../../src/api/decodeBuild.ts';

test.each([
  ['active', true],
  ['FAILED', true],
  ['Completed', true],
  ['cancelled', true],
  ['canceled', true],
  ['building', false],
  ['pending', false],
])('a build that is %s: is it over? %s', (status, isFinal) => {
  expect(decodeBuildStatus('b_1', {status})?.isFinal).toBe(isFinal);
  expect(decodeLogChunk({logs: '', offset: 0, status})?.isFinal).toBe(isFinal);
});

test('a build that tells when it was completed is over, whatever its status is called', () => {
  expect(decodeBuildStatus('b_1', {status: 'archived', completed_at: '2026-01-15T12:00:00Z'})?.isFinal).toBe(true);
  expect(decodeBuildStatus('b_1', {status: 'archived', completed_at: null})?.isFinal).toBe(false);
});
