import type {ApiObserver} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Event} from '../model/event.ts';
import {reduce} from '../model/reduce.ts';
import type {State} from '../model/state.ts';
import {createStore, type Store} from '../model/store.ts';
import {selectWantedReads} from '../model/wanted.ts';
import {createActing} from './acting.ts';
import {createBuildFollowing} from './buildFollowing.ts';
import {createBuilding} from './building.ts';
import {startTicks} from './clockTicks.ts';
import {createEffectRunner} from './effects.ts';
import {createFiles} from './files.ts';
import type {FilesPort} from './filesPort.ts';
import {createFrames} from './frames.ts';
import {createGovernor, type Governor} from './governor.ts';
import {createJournal, type JournalPort} from './journal.ts';
import {createLifecycle} from './lifecycle.ts';
import {createListing} from './listing.ts';
import {createMetrics} from './metrics.ts';
import {type OpenApi, openUnheard} from './opening.ts';
import type {Ports} from './ports.ts';
import {createReading} from './reading.ts';
import type {SpecPort} from './specPort.ts';
import {createTasks} from './tasks.ts';
import {createTemplates} from './templates.ts';
import type {TerminalPort} from './terminalPort.ts';
import {urgencyOf} from './urgency.ts';

export type SessionOptions = {
  /** Called once: the door tells the session what every answer says of budget and time. */
  readonly openApi: OpenApi;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly initial: State;
  readonly terminal: TerminalPort;
  readonly files: FilesPort;
  /** Undefined: no journal is kept. */
  readonly journal?: JournalPort | undefined;
  readonly specs: SpecPort;
};

export type RunningSession = {
  readonly store: Store;
  /** Ends every request, stream and timer; resolves when none is left. Sends nothing more. */
  readonly stop: () => Promise<void>;
};

/** Joins state and world: events in, effects out, and streams kept equal to what the state wants. */
export function startSession(options: SessionOptions): RunningSession {
  const {openApi, clock, random, initial, terminal} = options;
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
  const lifecycle = createLifecycle(ports);
  const reading = createReading(ports);
  const acting = createActing(ports);
  const metrics = createMetrics(ports, initial.session.metricsLimit);
  const templates = createTemplates(ports);
  const builds = createBuildFollowing(ports);
  const listing = createListing(ports);
  const runEffect = createEffectRunner({
    ...{lifecycle, listing, reading, acting, templates, terminal, tasks},
    building: createBuilding({...ports, specs: options.specs}),
    files: createFiles({files: options.files, clock, dispatch}),
    journal: createJournal({journal: options.journal, clock, dispatch}),
    async connect(id) {
      const mistake = await terminal.connect(id);
      dispatch({type: 'connect.ended', at: clock.monotonic(), id, mistake});
    },
  });
  const store = createStore({
    initial,
    reduce,
    run: (effect) => stop.signal.aborted || runEffect(effect),
    schedule: frames.schedule,
    now: clock.monotonic,
  });
  const reconcile = () => {
    const state = store.getState();
    metrics.sync(state);
    acting.sync(state);
    reading.want(selectWantedReads(state));
    templates.sync(state);
    builds.sync(state);
  };
  // Everything that an event can lead to is there: only now may events come.
  listen(hearApi(governor, clock, dispatch));
  const stopTicks = startTicks(clock, dispatch);
  const unsubscribe = store.subscribe(() => reconciling.schedule('data', reconcile));
  tasks.start(lifecycle.follow);

  return {
    store,
    async stop() {
      stop.abort();
      stopTicks();
      unsubscribe();
      frames.stop();
      reconciling.stop();
      metrics.stop();
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
