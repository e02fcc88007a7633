import type {Effect, Event} from './event.ts';
import type {State} from './state.ts';

/** What an event leads to: the next state, and work for the runtime. */
export type Step = readonly [State, ...Effect[]];

/** What happens when, for a family of events: one row an event. */
export type TransitionsOf<E extends Event> = {
  readonly [T in E['type']]: (state: State, event: Extract<E, {readonly type: T}>) => Step;
};

/** One change after another: the effects of both, in order. */
export function andThen(step: Step, change: (state: State) => Step): Step {
  const [state, ...effects] = step;
  const [next, ...more] = change(state);
  return [next, ...effects, ...more];
}

/** The same change for every item, in order. */
export function forEach<T>(state: State, items: Iterable<T>, change: (state: State, item: T) => Step): Step {
  let next = state;
  const effects: Effect[] = [];
  for (const item of items) {
    const [changed, ...more] = change(next, item);
    next = changed;
    effects.push(...more);
  }
  return [next, ...effects];
}
