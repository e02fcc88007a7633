import type {BulkEvent} from './bulkEvents.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type Transitions = {
  readonly [T in BulkEvent['type']]: (state: State, event: Extract<BulkEvent, {readonly type: T}>) => Step;
};

export const bulkTransitions: Transitions = {
  'mark.toggled': (state) => [state],
  'marks.extended': (state) => [state],
  'marks.allShown': (state) => [state],
  'marks.cleared': (state) => [state],
  'plan.asked': (state) => [state],
  'plan.scrolled': (state) => [state],
  'plan.written': (state) => [state],
  'ledger.opened': (state) => [state],
  'ledger.closed': (state) => [state],
  'ledger.scrolled': (state) => [state],
  'ledger.written': (state) => [state],
  'bulk.paused': (state) => [state],
  'bulk.resumed': (state) => [state],
};
