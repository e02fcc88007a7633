import {readFileSync} from 'node:fs';
import {expect} from 'vitest';
import type {LoggedRequest} from './program.ts';

/** A line of the journal. */
type JournalRecord = {
  readonly action: string;
  readonly id: string | null;
  readonly text: string;
  readonly status: number | null;
  readonly request_id: string | null;
};

/** What the ledger says of one of many. */
type LedgerRecord = {
  readonly id: string;
  readonly outcome: string;
  readonly text: string;
  readonly status?: number;
  readonly request_id?: string;
};

export type Ledger = {
  readonly head: {readonly ledger: string; readonly count: number};
  readonly items: readonly LedgerRecord[];
};

const linesOf = (path: string): readonly unknown[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** One line for the whole, then one for each. */
export function readLedger(path: string): Ledger {
  const [head, ...items] = linesOf(path);
  return {head: head as Ledger['head'], items: items as readonly LedgerRecord[]};
}

export const idOf = ({path}: LoggedRequest): string => path.split('/')[3] ?? '';

/** All but those that the limiter refused; of one with status 0 the answer was lost. */
export const carriedOut = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  requests.filter(({status}) => status !== 429);

type Line = readonly [id: string | null, status: number | null | undefined, requestId: string | null | undefined];

const sorted = (lines: readonly Line[]): readonly string[] => lines.map((line) => line.join(' ')).toSorted();

/**
 * Ledger, journal and the server's own log of an act on many tell the same of each request, and none tells of one
 * more. What was sent and never answered stands in the journal as unknown, and in the ledger without a request id.
 */
export function expectSameAccount(ledger: Ledger, journalPath: string, requests: readonly LoggedRequest[]): void {
  const all = linesOf(journalPath) as readonly JournalRecord[];
  const journal = all.filter(({action}) => action === ledger.head.ledger);
  const lost = journal.filter(({text}) => text.startsWith('outcome unknown')).map(({id}) => id ?? '');
  const answered = carriedOut(requests).filter((request) => !lost.includes(idOf(request)));
  const server = sorted(answered.map((request) => [idOf(request), request.status, request.request_id]));
  const accepted = journal.filter(({text}) => text === 'accepted');
  expect(sorted(accepted.map(({id, status, request_id}) => [id, status, request_id]))).toEqual(server);
  const traced = ledger.items.filter(({request_id}) => request_id !== undefined);
  expect(sorted(traced.map(({id, status, request_id}) => [id, status, request_id]))).toEqual(server);

  const untraced = ledger.items.filter(({request_id, text}) => request_id === undefined && !text.startsWith('gone'));
  expect(untraced.map(({id}) => id).toSorted()).toEqual(lost.toSorted());
  const refused = journal.filter(({status}) => status === 429).map(({id}) => id);
  expect(refused.toSorted()).toEqual(
    requests
      .filter(({status}) => status === 429)
      .map(idOf)
      .toSorted(),
  );
}
