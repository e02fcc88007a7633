import {describe, expect, test} from 'vitest';
import {printOnce} from '../../src/cli/once.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import {noFilter} from '../../src/model/filter.ts';
import {settle} from '../support/settle.ts';
import {type FakePage, NOON, patch, serverWith} from './fakeServer.ts';

const asking = {origin: new URL('https://api.hopx.dev'), keyId: 'hopx_live_abcdefghijkl', source: 'HOPX_API_KEY'};
const everything = {filter: noFilter, region: undefined, status: undefined, sort: undefined, output: undefined};

describe('a request limit is waited out', () => {
  /** Reads with a clock that the test winds: what was said, and what was asked by then. */
  function reading(...pages: readonly FakePage[]) {
    const api = serverWith(...pages);
    const clock = manualClock(NOON);
    const said: string[] = [];
    const world = {api, clock, skewMs: () => 0, asking, say: (sentence: string) => void said.push(sentence)};
    return {printed: printOnce(everything, world), clock, said, asked: api.asked};
  }

  const refused = (retryAfterMs?: number): FakePage => ({
    fails: 'rate-limited',
    message: 'too many requests',
    ...(retryAfterMs === undefined ? {} : {retryAfterMs}),
  });

  test('for as long as the server says, then the same page is asked for again; it is said once', async () => {
    const {printed, clock, said, asked} = reading(
      {patches: [patch('sb_a')], hasMore: true, nextCursor: 'c'},
      refused(38_500),
      refused(2_000),
      {patches: [patch('sb_b')]},
    );
    await settle();
    clock.advance(38_499);
    await settle();
    expect(asked).toHaveLength(2);
    clock.advance(1);
    await settle();
    clock.advance(2_000);
    const {stdout, stderr, exit} = await printed;
    expect(stdout.match(/^sb_\w+/gm)).toEqual(['sb_a', 'sb_b']);
    expect({stderr, exit}).toEqual({stderr: [], exit: 'ok'});
    expect(asked.map(({cursor}) => cursor)).toEqual([undefined, 'c', 'c', 'c']);
    expect(said).toEqual([
      'api.hopx.dev takes no more requests for now: waiting 39 s before the list goes on (Ctrl-C ends it)',
    ]);
    expect(clock.waiting()).toBe(0);
  });

  test('not longer than a quarter of an hour, and ten seconds when nothing is said', async () => {
    const day = reading(refused(86_400_000), {patches: []});
    await settle();
    day.clock.advance(900_000);
    await day.printed;
    const silent = reading(refused(), {patches: []});
    await settle();
    silent.clock.advance(10_000);
    await silent.printed;
    expect([day.asked.length, silent.asked.length]).toEqual([2, 2]);
  });

  test('a server that never lets the page through ends it, with the part that was read', async () => {
    const pages = Array.from({length: 9}, () => refused(1_000));
    const {printed, clock, asked} = reading({patches: [patch('sb_a')], hasMore: true, nextCursor: 'c'}, ...pages);
    for (let second = 0; second < 9; second += 1) {
      await settle();
      clock.advance(1_000);
    }
    const {stdout, stderr, exit} = await printed;
    expect(asked).toHaveLength(7);
    expect(stdout).toContain('sb_a');
    expect({stderr, exit}).toEqual({
      stderr: ['this is a part of the list: api.hopx.dev: too many requests; try again in 1 s (request_id req_9)'],
      exit: 'rateLimit',
    });
  });
});
