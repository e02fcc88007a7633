import type {Event} from '../model/event.ts';
import type {State} from '../model/state.ts';
import type {Urgency} from '../model/store.ts';

/** What comes as long as all is well, and tells of no sandbox that anything has happened to it. */
const ROUTINE: ReadonlySet<Event['type']> = new Set([
  'clock.ticked',
  'metrics.sampled',
  'stream.heard',
  'budget.changed',
  'server.dated',
] as const);

/** How soon what an event changes is to be seen; what a key causes says so itself. */
export const urgencyOf = ({type}: Event, {rows}: State): Urgency => {
  // Somebody sits before an empty screen.
  if (type === 'list.page' && rows.size === 0) return 'key';
  return ROUTINE.has(type) ? 'routine' : 'data';
};
