import {Map as ImmutableMap} from 'immutable';
import type {Api} from '../../src/api/types.ts';
import {initialState} from '../../src/model/initial.ts';
import {orderOf} from '../../src/model/order.ts';
import type {State} from '../../src/model/state.ts';
import {createMetrics} from '../../src/runtime/metrics.ts';
import {row, sandbox} from '../support/builders.ts';
import {settle} from '../support/settle.ts';
import {bench} from './ports.ts';

const session: State['session'] = {
  profile: 'test',
  host: 'localhost',
  keyId: undefined,
  readonly: false,
  demo: false,
  metricsLimit: 200,
};

const name = (index: number) => `s${String(index).padStart(3, '0')}`;
/** Ids in order. */
export const names = (count: number, from = 0) => Array.from({length: count}, (_, index) => name(from + index));

/** A fleet of running sandboxes, all in the list; `statuses` tells the others. */
export function fleet(ids: readonly string[], statuses: Readonly<Record<string, string>> = {}): State {
  const rows = ids.map((id) => [id, row({sandbox: sandbox({id, status: statuses[id] ?? 'running'})})] as const);
  return {
    ...initialState({session, now: 0, wall: 0}),
    rows: ImmutableMap(rows),
    order: orderOf(
      ids.map((id) => ({id, key: id})),
      false,
    ),
    screen: {columns: 80, rows: 240, listRows: 200},
  };
}

/** The same rows, of which only these are in the window. */
export const showing = (state: State, ids: readonly string[]): State => ({
  ...state,
  order: orderOf(
    ids.map((id) => ({id, key: id})),
    false,
  ),
});

/** Metric streams against a fake server. */
export const metrics = (limit = 200, script: Partial<Api> = {}) => {
  const made = bench(script);
  const {sync, stop: stopMetrics} = createMetrics(made.ports, limit);
  const open = () => made.metricStreams.filter((stream) => !stream.isOver());
  /** Accepts every stream that waits for its answer. */
  const accept = async () => {
    for (const stream of open()) stream.push({type: 'opened'});
    await settle();
  };
  /** Syncs once a second, as the tick does. */
  const syncFor = async (state: State, seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      sync(state);
      await settle();
      made.clock.advance(1_000);
      await settle();
    }
    sync(state);
    await settle();
  };
  const stop = async () => {
    stopMetrics();
    await made.stop();
  };
  return {...made, sync, syncFor, stop, accept, open, openIds: () => open().map(({id}) => id)};
};
