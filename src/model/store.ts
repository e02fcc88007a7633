import type {Effect, Event} from './event.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** How soon a change should be seen: what a key caused, then what happened, then what goes on all the time. */
export type Urgency = (typeof urgencies)[number];

/** The most urgent first. */
const urgencies = ['key', 'data', 'routine'] as const;

const isAsUrgent = (one: Urgency, other: Urgency): boolean => urgencies.indexOf(one) <= urgencies.indexOf(other);

export type Store = {
  readonly getState: () => State;
  /** The state as the last frame shows it: what is painted between two frames must not be half of the next one. */
  readonly getShown: () => State;
  readonly dispatch: (event: Event, urgency?: Urgency) => void;
  /** Calls back, at most once a frame, after the state has changed; gives back how to stop that. */
  readonly subscribe: (listener: () => void) => () => void;
};

type StoreOptions = {
  readonly initial: State;
  readonly reduce: (state: State, event: Event) => Step;
  /** Does one effect; may dispatch at once, which is taken up after the event at hand. */
  readonly run: (effect: Effect) => void;
  /** Calls `notify` when the next frame of that urgency may begin. A `notify` that has been overtaken does nothing. */
  readonly schedule: (urgency: Urgency, notify: () => void) => void;
  readonly now: () => Stamp;
};

/** Holds the one State. Every event is reduced at once, in order; listeners hear of it once a frame. */
export function createStore({initial, reduce, run, schedule, now}: StoreOptions): Store {
  let state = initial;
  let shown = initial;
  let busy = false;
  let pending: {readonly urgency: Urgency} | undefined;
  const waiting: {readonly event: Event; readonly urgency: Urgency}[] = [];
  const listeners = new Set<() => void>();

  const plan = (urgency: Urgency) => {
    if (pending && isAsUrgent(pending.urgency, urgency)) return;
    const ticket = {urgency};
    pending = ticket;
    schedule(urgency, () => notify(ticket));
  };

  const take = (event: Event, urgency: Urgency) => {
    const [next, ...effects] = reduce(state, event);
    if (next !== state) {
      state = next;
      plan(urgency);
    }
    for (const effect of effects) run(effect);
  };

  /** Does the work, then what was dispatched meanwhile. Within other work it is a part of that: effects keep their order. */
  const drain = (work: () => void) => {
    if (busy) return work();
    busy = true;
    try {
      work();
      for (let next = waiting.shift(); next; next = waiting.shift()) take(next.event, next.urgency);
    } finally {
      busy = false;
    }
  };

  const tellListeners = () => {
    // The frame's own mending is told in this very frame.
    state = reduce(state, {type: 'frame.began', at: now()})[0];
    shown = state;
    for (const listener of listeners) listener();
  };

  const notify = (ticket: object) => {
    if (ticket !== pending) return;
    pending = undefined;
    drain(tellListeners);
  };

  return {
    getState: () => state,
    getShown: () => shown,
    dispatch(event, urgency = 'data') {
      if (busy) waiting.push({event, urgency});
      else drain(() => take(event, urgency));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
