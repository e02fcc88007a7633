import type {Api} from '../../src/api/types.ts';
import {type ManualClock, manualClock} from '../../src/clock/manualClock.ts';
import type {Event} from '../../src/model/event.ts';
import {createGovernor} from '../../src/runtime/governor.ts';
import type {Ports} from '../../src/runtime/ports.ts';
import {createTasks} from '../../src/runtime/tasks.ts';
import {createFakeApi, type FakeApi} from '../support/fakeApi.ts';

export type Bench = FakeApi & {
  readonly ports: Ports;
  readonly clock: ManualClock;
  /** All that was dispatched, in order. */
  readonly events: readonly Event[];
  readonly types: () => readonly string[];
  /** What no runner should have let out. */
  readonly mistakes: readonly unknown[];
  readonly stop: () => Promise<void>;
};

/** A runner's surroundings: a fake server, a clock that stands still, and a list of what happened. */
export function bench(script: Partial<Api> = {}): Bench {
  const clock = manualClock();
  const fake = createFakeApi(clock.monotonic, script);
  const stopping = new AbortController();
  const events: Event[] = [];
  const mistakes: unknown[] = [];
  const tasks = createTasks((error) => mistakes.push(error));
  const governor = createGovernor({clock, random: () => 0});
  const dispatch = (event: Event) => {
    events.push(event);
  };
  return {
    ...fake,
    ports: {api: fake.api, clock, governor, tasks, dispatch, stopping: stopping.signal},
    clock,
    events,
    types: () => events.map((event) => event.type),
    mistakes,
    async stop() {
      stopping.abort();
      await fake.api.close();
      await tasks.ended();
    },
  };
}
