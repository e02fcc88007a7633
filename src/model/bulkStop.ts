import {isUnderWay} from './bulk.ts';
import {formatCount} from './format.ts';
import {itemEnded} from './ledger.ts';
import {logged, noticed} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import {isUnsent, withoutAct} from './sending.ts';
import type {State} from './state.ts';

/** Taken back in its grace: it is over, and nothing of it leaves any more. What has left before goes on to its end. */
export function bulkTakenBack(state: State, at: Stamp): State {
  const {bulk} = state;
  if (bulk?.graceUntil === undefined) return state;
  const {action, ids, counts} = bulk;
  const text = counts.waiting === ids.length ? 'taken back: nothing was sent' : 'taken back: nothing more is sent';
  const stopped = bulkStopped(state, text);
  const isDecided = counts.running + counts.accepted === 0;
  const over = isDecided && stopped.bulk ? {...stopped, bulk: {...stopped.bulk, endedAt: at}} : stopped;
  const told = logged(over, at, {kind: `${action} many`, text, source: 'you', tone: 'warn'});
  return noticed(told, at, `${action} of ${formatCount(ids.length)} ${text}`);
}

/** The bulk act stands still: what has not left is put back and counts as not tried, what has left goes on to its end. */
export function bulkStopped(state: State, why: string): State {
  const {bulk} = state;
  if (!isUnderWay(bulk)) return state;
  const unsent = [...state.acts.values()].filter((act) => act.isBulk && isUnsent(act));
  const isStill = bulk.pausedBy !== undefined;
  const stopped: State = isStill ? state : {...state, bulk: {...bulk, pausedBy: why, graceUntil: undefined}};
  return unsent.reduce(
    (next, {id}) => itemEnded(withoutAct(next, id), id, {result: 'waiting', text: 'not sent'}),
    stopped,
  );
}
