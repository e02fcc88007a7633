import {describe, expect, test} from 'vitest';
import {listAsOf} from '../../src/model/select.ts';
import {T0} from '../support/builders.ts';
import {ended, failure, listed, lost, paged, patch, statusOf, ticks, told} from './given.ts';

describe('a stream that cannot be reached, at a server that can', () => {
  const refused = (ms: number) => lost(ms, {kind: 'unreachable', status: undefined, message: 'refused'});
  const down = told(listed(patch('a')), refused(5000), refused(5500), ...ticks(6000, 10_000));

  test('the list is read soon, and tells that it is the stream alone', () => {
    expect([down.link.phase, down.listing.phase]).toEqual(['offline', 'reading']);
    const read = told(down, paged(10_100, 2, [patch('a', {status: 'paused'})]), ended(10_200, 2));
    expect([read.link.phase, statusOf(read, 'a')]).toEqual(['stale', 'paused']);
    expect(told(read, refused(12_000)).link.phase).toBe('stale');
  });

  test('the list is read on every few seconds, and says of when it is', () => {
    const read = told(down, paged(10_100, 2, [patch('a')]), ended(10_200, 2), ...ticks(11_000, 16_000));
    expect([read.listing.phase, listAsOf(read)]).toEqual(['reading', T0 + 10_100]);
  });

  test('a list that fails too is OFFLINE again', () => {
    const read = told(down, paged(10_100, 2, [patch('a')]), ended(10_200, 2), ...ticks(11_000, 16_000));
    const gone = failure({kind: 'unreachable', status: undefined});
    expect(told(read, {type: 'list.failed', at: T0 + 16_100, run: 3, failure: gone}, refused(17_000)).link.phase).toBe(
      'offline',
    );
  });
});
