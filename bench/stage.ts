import {type ManualClock, manualClock} from '../src/clock/manualClock.ts';
import {reduce} from '../src/model/reduce.ts';
import type {State} from '../src/model/state.ts';
import {createStore, type Store} from '../src/model/store.ts';
import {createFrames} from '../src/runtime/frames.ts';
import {urgencyOf} from '../src/runtime/urgency.ts';
import {WALL_AT_ZERO} from './fleet.ts';

/** The program's own store, urgencies and frames, on a clock that is moved by hand: the same frames every time. */
export type Stage = {readonly clock: ManualClock; readonly store: Store};

export function createStage(initial: State, clock = manualClock(WALL_AT_ZERO)): Stage {
  const store = createStore({
    initial,
    reduce,
    run: () => undefined,
    schedule: createFrames(clock).schedule,
    now: clock.monotonic,
  });
  const dispatch: Store['dispatch'] = (event, urgency = urgencyOf(event, store.getState())) =>
    store.dispatch(event, urgency);
  return {clock, store: {...store, dispatch}};
}
