import {isUnderWay} from './bulk.ts';
import {itemEnded} from './ledger.ts';
import {isUnsent, withoutAct} from './sending.ts';
import type {State} from './state.ts';

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
