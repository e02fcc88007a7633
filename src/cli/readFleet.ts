import {ApiError} from '../api/errors.ts';
import type {Answer, Api, ListQuery, SandboxPage} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import {pageLimits} from '../contract/envelope.ts';
import type {Failure} from '../model/failure.ts';
import {mergedRow} from '../model/merge.ts';
import type {Row} from '../model/sandbox.ts';

/** The whole list, read once. */
export type Fleet = {
  /** By id, in the server's order; of an id on two pages what was asked for last. */
  readonly rows: ReadonlyMap<string, Row>;
  /** Why this is not the whole list; undefined: it is. */
  readonly gap: string | undefined;
  /** The failure that cut it short, when one did. */
  readonly failure: Failure | undefined;
};

type Question = Pick<ListQuery, 'region' | 'status'>;

/** More pages than this are a server that goes in circles. */
const MOST_PAGES = 10_000;

/** Reads page by page until the server says it was the last. Never rejects for what the server does. */
export async function readFleet(api: Pick<Api, 'listSandboxes'>, question: Question, clock: Clock): Promise<Fleet> {
  const rows = new Map<string, Row>();
  const cursors = new Set<string>();
  let cursor: string | undefined;
  let unreadable = 0;
  try {
    let limit: number = pageLimits.most;
    while (cursors.size < MOST_PAGES) {
      const page = await readPage(api, {...question, ...(cursor === undefined ? {} : {cursor})}, limit);
      limit = page.limit;
      unreadable += page.answer.value.unreadable;
      addRows(rows, page.answer, clock);
      if (!page.answer.value.hasMore) return {rows, gap: unreadableRows(unreadable), failure: undefined};
      cursor = page.answer.value.nextCursor;
      if (cursor === undefined) return cut(rows, 'the server says there is more, but not how to get it');
      if (cursors.has(cursor)) return cut(rows, 'the server gives the same page again');
      cursors.add(cursor);
    }
    return cut(rows, `the server gives more than ${MOST_PAGES} pages`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {rows, gap: error.failure.message, failure: error.failure};
  }
}

const cut = (rows: Fleet['rows'], gap: string): Fleet => ({rows, gap, failure: undefined});

const unreadableRows = (count: number) =>
  count === 0 ? undefined : `${count} ${count === 1 ? 'entry has' : 'entries have'} no id`;

/** Documented as up to 1000 a page in one place and up to 100 in another: who refuses the one gets the other. */
async function readPage(api: Pick<Api, 'listSandboxes'>, query: ListQuery, limit: number) {
  try {
    return {limit, answer: await api.listSandboxes({...query, limit})};
  } catch (error) {
    const isRefused = error instanceof ApiError && error.failure.kind === 'bad-request';
    if (!isRefused || limit === pageLimits.mostElsewhere) throw error;
    return {
      limit: pageLimits.mostElsewhere,
      answer: await api.listSandboxes({...query, limit: pageLimits.mostElsewhere}),
    };
  }
}

function addRows(rows: Map<string, Row>, {value, sentAt}: Answer<SandboxPage>, clock: Clock): void {
  for (const patch of value.patches) {
    rows.set(patch.id, mergedRow(rows.get(patch.id), {at: clock.monotonic(), asOf: sentAt, via: 'list', patch}));
  }
}
