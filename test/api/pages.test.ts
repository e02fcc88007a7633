import {expect, test} from 'vitest';
import {apiError} from '../../src/api/errors.ts';
import {type AskPage, createPageReader, type PageReader} from '../../src/api/pages.ts';
import type {ListQuery, SandboxPage} from '../../src/api/types.ts';
import {answered, page} from '../support/fakeApi.ts';

const atOnce: AskPage = (send) => send();

/** A server that answers each query by `serve`, and what it was asked. */
function serving(serve: (query: ListQuery, call: number) => SandboxPage, ask = atOnce) {
  const asked: ListQuery[] = [];
  const listSandboxes = async (query: ListQuery) => {
    asked.push(query);
    return answered(serve(query, asked.length));
  };
  return {asked, read: createPageReader({listSandboxes}, ask)};
}

/** Ids in the order they came, then how it ended. */
async function told(read: PageReader, question?: Parameters<PageReader>[0]) {
  const ids: string[] = [];
  for await (const signal of read(question)) {
    if (signal.type === 'end') return {ids, gap: signal.gap};
    ids.push(...signal.answer.value.patches.map(({id}) => id));
  }
  return {ids};
}

test('page after page, the question with each', async () => {
  const {asked, read} = serving(({cursor}) => (cursor ? page(['b']) : page(['a'], {hasMore: true, nextCursor: 'c'})));
  expect(await told(read, {status: 'running'})).toEqual({ids: ['a', 'b'], gap: undefined});
  expect(asked).toEqual([
    {limit: 1000, status: 'running'},
    {limit: 1000, status: 'running', cursor: 'c'},
  ]);
});

test('a server that refuses large pages late gets the same page smaller, and is not tried again', async () => {
  const {asked, read} = serving(({limit = 0, cursor}, call) => {
    if (call > 1 && limit > 100) throw apiError('bad-request', 'limit must be at most 100');
    return cursor ? page(['b']) : page(['a'], {hasMore: true, nextCursor: 'c'});
  });
  expect(await told(read)).toEqual({ids: ['a', 'b'], gap: undefined});
  await told(read);
  expect(asked.map(({limit, cursor}) => [limit, cursor])).toEqual([
    [1000, undefined],
    [1000, 'c'],
    [100, 'c'],
    [100, undefined],
    [100, 'c'],
  ]);
});

test('every size refused is a failure', async () => {
  const {asked, read} = serving(() => {
    throw apiError('bad-request', 'no');
  });
  await expect(told(read)).rejects.toThrow('no');
  expect(asked).toHaveLength(2);
});

test('whoever asks for the pages may stop: then nothing more is told, not even an end', async () => {
  const {asked, read} = serving(
    () => page(['a'], {hasMore: true, nextCursor: 'c'}),
    async (send) => (asked.length === 0 ? send() : undefined),
  );
  expect(await told(read)).toEqual({ids: ['a']});
  expect(asked).toHaveLength(1);
});
