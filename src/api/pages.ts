import {pageLimits} from '../contract/envelope.ts';
import {ApiError} from './errors.ts';
import type {Answer, Api, ListQuery, SandboxPage} from './types.ts';

/** What a reading of the list tells, in order. */
type PageSignal =
  | {readonly type: 'page'; readonly answer: Answer<SandboxPage>}
  /** Nothing follows. `gap`: why this is not the whole list; undefined: it is. */
  | {readonly type: 'end'; readonly gap: string | undefined};

/** Sends one request when its time has come: who paces, waits or gives up does it here. Undefined: no more is wanted. */
export type AskPage = (send: () => Promise<Answer<SandboxPage>>) => Promise<Answer<SandboxPage> | undefined>;

export type PageReader = (question?: Pick<ListQuery, 'region' | 'status'>) => AsyncGenerator<PageSignal>;

/** 200,000 sandboxes in the smaller pages: more pages are a server that counts in circles. */
const MOST_PAGES = 2_000;

/**
 * Reads the list page by page. OpenAPI lists have `has_more` but no cursor, so every way on is guarded. It throws what
 * `ask` throws. A server that refused the larger pages once (docs.hopx.ai list-sandboxes allows 1000, OpenAPI 100) is
 * not asked for them again.
 */
export function createPageReader(api: Pick<Api, 'listSandboxes'>, ask: AskPage, signal?: AbortSignal): PageReader {
  let limit: number = pageLimits.most;

  const readPage = async (query: ListQuery): Promise<Answer<SandboxPage> | undefined> => {
    const asked = limit;
    try {
      return await ask(() => api.listSandboxes({limit: asked, ...query}, signal));
    } catch (error) {
      const isTooLarge = error instanceof ApiError && error.failure.kind === 'bad-request';
      if (!isTooLarge || asked === pageLimits.mostElsewhere) throw error;
      limit = pageLimits.mostElsewhere;
      return readPage(query);
    }
  };

  return async function* read(question = {}) {
    const followed = new Set<string>();
    for (let query: ListQuery = question; ; ) {
      const answer = await readPage(query);
      if (!answer) return;
      yield {type: 'page', answer};
      const {hasMore, nextCursor} = answer.value;
      const gap = hasMore ? gapBefore(nextCursor, followed) : undefined;
      if (!hasMore || !nextCursor || gap !== undefined) return yield {type: 'end', gap};
      followed.add(nextCursor);
      query = {...question, cursor: nextCursor};
    }
  };
}

/** `followed`: the cursors this reading has used. */
function gapBefore(cursor: string | undefined, followed: ReadonlySet<string>): string | undefined {
  if (!cursor) return 'the server has more but gave no cursor';
  if (followed.has(cursor)) return 'the server repeated a cursor';
  return followed.size + 1 >= MOST_PAGES ? `more than ${MOST_PAGES} pages` : undefined;
}
