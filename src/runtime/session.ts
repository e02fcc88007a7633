import type {ApiObserver} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Event} from '../model/event.ts';
import {reduce} from '../model/reduce.ts';
import type {State} from '../model/state.ts';
import {createStore, type Store} from '../model/store.ts';
import {startTicks} from './clockTicks.ts';
import {createFrames} from './frames.ts';
import {createGovernor, type Governor} from './governor.ts';
import {type OpenApi, openUnheard} from './opening.ts';
import type {Ports} from './ports.ts';
import {createRunners, type LentPorts} from './runners.ts';
import {createTasks} from './tasks.ts';
import {urgencyOf} from './urgency.ts';

export type SessionOptions = LentPorts & {
  /** Called once: the door tells the session what every answer says of budget and time. */
  readonly openApi: OpenApi;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly initial: State;
};

export type RunningSession = {
  readonly store: Store;
  /** Ends every request, stream and timer; resolves when none is left. Sends nothing more. */
  readonly stop: () => Promise<void>;
};

/** Joins state and world: events in, effects out, and streams kept equal to what the state wants. */
export function startSession(options: SessionOptions): RunningSession {
  const {openApi, clock, random, initial} = options;
  const stop = new AbortController();
  const frames = createFrames(clock);
  const reconciling = createFrames(clock);
  const governor = createGovernor({clock, random});
  const {api, listen} = openUnheard(openApi);
  const dispatch = (event: Event) => {
    if (!stop.signal.aborted) store.dispatch(event, urgencyOf(event, store.getState()));
  };
  const tasks = createTasks(() =>
    dispatch({type: 'notice.shown', at: clock.monotonic(), text: 'hopx-top made a mistake: please report it'}),
  );
  const ports: Ports = {api, clock, governor, tasks, dispatch, stopping: stop.signal};
  const runners = createRunners(ports, options, initial.session.metricsLimit);
  const store = createStore({
    initial,
    reduce,
    run: (effect) => stop.signal.aborted || runners.run(effect),
    schedule: frames.schedule,
    now: clock.monotonic,
  });
  // Everything that an event can lead to is there: only now may events come.
  listen(hearApi(governor, clock, dispatch));
  const stopTicks = startTicks(clock, dispatch);
  const unsubscribe = store.subscribe(() => reconciling.schedule('data', () => runners.reconcile(store.getState())));
  tasks.start(runners.follow);

  return {
    store,
    async stop() {
      stop.abort();
      stopTicks();
      unsubscribe();
      frames.stop();
      reconciling.stop();
      runners.stop();
      await api.close();
      await tasks.ended();
    },
  };
}

/** What every answer says of budget and time. */
const hearApi = (governor: Governor, clock: Clock, dispatch: (event: Event) => void): ApiObserver => ({
  budgetChanged(budget) {
    governor.learn(budget);
    dispatch({type: 'budget.changed', at: clock.monotonic(), budget});
  },
  serverDated: (skewMs) => dispatch({type: 'server.dated', at: clock.monotonic(), skewMs}),
});
