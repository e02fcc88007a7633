import {describe, expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import type {Answer, Api} from '../../src/api/types.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {createReading} from '../../src/runtime/reading.ts';
import {answered} from '../support/fakeApi.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

const reading = (getSandbox?: Api['getSandbox']) => {
  const made = bench(getSandbox ? {getSandbox} : {});
  return {...made, ...createReading(made.ports), asked: () => made.calls.map(({args}) => args[0])};
};

/** A server whose answers the test lets go one by one. */
const heldReading = () => {
  const waiting: (() => void)[] = [];
  const made = reading(
    (id) =>
      new Promise<Answer<SandboxPatch>>((resolve) => {
        waiting.push(() => resolve(answered({id})));
      }),
  );
  const answerOne = async () => {
    waiting.shift()?.();
    await settle();
  };
  return {...made, answerOne};
};

describe('what a GET says', () => {
  test('a sandbox, as old as the request', async () => {
    const {read, events} = reading(async (id) => answered({id, status: 'paused'}, {sentAt: 5}));
    read('a', 'check');
    await settle();
    expect(events).toEqual([
      {type: 'sandbox.observed', at: 0, asOf: 5, via: 'read', patch: {id: 'a', status: 'paused'}},
    ]);
  });

  test('404: gone, as of the request', async () => {
    const {read, events, clock} = reading(async () => {
      throw apiError('not-found', 'Sandbox not found', {status: 404});
    });
    clock.advance(3);
    read('a', 'check');
    await settle();
    expect(events).toEqual([{type: 'sandbox.gone', at: 3, asOf: 3, id: 'a', via: 'read'}]);
  });

  test.each(['server', 'timed-out', 'unreachable', 'forbidden', 'bad-answer'] as const)('%s: failed', async (kind) => {
    const {read, events} = reading(async () => {
      throw apiError(kind, 'no');
    });
    read('a', 'check');
    await settle();
    expect(events).toMatchObject([{type: 'read.failed', id: 'a', failure: {kind}}]);
  });

  test('429 is waited out', async () => {
    let call = 0;
    const {read, types, clock} = reading(async (id) => {
      call += 1;
      if (call === 1) throw apiError('rate-limited', 'slow down', {retryAfterMs: 5_000});
      return answered({id});
    });
    read('a', 'check');
    await settle();
    expect(types()).toEqual([]);
    clock.advance(5_000);
    await settle();
    expect(types()).toEqual(['sandbox.observed']);
  });

  test('held for an act is told: the act waits for it', async () => {
    const {read, events, ports} = reading(async (id) => answered({id}));
    ports.governor.refuse(5_000);
    read('a', 'act');
    read('b', 'check');
    await settle();
    expect(events).toEqual([{type: 'action.queued', at: 0, id: 'a', until: 5_000}]);
  });
});

describe('how many at once', () => {
  test('four checks; the others follow as these end', async () => {
    const {read, asked, answerOne} = heldReading();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) read(id, 'check');
    await settle();
    expect(asked()).toEqual(['a', 'b', 'c', 'd']);
    await answerOne();
    expect(asked()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('an act does not wait for checks, and six is the most', async () => {
    const {read, asked} = heldReading();
    for (const id of ['a', 'b', 'c', 'd', 'e']) read(id, 'check');
    for (const id of ['x', 'y', 'z']) read(id, 'act');
    await settle();
    expect(asked()).toEqual(['a', 'b', 'c', 'd', 'x', 'y']);
  });
});

describe('the same sandbox', () => {
  test('asked for again before the request left is one request', async () => {
    const {read, asked, answerOne} = heldReading();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'e', 'e']) read(id, 'check');
    for (let answers = 0; answers < 6; answers += 1) await answerOne();
    expect(asked()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('asked for again while the request is out is one more afterwards: the first may be too old', async () => {
    const {read, asked, answerOne} = heldReading();
    for (let times = 0; times < 4; times += 1) read('a', 'check');
    await settle();
    expect(asked()).toEqual(['a']);
    await answerOne();
    expect(asked()).toEqual(['a', 'a']);
    await answerOne();
    expect(asked()).toEqual(['a', 'a']);
  });

  test('an act takes the place of a check of it that has not begun', async () => {
    const {read, asked} = heldReading();
    for (const id of ['a', 'b', 'c', 'd', 'e']) read(id, 'check');
    read('e', 'act');
    await settle();
    expect(asked()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('an act goes before a check of it that waits for the limiter', async () => {
    const {read, asked, ports} = heldReading();
    ports.governor.learn({limit: 100, remaining: 20, resetAt: 60_000});
    read('a', 'check');
    read('a', 'act');
    await settle();
    expect(asked()).toEqual(['a']);
  });
});

describe('what the screen wants', () => {
  test('is read once, however often it is wanted', async () => {
    const {want, asked, answerOne} = heldReading();
    want([]);
    want(['a']);
    want(['a']);
    await settle();
    await answerOne();
    want(['a']);
    await settle();
    expect(asked()).toEqual(['a']);
  });

  test('is read one by one, and one that cannot be read does not hold up the others', async () => {
    const {want, asked} = reading(async () => {
      throw apiError('server', 'no');
    });
    for (let turn = 0; turn < 5; turn += 1) {
      want(['a', 'b', 'c']);
      await settle();
    }
    expect(asked()).toEqual(['a', 'b', 'c']);
  });

  test('is tried again after ten seconds if it is still wanted', async () => {
    const {want, asked, clock} = reading(async () => {
      throw apiError('server', 'no');
    });
    for (let second = 0; second <= 10; second += 1) {
      want(['a']);
      await settle();
      clock.advance(1_000);
    }
    expect(asked()).toHaveLength(2);
  });
});

test('stopping lets go of what waits', async () => {
  const {read, events, stop, clock, ports} = reading();
  ports.governor.refuse(60_000);
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) read(id, 'check');
  await stop();
  expect(events).toEqual([]);
  expect(clock.waiting()).toBe(0);
});
