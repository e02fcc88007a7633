import {ApiError} from '../api/errors.ts';
import {type AskPage, createPageReader} from '../api/pages.ts';
import type {Answer, Api, ListQuery, SandboxPage} from '../api/types.ts';
import {type Clock, wait} from '../clock/clock.ts';
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

export type FleetWorld = {
  readonly api: Pick<Api, 'listSandboxes'>;
  readonly clock: Clock;
  /** Told once, before the first wait for the request limit. */
  readonly onWait: (ms: number) => void;
};

type Question = Pick<ListQuery, 'region' | 'status'>;

/** A wait the server asks for is believed within these bounds. */
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** After a 429 that says nothing of when. */
const USUAL_WAIT_MS = 10_000;

/** A page that is refused as often as this, each time after the wait it was refused with, is not to be had. */
const MOST_REFUSALS = 5;

/** Reads page by page until the server says it was the last, at the pace it allows. Never rejects for what it does. */
export async function readFleet(question: Question, {api, clock, onWait}: FleetWorld): Promise<Fleet> {
  const rows = new Map<string, Row>();
  let unreadable = 0;
  let gap: string | undefined;
  try {
    for await (const signal of createPageReader(api, waitingOut(clock, onWait))(question)) {
      if (signal.type === 'end') gap = signal.gap;
      else {
        addRows(rows, signal.answer, clock);
        unreadable += signal.answer.value.unreadable;
      }
    }
    return {rows, gap: gap ?? unreadableRows(unreadable), failure: undefined};
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {rows, gap: error.failure.message, failure: error.failure};
  }
}

/** Asks the same page again once the request limit allows it. */
function waitingOut(clock: Clock, onWait: FleetWorld['onWait']): AskPage {
  let hasSaid = false;
  return async (send) => {
    for (let refusals = 1; ; refusals += 1) {
      try {
        return await send();
      } catch (error) {
        const ms = waitAfter(error);
        if (ms === undefined || refusals > MOST_REFUSALS) throw error;
        if (!hasSaid) onWait(ms);
        hasSaid = true;
        await wait(clock, ms);
      }
    }
  };
}

/** Undefined: no waiting heals it. */
function waitAfter(error: unknown): number | undefined {
  if (!(error instanceof ApiError) || error.failure.kind !== 'rate-limited') return undefined;
  return Math.min(Math.max(error.failure.retryAfterMs ?? USUAL_WAIT_MS, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}

const unreadableRows = (count: number) =>
  count === 0 ? undefined : `${count} ${count === 1 ? 'entry has' : 'entries have'} no id`;

function addRows(rows: Map<string, Row>, {value, sentAt}: Answer<SandboxPage>, clock: Clock): void {
  for (const patch of value.patches) {
    rows.set(patch.id, mergedRow(rows.get(patch.id), {at: clock.monotonic(), asOf: sentAt, via: 'list', patch}));
  }
}
