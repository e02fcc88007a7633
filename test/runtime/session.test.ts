import {describe, expect, test} from 'vitest';
import {apiError, failureOf} from '../../src/api/errors.ts';
import type {Api} from '../../src/api/types.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {listOf, start} from './sessionBench.ts';

describe('from the first byte', () => {
  test('the list is asked for once the stream is open, not before', async () => {
    const {connect, methods, stop} = start();
    await settle();
    expect(methods()).toEqual([]);
    await connect();
    expect(methods()).toEqual(['listSandboxes']);
    await stop();
  });

  test('rows appear, and what the stream tells changes them', async () => {
    const {store, connect, sandboxStreams, stop} = start({script: listOf(['a', 'b'])});
    await connect();
    expect(store.getState().rows.get('a')?.sandbox.status).toBe('running');
    const patch = {id: 'a', status: 'paused'};
    sandboxStreams[0]?.push({type: 'message', value: {kind: 'observed', patch, verb: 'sandbox.updated'}});
    await settle();
    expect(store.getState().rows.get('a')?.sandbox.status).toBe('paused');
    await stop();
  });

  test('the first rows are shown at once, though a frame was painted a moment ago', async () => {
    const {store, connect, stop} = start({script: listOf(['a', 'b'])});
    const shown: number[] = [];
    store.subscribe(() => shown.push(store.getShown().rows.size));
    await connect();
    expect(shown.at(-1)).toBe(2);
    await stop();
  });

  test('what is visible is sampled, up to the limit', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const {connect, pass, metricStreams, stop} = start({script: listOf(ids)});
    await connect();
    await pass(2_000);
    expect(metricStreams.map(({id}) => id)).toHaveLength(5);
    await stop();
  });

  test('the record of the one in focus is read while its JSON is open: once, and again a minute later', async () => {
    const getRecord: Api['getRecord'] = async (id) =>
      answered({patch: {id, region: 'eu'}, text: {lines: ['{}'], isCut: false}}, {sentAt: clock.monotonic()});
    const {store, connect, pass, calls, clock, stop} = start({script: {...listOf(['a', 'b']), getRecord}});
    const asked = () => calls.filter(({method}) => method === 'getRecord').map(({args}) => args[0]);
    await connect();
    store.dispatch({type: 'detail.toggled', at: clock.monotonic()}, 'key');
    await pass(3_000);
    expect(asked()).toEqual([]);
    store.dispatch({type: 'focus.tabChosen', at: clock.monotonic(), tab: 'json'}, 'key');
    await pass(3_000);
    expect(asked()).toEqual(['a']);
    expect(store.getState().rows.get('a')?.sandbox.region).toBe('eu');
    await pass(62_000);
    expect(asked()).toEqual(['a', 'a']);
    await stop();
  });

  test('what the list left out is read: of the sandbox under the cursor first, then of the visible ones', async () => {
    const {store, connect, pass, calls, clock, stop} = start({
      script: {
        ...listOf(['a', 'b']),
        getSandbox: async (id) => answered({id, status: 'running', region: 'eu'}),
      },
    });
    await connect();
    store.dispatch({type: 'cursor.jumped', at: clock.monotonic(), to: 'last'}, 'key');
    await pass(3_000);
    const read = calls.filter(({method}) => method === 'getSandbox').map(({args}) => args[0]);
    expect(read).toEqual(['b', 'a']);
    await stop();
  });
});

describe('an act', () => {
  test('goes out and comes back accepted', async () => {
    const {store, connect, methods, clock, stop} = start({
      script: {
        ...listOf(['a']),
        pauseSandbox: async (id) => answered({id, status: 'paused'}, {sentAt: 1, requestId: 'req_7'}),
      },
    });
    await connect();
    clock.advance(1);
    store.dispatch({type: 'action.asked', at: clock.monotonic(), action: 'pause', id: 'a'}, 'key');
    await settle();
    expect(methods()).toContain('pauseSandbox');
    expect(store.getState().rows.get('a')?.sandbox.status).toBe('paused');
    await stop();
  });

  test('a 404 on delete counts as done', async () => {
    const {store, connect, pass, clock, stop} = start({
      script: {
        ...listOf(['a1234', 'b']),
        deleteSandbox: async () => {
          throw apiError('not-found', 'Sandbox not found', {status: 404, requestId: 'req_8'});
        },
      },
    });
    await connect();
    const now = clock.monotonic;
    store.dispatch({type: 'action.asked', at: now(), action: 'delete', id: 'a1234'}, 'key');
    await pass(500);
    store.dispatch({type: 'dialog.typed', at: now(), text: '1234'}, 'key');
    store.dispatch({type: 'dialog.answered', at: now(), answer: 'enter'}, 'key');
    await pass(7_000);
    expect(store.getState().rows.get('a1234')?.tombstone).toBeDefined();
    expect(store.getState().acts.size).toBe(0);
    await stop();
  });
});

describe('what every answer tells', () => {
  test('the budget is shown, and holds requests back', async () => {
    const {observer, store, connect, pass, metricStreams, stop} = start({script: listOf(['a', 'b', 'c'])});
    observer?.budgetChanged({limit: 100, remaining: 20, resetAt: 30_000});
    expect(store.getState().budget?.remaining).toBe(20);
    await connect();
    await pass(1_000);
    expect(metricStreams).toEqual([]);
    await stop();
  });

  test('before the first request is known as well: whoever opened the door may have asked already', async () => {
    const {store, stop} = start({early: {limit: 100, remaining: 7, resetAt: 30_000}});
    expect(store.getState().budget?.remaining).toBe(7);
    await stop();
  });

  test("the server's clock is taken over", async () => {
    const {observer, store, stop} = start();
    observer?.serverDated(-7_000);
    expect(store.getState().skewMs).toBe(-7_000);
    await stop();
  });
});

describe('the screen', () => {
  test('is told a few times a second', async () => {
    const {store, connect, pass, sandboxStreams, stop} = start();
    await connect();
    let painted = 0;
    store.subscribe(() => {
      painted += 1;
    });
    const change = (index: number) => {
      const patch = {id: `s${index}`, status: 'running'};
      sandboxStreams[0]?.push({type: 'message', value: {kind: 'observed', patch, verb: 'created'}});
    };
    for (let index = 0; index < 50; index += 1) {
      change(index);
      await pass(100);
    }
    expect(painted).toBeGreaterThanOrEqual(15);
    expect(painted).toBeLessThanOrEqual(21);
    await stop();
  });

  test('suspend, redraw and quit reach the terminal', async () => {
    const {store, asked, stop} = start();
    store.dispatch({type: 'suspend.asked', at: 0}, 'key');
    store.dispatch({type: 'redraw.asked', at: 0}, 'key');
    store.dispatch({type: 'quit.asked', at: 0}, 'key');
    expect(asked).toEqual(['suspend', 'redraw', 'quit']);
    await stop();
  });

  test('a mistake of ours is said, and the program goes on', async () => {
    const suspend = () => {
      throw new Error('/home/somebody/secret');
    };
    const {store, connect, methods, stop} = start({terminal: {suspend}});
    store.dispatch({type: 'suspend.asked', at: 0}, 'key');
    expect(store.getState().notice?.text).toMatch(/made a mistake/);
    await connect();
    expect(methods()).toEqual(['listSandboxes']);
    await stop();
  });
});

test('no stream, refused lists, silence: time passes and every end is an event', async () => {
  const script: Partial<Api> = {
    listSandboxes: async () => {
      throw apiError('server', 'boom', {status: 500});
    },
  };
  const {sandboxStreams, pass, store, stop} = start({script});
  await settle();
  sandboxStreams[0]?.push({type: 'ended', failure: failureOf('unsupported', 'no stream here')});
  await pass(20_000);
  expect(store.getState().link.polling).toBe(true);
  expect(store.getState().listing.failures).toBeGreaterThan(1);
  await stop();
});
