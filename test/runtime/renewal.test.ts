import {describe, expect, test} from 'vitest';
import {failureOf} from '../../src/api/errors.ts';
import {settle} from '../support/settle.ts';
import {follow} from './lifecycleBench.ts';

describe('a second stream beside a quiet one', () => {
  const opened = async () => {
    const made = await follow();
    made.push({type: 'opened'});
    await settle();
    const [old] = made.sandboxStreams;
    made.renew();
    await settle();
    return {...made, old};
  };

  test('the old one is heard until the new one is there, and dropped then', async () => {
    const {old, push, sandboxStreams, events, stop} = await opened();
    expect([sandboxStreams.length, old?.isOver()]).toEqual([2, false]);
    push({type: 'connecting', attempt: 1});
    old?.push({type: 'message', value: {kind: 'hint', verb: 'changed'}});
    await settle();
    push({type: 'opened'});
    await settle();
    expect(old?.isOver()).toBe(true);
    push({type: 'message', value: {kind: 'hint', verb: 'again'}});
    await settle();
    expect(events.map(({type, ...rest}) => ('verb' in rest ? rest.verb : type))).toEqual([
      'stream.opened',
      'changed',
      'stream.opened',
      'again',
    ]);
    await stop();
  });

  test('one that is lost before it opens takes the old one with it: neither can be believed', async () => {
    const {old, push, types, stop} = await opened();
    const failure = failureOf('unreachable', 'connection reset');
    push({type: 'lost', failure, attempt: 1, retryInMs: 1_000});
    await settle();
    expect([types(), old?.isOver()]).toEqual([['stream.opened', 'stream.lost'], true]);
    push({type: 'opened'});
    await settle();
    expect(types().at(-1)).toBe('stream.opened');
    await stop();
  });

  test('one that is lost when the old has spoken again is forgotten: there was nothing to renew', async () => {
    const {old, push, types, stop} = await opened();
    old?.push({type: 'heard'});
    await settle();
    push({type: 'lost', failure: failureOf('rate-limited', 'one stream a key'), attempt: 1, retryInMs: 1_000});
    await settle();
    expect([types(), old?.isOver()]).toEqual([['stream.opened', 'stream.heard'], false]);
    await stop();
  });

  test('one that waits when the old is refused for good is dropped with it', async () => {
    const {old, reconnect, sandboxStreams, types, stop} = await opened();
    old?.push({type: 'ended', failure: failureOf('unauthorized', 'no such key')});
    await settle();
    expect([types().at(-1), sandboxStreams.map((stream) => stream.isOver())]).toEqual(['access.denied', [true, true]]);
    reconnect();
    await settle();
    expect(sandboxStreams).toHaveLength(3);
    await stop();
  });

  test('one that is refused for good ends the stream', async () => {
    const {push, types, sandboxStreams, stop} = await opened();
    push({type: 'ended', failure: failureOf('unsupported', 'no stream here')});
    await settle();
    expect(types().at(-1)).toBe('stream.unsupported');
    expect(sandboxStreams.every((stream) => stream.isOver())).toBe(true);
    await stop();
  });

  test('connecting anew drops both', async () => {
    const {reconnect, sandboxStreams, stop} = await opened();
    reconnect();
    await settle();
    expect(sandboxStreams.map((stream) => stream.isOver())).toEqual([true, true, false]);
    await stop();
  });

  test('the end of the session drops both', async () => {
    const {sandboxStreams, stop} = await opened();
    await stop();
    expect(sandboxStreams.map((stream) => stream.isOver())).toEqual([true, true]);
  });

  test('is not asked for while none is open', async () => {
    const {renew, sandboxStreams, stop} = await follow();
    renew();
    await settle();
    expect(sandboxStreams).toHaveLength(1);
    await stop();
  });
});
