import type {ActionId} from './actions.ts';
import type {Stamp} from './sandbox.ts';

/** Marks, and one act on many. */
export type BulkEvent =
  | {readonly type: 'mark.toggled'; readonly at: Stamp; readonly id: string}
  /** From the mark made last to the cursor. */
  | {readonly type: 'marks.extended'; readonly at: Stamp}
  | {readonly type: 'marks.allShown'; readonly at: Stamp}
  | {readonly type: 'marks.cleared'; readonly at: Stamp}
  /** Opens the plan for the marks; sends nothing. */
  | {readonly type: 'plan.asked'; readonly at: Stamp; readonly action: ActionId; readonly timeoutSeconds?: number}
  /** `to`: the first line of the ids that is shown. */
  | {readonly type: 'plan.scrolled'; readonly at: Stamp; readonly to: number}
  /** `w` in the plan: it is written, and nothing is sent. */
  | {readonly type: 'plan.written'; readonly at: Stamp}
  | {readonly type: 'ledger.opened'; readonly at: Stamp}
  | {readonly type: 'ledger.closed'; readonly at: Stamp}
  | {readonly type: 'ledger.scrolled'; readonly at: Stamp; readonly to: number}
  | {readonly type: 'ledger.written'; readonly at: Stamp; readonly path?: string}
  /** Marks those that failed, or of which nobody knows; the ledger is closed. */
  | {readonly type: 'ledger.failedMarked'; readonly at: Stamp}
  /** What was not tried is given up: it is over. */
  | {readonly type: 'bulk.givenUp'; readonly at: Stamp}
  | {readonly type: 'bulk.paused'; readonly at: Stamp}
  | {readonly type: 'bulk.resumed'; readonly at: Stamp};
