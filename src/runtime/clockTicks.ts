import {type Cancel, type Clock, every} from '../clock/clock.ts';
import type {Event} from '../model/event.ts';

/** How often time is told to the state: everything that waits for a time waits for a tick. */
const TICK_MS = 1_000;

export function startTicks(clock: Clock, dispatch: (event: Event) => void): Cancel {
  return every(clock, TICK_MS, () => dispatch({type: 'clock.ticked', at: clock.monotonic(), wall: clock.wall()}));
}
