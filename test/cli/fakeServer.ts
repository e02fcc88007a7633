import {apiError} from '../../src/api/errors.ts';
import type {Answer, Api, ListQuery, SandboxPage} from '../../src/api/types.ts';
import type {FailureKind} from '../../src/model/failure.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';

export type FakePage =
  | Partial<SandboxPage>
  | {readonly fails: FailureKind; readonly message: string; readonly retryAfterMs?: number};

/** A door behind which these pages lie, in this order; past the last one nothing answers. */
export function serverWith(...pages: readonly FakePage[]): Pick<Api, 'listSandboxes'> & {readonly asked: ListQuery[]} {
  const asked: ListQuery[] = [];
  const answer = (page: FakePage | undefined): Answer<SandboxPage> => {
    if (!page) throw apiError('server', 'no more pages were expected');
    if ('fails' in page)
      throw apiError(page.fails, page.message, {requestId: 'req_9', retryAfterMs: page.retryAfterMs});
    const value = {patches: [], unreadable: 0, hasMore: false, nextCursor: undefined, ...page};
    return {value, status: 200, requestId: undefined, sentAt: 0};
  };
  return {
    asked,
    async listSandboxes(query) {
      asked.push(query);
      return answer(pages[asked.length - 1]);
    },
  };
}

/** What the wall clock shows in these tests. */
export const NOON = Date.UTC(2025, 10, 14, 12);

export const patch = (id: string, over: Partial<SandboxPatch> = {}): SandboxPatch => ({
  id,
  status: 'running',
  templateName: 'python',
  region: 'us-east',
  createdAt: NOON - 3_600_000,
  expiresAt: NOON + 7_200_000,
  ...over,
});
