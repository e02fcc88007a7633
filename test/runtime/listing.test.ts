import {describe, expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Api, ListQuery, SandboxPage} from '../../src/api/types.ts';
import {createListing} from '../../src/runtime/listing.ts';
import {answered, page} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

/** A server that answers each query by `serve`. */
const listing = (serve: (query: ListQuery, call: number) => SandboxPage) => {
  let call = 0;
  const listSandboxes: Api['listSandboxes'] = async (query) => {
    call += 1;
    return answered(serve(query, call), {sentAt: 7});
  };
  const made = bench({listSandboxes});
  return {...made, read: createListing(made.ports).read, queries: () => made.calls.map(({args}) => args[0])};
};

const last = <T>(items: readonly T[]): T | undefined => items.at(-1);

describe('a whole list', () => {
  test('comes page by page, each as old as its request', async () => {
    const {read, events, queries} = listing(({cursor}) =>
      cursor === 'c2' ? page(['b']) : page(['a'], {hasMore: true, nextCursor: 'c2'}),
    );
    await read(3);
    expect(queries()).toEqual([{limit: 1_000}, {limit: 1_000, cursor: 'c2'}]);
    expect(events).toEqual([
      {type: 'list.page', at: 0, asOf: 7, run: 3, patches: page(['a']).patches},
      {type: 'list.page', at: 0, asOf: 7, run: 3, patches: page(['b']).patches},
      {type: 'list.ended', at: 0, run: 3, complete: true},
    ]);
  });

  test('a cursor without has_more is not followed', async () => {
    const {read, events, queries} = listing(() => page(['a'], {nextCursor: 'more'}));
    await read(1);
    expect(queries()).toHaveLength(1);
    expect(last(events)).toMatchObject({type: 'list.ended', complete: true});
  });

  test('rows nobody could read are counted', async () => {
    const {read, events} = listing(() => page(['a'], {unreadable: 3}));
    await read(1);
    expect(events).toContainEqual({
      type: 'event.unread',
      at: 0,
      name: 'list row',
      excerpt: '3 without a usable id',
    });
  });
});

describe('a list the server cut', () => {
  test.each([
    ['no cursor', {hasMore: true}, 'the server has more but gave no cursor', 1],
    ['an empty cursor', {hasMore: true, nextCursor: ''}, 'the server has more but gave no cursor', 1],
    ['the same cursor again', {hasMore: true, nextCursor: 'same'}, 'the server repeated a cursor', 2],
  ])('%s', async (_, over, reason, pages) => {
    const {read, events, queries} = listing(() => page(['a'], over));
    await read(1);
    expect(queries()).toHaveLength(pages);
    expect(last(events)).toEqual({type: 'list.ended', at: 0, run: 1, complete: false, reason});
  });

  test('cursors that go round', async () => {
    const {read, events, queries} = listing((_, call) => page([], {hasMore: true, nextCursor: `c${call % 3}`}));
    await read(1);
    expect(queries()).toHaveLength(4);
    expect(last(events)).toMatchObject({complete: false, reason: 'the server repeated a cursor'});
  });

  test('pages without end', async () => {
    const {read, events, queries, ports} = listing((_, call) => page([], {hasMore: true, nextCursor: `c${call}`}));
    ports.governor.learn({limit: 1e6, remaining: 1e6, resetAt: 60_000});
    await read(1);
    expect(queries()).toHaveLength(2_000);
    expect(last(events)).toMatchObject({complete: false, reason: 'more than 2000 pages'});
  });
});

describe('a server that refuses', () => {
  test('1000 rows a page is asked for 100, and for 100 from then on', async () => {
    const {read, events, queries} = listing(({limit = 0}) => {
      if (limit > 100) throw apiError('bad-request', 'limit must be at most 100', {status: 400});
      return page(['a']);
    });
    await read(1);
    await read(2);
    expect(queries()).toEqual([{limit: 1_000}, {limit: 100}, {limit: 100}]);
    expect(events.filter(({type}) => type === 'list.failed')).toEqual([]);
  });

  test('every size has failed', async () => {
    const {read, events, queries} = listing(() => {
      throw apiError('bad-request', 'no', {status: 400});
    });
    await read(1);
    expect(queries()).toHaveLength(2);
    expect(last(events)).toMatchObject({type: 'list.failed', run: 1, failure: {kind: 'bad-request'}});
  });

  test('the second page has failed: nothing says the list ended', async () => {
    const {read, types} = listing((_, call) => {
      if (call === 2) throw apiError('server', 'boom', {status: 500});
      return page(['a'], {hasMore: true, nextCursor: 'c'});
    });
    await read(1);
    expect(types()).toEqual(['list.page', 'list.failed']);
  });

  test.each(['unauthorized', 'forbidden'] as const)('%s is also a matter of access', async (kind) => {
    const {read, types} = listing(() => {
      throw apiError(kind, 'no');
    });
    await read(1);
    expect(types()).toEqual(['list.failed', 'access.denied']);
  });

  test('429 waits for the time it names and goes on at the same page', async () => {
    const {read, events, queries, clock} = listing((_, call) => {
      if (call === 2) throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 30_000});
      return call === 1 ? page(['a'], {hasMore: true, nextCursor: 'c2'}) : page(['b']);
    });
    const reading = read(1);
    await settle();
    clock.advance(29_999);
    await settle();
    expect(queries()).toHaveLength(2);
    clock.advance(1);
    await reading;
    expect(queries()[2]).toEqual({limit: 1_000, cursor: 'c2'});
    expect(last(events)).toMatchObject({type: 'list.ended', complete: true});
  });

  test('429 for ever ends', async () => {
    const {read, events, queries, clock} = listing(() => {
      throw apiError('rate-limited', 'slow down', {status: 429, retryAfterMs: 1_000});
    });
    const reading = read(1);
    for (let second = 0; second < 10; second += 1) {
      await settle();
      clock.advance(1_000);
    }
    await reading;
    expect(queries()).toHaveLength(6);
    expect(last(events)).toMatchObject({type: 'list.failed', failure: {kind: 'rate-limited'}});
  });
});

test('a list that is stopped half-way tells nothing more and leaves no timer', async () => {
  const made = bench();
  const reading = createListing(made.ports).read(1);
  await settle();
  expect(made.calls).toHaveLength(1);
  await made.stop();
  await reading;
  expect(made.events).toEqual([]);
  expect(made.clock.waiting()).toBe(0);
});
