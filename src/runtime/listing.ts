import type {Answer, SandboxPage} from '../api/types.ts';
import type {Failure} from '../model/failure.ts';
import {askGoverned} from './asking.ts';
import {isDenied, type Outcome} from './failures.ts';
import type {Ports} from './ports.ts';

export type Listing = {
  /** Reads the whole list, page by page; ends with list.ended or list.failed of that run. */
  readonly read: (run: number) => Promise<void>;
};

/** Page sizes: docs.hopx.ai list-sandboxes allows 1000; OpenAPI 100, so a refusal asks for that. */
const PAGE_LIMIT = 1_000;
const PAGE_LIMIT_ELSEWHERE = 100;

/** 200,000 sandboxes in the smaller pages: more pages are a server that counts in circles. */
const MOST_PAGES = 2_000;

/** Where to go on, or that it is over: `reason` is set when the server cut the list. */
type Continuation = {readonly cursor: string} | {readonly reason: string | undefined};

export function createListing(ports: Ports): Listing {
  const {api, clock, dispatch, stopping} = ports;
  /** Remembered: a server that refused the larger page once would refuse it each time. */
  let pageLimit = PAGE_LIMIT;

  /** One page; undefined once the session stops. */
  const readPage = async (cursor: string | undefined): Promise<Outcome<Answer<SandboxPage>> | undefined> => {
    const limit = pageLimit;
    const query = cursor === undefined ? {limit} : {limit, cursor};
    const asked = await askGoverned(ports, 'list', () => api.listSandboxes(query, stopping));
    const isTooLarge = asked && 'failure' in asked.outcome && asked.outcome.failure.kind === 'bad-request';
    if (!isTooLarge || cursor !== undefined || limit === PAGE_LIMIT_ELSEWHERE) return asked?.outcome;
    pageLimit = PAGE_LIMIT_ELSEWHERE;
    return readPage(undefined);
  };

  const tellPage = (run: number, {value, sentAt}: Answer<SandboxPage>) => {
    const at = clock.monotonic();
    dispatch({type: 'list.page', at, asOf: sentAt, run, patches: value.patches});
    if (value.unreadable === 0) return;
    dispatch({type: 'event.unread', at, name: 'list row', excerpt: `${value.unreadable} without a usable id`});
  };

  const tellFailure = (run: number, failure: Failure) => {
    const at = clock.monotonic();
    dispatch({type: 'list.failed', at, run, failure});
    if (isDenied(failure)) dispatch({type: 'access.denied', at, failure});
  };

  const tellEnd = (run: number, reason: string | undefined) => {
    const at = clock.monotonic();
    if (reason === undefined) dispatch({type: 'list.ended', at, run, complete: true});
    else dispatch({type: 'list.ended', at, run, complete: false, reason});
  };

  return {
    async read(run) {
      const followed = new Set<string>();
      for (let cursor: string | undefined; ; ) {
        const outcome = await readPage(cursor);
        if (!outcome) return;
        if ('failure' in outcome) return tellFailure(run, outcome.failure);
        tellPage(run, outcome.value);
        const next = continuation(outcome.value.value, followed);
        if ('reason' in next) return tellEnd(run, next.reason);
        cursor = next.cursor;
        followed.add(cursor);
      }
    },
  };
}

/** `followed`: the cursors this run has used. OpenAPI lists have `has_more` but no cursor, so every way is guarded. */
function continuation({hasMore, nextCursor}: SandboxPage, followed: ReadonlySet<string>): Continuation {
  if (!hasMore) return {reason: undefined};
  if (!nextCursor) return {reason: 'the server has more but gave no cursor'};
  if (followed.has(nextCursor)) return {reason: 'the server repeated a cursor'};
  if (followed.size + 1 >= MOST_PAGES) return {reason: `more than ${MOST_PAGES} pages`};
  return {cursor: nextCursor};
}
