import {GRACE_MS} from './actions.ts';
import {isUnderWay} from './bulk.ts';
import type {BulkEvent} from './bulkEvents.ts';
import {recordOfLedger} from './bulkRecord.ts';
import {bulkAdvanced, summaryOf} from './bulkRun.ts';
import {bulkStopped, bulkTakenBack} from './bulkStop.ts';
import {logged, noticed} from './logging.ts';
import {allShownMarked, marksCleared, marksExtended, markToggled} from './marking.ts';
import {planScrolled, planWritten} from './plan.ts';
import {planAsked} from './planning.ts';
import {bulkReason} from './refusal.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type Of<T extends BulkEvent['type']> = Extract<BulkEvent, {readonly type: T}>;

type Transitions = {readonly [T in BulkEvent['type']]: (state: State, event: Of<T>) => Step};

export const bulkTransitions: Transitions = {
  'mark.toggled': markToggled,
  'marks.extended': marksExtended,
  'marks.allShown': allShownMarked,
  'marks.cleared': marksCleared,
  'plan.asked': planAsked,
  'plan.scrolled': planScrolled,
  'plan.written': planWritten,
  'ledger.opened': ledgerOpened,
  'ledger.closed': (state) => [withBulk(state, {isShown: false})],
  'ledger.scrolled': (state, event) => ledgerScrolled(state, event),
  'ledger.written': ledgerWritten,
  'ledger.failedMarked': failedMarked,
  'bulk.givenUp': bulkGivenUp,
  'bulk.paused': (state, {at}) => [
    state.bulk?.graceUntil === undefined ? bulkStopped(state, 'paused by you') : bulkTakenBack(state, at),
  ],
  'bulk.resumed': bulkResumed,
};

const withBulk = (state: State, over: Partial<NonNullable<State['bulk']>>): State =>
  state.bulk ? {...state, bulk: {...state.bulk, ...over}} : state;

function ledgerOpened(state: State, {at}: Of<'ledger.opened'>): Step {
  if (!state.bulk) return [noticed(state, at, 'there is no ledger yet: mark sandboxes and act on them')];
  return [isCovered(state) ? state : withBulk(state, {isShown: true, top: undefined})];
}

const ledgerScrolled = (state: State, {to}: Of<'ledger.scrolled'>): Step => [
  state.bulk?.isShown ? withBulk(state, {top: Math.max(0, to)}) : state,
];

/** Only what stands still can be given up: what is on its way is waited for. */
function bulkGivenUp(state: State, {at}: Of<'bulk.givenUp'>): Step {
  const {bulk} = state;
  if (!isUnderWay(bulk) || bulk.pausedBy === undefined) return [state];
  if (bulk.counts.running + bulk.counts.accepted > 0)
    return [noticed(state, at, 'some are on their way still: wait for their outcome')];
  const text = `given up: ${summaryOf(bulk)}`;
  const told = logged(state, at, {kind: `${bulk.action} many`, text, source: 'you', tone: 'warn'});
  return [noticed(withBulk(told, {endedAt: at, top: undefined}), at, `${bulk.action} ${text}`)];
}

function ledgerWritten(state: State, {at, path}: Of<'ledger.written'>): Step {
  const {bulk} = state;
  if (!bulk) return [noticed(state, at, 'there is no ledger to write')];
  return [state, {do: 'save', what: 'ledger', ...recordOfLedger(state, at, bulk, path)}];
}

/** To be looked at, and perhaps tried again, by a plan of its own. */
function failedMarked(state: State, {at}: Of<'ledger.failedMarked'>): Step {
  const {bulk} = state;
  const failed = bulk?.ids.filter((id) => ['failed', 'unknown'].includes(bulk.items.get(id)?.phase ?? '')) ?? [];
  if (failed.length === 0) return [noticed(state, at, 'none has failed')];
  const marked = {
    ...withBulk(state, {isShown: false}),
    marks: state.marks.clear().union(failed),
    lastMarked: undefined,
  };
  return [noticed(marked, at, `${failed.length} marked: those that failed, or of which nobody knows`)];
}

/** Goes on with those that were not tried; what was sent once is not sent again. Deletes wait their 5 s anew. */
function bulkResumed(state: State, {at}: Of<'bulk.resumed'>): Step {
  const {bulk} = state;
  if (!bulk || bulk.endedAt !== undefined || bulk.pausedBy === undefined) return [state];
  const reason = bulkReason(state, bulk.action);
  if (reason !== undefined) return [noticed(state, at, `${bulk.action}: ${reason}`, 'warn')];
  const graceUntil = bulk.action === 'delete' ? at + GRACE_MS : undefined;
  return bulkAdvanced(withBulk(state, {pausedBy: undefined, graceUntil, failuresInRow: 0, top: undefined}), at);
}
