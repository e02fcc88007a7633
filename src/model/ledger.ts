import type {Bulk, BulkItem, BulkPhase} from './bulk.ts';
import type {State} from './state.ts';

/** How the act on one of many ended. waiting: put back, nothing was sent. */
export type ItemResult = Exclude<BulkPhase, 'running' | 'accepted'>;

type ItemEnding = {
  readonly result: ItemResult;
  readonly text: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  /** Nothing else can come of the others either: the bulk act stands still at once. */
  readonly isFatal?: boolean | undefined;
  /** Counts as a failure though nothing was sent. */
  readonly isTrouble?: boolean | undefined;
};

/** So many failures in a row stop a bulk act. */
const MOST_FAILURES_IN_ROW = 3;

/** The item in another phase, the counts with it. */
export function withItemPhase(bulk: Bulk, id: string, item: BulkItem): Bulk {
  const before = bulk.items.get(id)?.phase;
  const {counts} = bulk;
  const left = before === undefined ? counts : {...counts, [before]: counts[before] - 1};
  return {
    ...bulk,
    items: bulk.items.set(id, item),
    counts: {...left, [item.phase]: left[item.phase] + 1},
  };
}

const isFailure = ({result, isTrouble = false}: ItemEnding): boolean =>
  result === 'failed' || result === 'unknown' || isTrouble;

/** Failures are counted in a row: what went well ends the row, what was left out or put back does not. */
function rowOfFailures({failuresInRow}: Bulk, ending: ItemEnding): number {
  if (isFailure(ending)) return failuresInRow + 1;
  return ending.result === 'done' ? 0 : failuresInRow;
}

/** What is put back because of failures is none itself: it must not stop the next attempt. */
function troubleOf(failuresInRow: number, ending: ItemEnding): string | undefined {
  const {isFatal, text} = ending;
  if (isFatal) return text;
  return isFailure(ending) && failuresInRow >= MOST_FAILURES_IN_ROW
    ? `${MOST_FAILURES_IN_ROW} failures in a row, the last: ${text}`
    : undefined;
}

/** What came of one of many. */
export function itemEnded(state: State, id: string, ending: ItemEnding): State {
  const {bulk} = state;
  const before = bulk?.items.get(id);
  if (!bulk || !before) return state;
  const {result, text, status = before.status, requestId = before.requestId} = ending;
  const failuresInRow = rowOfFailures(bulk, ending);
  const ended = withItemPhase(bulk, id, {phase: result, text, status, requestId});
  return {
    ...state,
    bulk: {
      ...ended,
      failuresInRow,
      again: result === 'waiting' ? [...ended.again, id] : ended.again,
      trouble: bulk.trouble ?? troubleOf(failuresInRow, ending),
    },
  };
}

/** The server took it: its place among those on their way is free, and a row of failures is over. */
export function itemAccepted(state: State, id: string, status: number, requestId: string | undefined): State {
  const {bulk} = state;
  if (bulk?.items.get(id)?.phase !== 'running') return state;
  const accepted = withItemPhase(bulk, id, {phase: 'accepted', text: 'accepted', status, requestId});
  return {...state, bulk: {...accepted, failuresInRow: 0}};
}
