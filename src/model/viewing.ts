import type {EventOf} from './event.ts';
import {rebuilt} from './mending.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** What covers a view takes its keys. The overview knows the oldest: their order is made when it is chosen. */
export function viewChosen(state: State, {view}: EventOf<'view.chosen'>): Step {
  if (isCovered(state) || view === state.view) return [state];
  const chosen = {...state, view};
  return [view === 'overview' ? rebuilt(chosen) : chosen];
}
