import type {EventOf} from './event.ts';
import {rebuilt} from './mending.ts';
import {cursorReplaced, isCovered, noticeInNextView} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** What covers a view takes its keys. From one sandbox it is on to the list. The overview knows the oldest: their order is made when it is chosen. */
export function viewChosen(state: State, {at, view}: EventOf<'view.chosen'>): Step {
  if (isCovered(state)) return [state];
  if (view === state.view) return [state.detailOpen ? cursorReplaced({...state, detailOpen: false}) : state];
  const chosen = {...state, view, notice: noticeInNextView(state, at)};
  return [view === 'overview' ? rebuilt(chosen) : chosen];
}
