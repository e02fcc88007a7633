import type {Effect} from '../model/event.ts';
import {selectWantedRecord} from '../model/focus.ts';
import type {State} from '../model/state.ts';
import {selectWantedReads} from '../model/wanted.ts';
import {createActing} from './acting.ts';
import {createBuildFollowing} from './buildFollowing.ts';
import {createBuilding} from './building.ts';
import {createCreating} from './creating.ts';
import {createEffectRunner} from './effects.ts';
import {createFiles} from './files.ts';
import type {FilesPort} from './filesPort.ts';
import {createJournal, type JournalPort} from './journal.ts';
import {createLifecycle} from './lifecycle.ts';
import {createListing} from './listing.ts';
import {createMetrics} from './metrics.ts';
import type {Ports} from './ports.ts';
import {createReading} from './reading.ts';
import {createRecordReading} from './recordReading.ts';
import type {SpecPort} from './specPort.ts';
import {createTemplates} from './templates.ts';
import type {TerminalPort} from './terminalPort.ts';

/** What is lent to the session besides the network. */
export type LentPorts = {
  readonly terminal: TerminalPort;
  readonly files: FilesPort;
  /** Undefined: no journal is kept. */
  readonly journal?: JournalPort | undefined;
  readonly specs: SpecPort;
};

export type Runners = {
  readonly run: (effect: Effect) => void;
  /** Makes streams, reads and waits equal to what the state wants; call it after changes. */
  readonly reconcile: (state: State) => void;
  /** Follows the lifecycle stream until the session stops. */
  readonly follow: () => Promise<void>;
  readonly stop: () => void;
};

/** Everything that acts on the world for the state. */
export function createRunners(ports: Ports, lent: LentPorts, metricsLimit: number): Runners {
  const {clock, tasks, dispatch} = ports;
  const {terminal, files, specs} = lent;
  const lifecycle = createLifecycle(ports);
  const reading = createReading(ports);
  const records = createRecordReading(ports);
  const acting = createActing({...ports, files});
  const metrics = createMetrics(ports, metricsLimit);
  const templates = createTemplates(ports);
  const builds = createBuildFollowing(ports);
  const creating = createCreating(ports);
  const building = createBuilding({...ports, specs});
  const run = createEffectRunner({
    ...{lifecycle, reading, acting, templates, creating, building, terminal, tasks},
    listing: createListing(ports),
    files: createFiles({files, clock, dispatch}),
    journal: createJournal({journal: lent.journal, clock, dispatch}),
    async connect(id) {
      const mistake = await terminal.connect(id);
      dispatch({type: 'connect.ended', at: clock.monotonic(), id, mistake});
    },
  });
  return {
    run,
    reconcile(state) {
      metrics.sync(state);
      acting.sync(state);
      const record = selectWantedRecord(state);
      records.want(record);
      // One GET tells both.
      reading.want(selectWantedReads(state).filter((id) => id !== record));
      templates.sync(state);
      creating.sync(state);
      building.sync(state);
      builds.sync(state);
    },
    follow: lifecycle.follow,
    stop: metrics.stop,
  };
}
