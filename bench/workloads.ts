import {every} from '../src/clock/clock.ts';
import type {Event} from '../src/model/event.ts';
import {idsFrom} from '../src/model/order.ts';
import type {State} from '../src/model/state.ts';
import {after, idOf, sampleAt} from './fleet.ts';
import type {Stage} from './stage.ts';

export const FLEET = 10_000;

/** What keeps a screen busy. A turn is the time from one frame to the next, at the program's own rate. */
export type Workload = {
  readonly name: string;
  readonly turnMs: number;
  /** Turns until the code is warm, and turns that count. */
  readonly warmUp: number;
  readonly turns: number;
  /** What has happened before it begins. */
  readonly prepare: (state: State) => State;
  readonly begin: (stage: Stage) => void;
};

/** The rates of the program: a frame a second on samples and ticks, ten on keys. */
const ROUTINE_MS = 1000;
const KEY_MS = 100;
const BUSY = {warmUp: 40, turns: 60} as const;
/** From one full minute to the next, at which ages step: 61 s to 119 s. */
const QUIET = {warmUp: 61, turns: 58} as const;
/** A quiet stream sends a comment now and then. */
const HEARTBEAT_MS = 15_000;

/** 500 samples a second, as 25 that come together twenty times. */
const SAMPLES = 25;
const SAMPLES_MS = 50;
/** One stream as the service may send it at the quickest (assumed). */
const CHART_MS = 250;
/** Streams at a sample each two seconds, as the service sends them, that make 500 a second. */
const SPREAD_STREAMS = 1000;

const visibleIds = ({order, top, screen}: State): readonly string[] => idsFrom(order, top, screen.listRows);

const spreadIds: readonly string[] = Array.from({length: SPREAD_STREAMS}, (_, index) =>
  idOf(index * (FLEET / SPREAD_STREAMS)),
);

const withStreams = (state: State, ids: readonly string[]): State =>
  after(
    state,
    ids.map((id) => ({type: 'metrics.opened', at: 0, id})),
  );

function sampling({clock, store}: Stage, ids: readonly string[], count: number, everyMs: number): void {
  let turn = 0;
  every(clock, everyMs, () => {
    for (let told = 0; told < count; told += 1) {
      const id = ids[turn % ids.length] ?? '';
      store.dispatch({type: 'metrics.sampled', id, sample: sampleAt(clock.monotonic(), turn)});
      turn += 1;
    }
  });
}

function pressing({clock, store}: Stage, press: (turn: number, at: number) => Event): void {
  let turn = 0;
  every(clock, KEY_MS, () => {
    store.dispatch(press(turn, clock.monotonic()), 'key');
    turn += 1;
  });
}

/** Down, row by row, and now and then a page. */
const scroll = (turn: number, at: number): Event =>
  turn % 6 === 5 ? {type: 'cursor.paged', at, by: 1} : {type: 'cursor.moved', at, by: 1};

export const workloads: readonly Workload[] = [
  {
    name: '500 samples/s on visible rows',
    turnMs: ROUTINE_MS,
    ...BUSY,
    prepare: (state) => withStreams(state, visibleIds(state)),
    begin: (stage) => sampling(stage, visibleIds(stage.store.getState()), SAMPLES, SAMPLES_MS),
  },
  {
    name: '500 samples/s over the fleet',
    turnMs: ROUTINE_MS,
    ...BUSY,
    prepare: (state) => withStreams(state, spreadIds),
    begin: (stage) => sampling(stage, spreadIds, SAMPLES, SAMPLES_MS),
  },
  {
    name: 'charts of one sandbox',
    turnMs: ROUTINE_MS,
    ...BUSY,
    prepare: (state) => after(withStreams(state, visibleIds(state).slice(0, 1)), [{type: 'detail.toggled', at: 0}]),
    begin: (stage) => sampling(stage, visibleIds(stage.store.getState()).slice(0, 1), 1, CHART_MS),
  },
  {name: 'scrolling', turnMs: KEY_MS, ...BUSY, prepare: (state) => state, begin: (stage) => pressing(stage, scroll)},
  {name: 'nothing', turnMs: ROUTINE_MS, ...QUIET, prepare: (state) => state, begin: () => undefined},
];

/** The workload on a stage where time goes by. */
export function beginWorkload({begin}: Workload, stage: Stage): void {
  const {clock, store} = stage;
  every(clock, ROUTINE_MS, () => store.dispatch({type: 'clock.ticked', at: clock.monotonic(), wall: clock.wall()}));
  every(clock, HEARTBEAT_MS, () => store.dispatch({type: 'stream.heard', at: clock.monotonic()}));
  begin(stage);
}
