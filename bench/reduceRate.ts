import type {Event} from '../src/model/event.ts';
import type {Stamp} from '../src/model/sandbox.ts';
import type {State} from '../src/model/state.ts';
import {cpuMs} from './cpu.ts';
import {after, fleetState, idOf, patchOf, sampleAt, WALL_AT_ZERO} from './fleet.ts';

export const FLEETS = [100, 10_000, 100_000] as const;

/** 500 events a second: what the frame that is due four times a second has to mend. */
const EVENT_EVERY_MS = 2;
const EVENTS_A_FRAME = 125;
const EVENTS_A_TICK = 500;

/** Streams that tell samples: as many as the smallest fleet has sandboxes. */
const SAMPLED = 100;

const EVENTS = 5_000;
const ROUNDS = 3;

/** The `turn`-th event of its kind, at that moment, in a fleet of so many. */
type Story = (turn: number, at: Stamp, fleet: number) => Event;

const statuses = ['paused', 'running', 'stopped', 'running'] as const;

/** Spread over the fleet, in no order of the list. */
const someone = (turn: number, fleet: number): number => (turn * 7919) % fleet;

const observed = (at: Stamp, patch: ReturnType<typeof patchOf>): Event => ({
  type: 'sandbox.observed',
  at,
  asOf: at,
  via: 'event',
  verb: 'sandbox.updated',
  patch,
});

/** Every kind of event that comes often, by itself. */
const stories = {
  status: (turn, at, fleet) => {
    const round = Math.floor(turn / fleet);
    const status = statuses[(turn + round) % statuses.length] ?? 'running';
    return observed(at, {id: idOf(someone(turn, fleet)), status});
  },
  expiry: (turn, at, fleet) => {
    const expiresAt = WALL_AT_ZERO + 1_800_000 + ((turn * 104_729) % 80_000) * 1000;
    return observed(at, {id: idOf(someone(turn, fleet)), expiresAt});
  },
  // One is born, then the same one dies: the fleet stays as large as it was.
  'create, delete': (turn, at, fleet) => {
    const index = fleet + Math.floor(turn / 2);
    if (turn % 2 === 0) return observed(at, patchOf(index));
    return {type: 'sandbox.gone', at, asOf: at, id: idOf(index), via: 'event', verb: 'sandbox.deleted'};
  },
  sample: (turn, at) => ({type: 'metrics.sampled', id: idOf(turn % SAMPLED), sample: sampleAt(at, turn)}),
  'cursor key': (turn, at) => ({type: 'cursor.moved', at, by: turn % 50 < 25 ? 1 : -1}),
} satisfies Readonly<Record<string, Story>>;

type Kind = keyof typeof stories;
const kinds = Object.keys(stories) as readonly Kind[];

/** Ten events of the mix. No key: while one is held nothing is sorted anew, and that work would be missing. */
const mix: readonly Kind[] = [
  'sample',
  'status',
  'sample',
  'expiry',
  'sample',
  'status',
  'sample',
  'create, delete',
  'sample',
  'create, delete',
];

/** Each kind counts its own turns: deaths must follow births, and no sample may be the one before. */
const mixed: Story = (turn, at, fleet) => {
  const place = turn % mix.length;
  const kind = mix[place] ?? 'sample';
  const rounds = Math.floor(turn / mix.length);
  const ownTurn = rounds * countOf(kind, mix) + countOf(kind, mix.slice(0, place));
  return stories[kind](ownTurn, at, fleet);
};

const countOf = (kind: Kind, among: readonly Kind[]): number => among.filter((each) => each === kind).length;

/** The events of a story with the frames and ticks that come with them; only the story's own are counted. */
function eventsOf(story: Story, fleet: number): readonly Event[] {
  return Array.from({length: EVENTS}, (_, turn) => {
    const at = turn * EVENT_EVERY_MS;
    const event = story(turn, at, fleet);
    return [
      event,
      ...(turn % EVENTS_A_FRAME === EVENTS_A_FRAME - 1 ? [{type: 'frame.began', at} as const] : []),
      ...(turn % EVENTS_A_TICK === 0 ? [{type: 'clock.ticked', at, wall: WALL_AT_ZERO + at} as const] : []),
    ];
  }).flat();
}

/** CPU milliseconds of each of these in its quickest round: what is slower was somebody else's work. */
function quickestMs(works: readonly (() => void)[]): readonly number[] {
  const rounds = Array.from({length: ROUNDS}, () => works.map((work) => cpuMs(work)));
  return works.map((_, index) => Math.min(...rounds.map((times) => times[index] ?? Number.POSITIVE_INFINITY)));
}

export type ReduceRate = {
  readonly kind: string;
  /** Events a second of CPU time, for each of `FLEETS`. */
  readonly perSecond: readonly number[];
  /** What one event costs in the largest fleet, in units of what it costs in the smallest. */
  readonly costRatio: number;
};

/** Events reduced a second of CPU time at each size of fleet, frames and ticks included. */
export function measureReduce(): readonly ReduceRate[] {
  const fleets = FLEETS.map((count) => sampled(fleetState(count)));
  const measured: readonly (readonly [string, Story])[] = [
    ['mixed', mixed],
    ...kinds.map((kind) => [kind, stories[kind]] as const),
  ];
  return measured.map(([kind, story]) => {
    const works = fleets.map((state, index) => {
      const events = eventsOf(story, FLEETS[index] ?? 0);
      return () => void after(state, events);
    });
    const perSecond = quickestMs(works).map((ms) => Math.round((EVENTS * 1000) / ms));
    return {kind, perSecond, costRatio: (perSecond[0] ?? 0) / (perSecond.at(-1) ?? 0)};
  });
}

const sampled = (state: State): State =>
  after(
    state,
    Array.from({length: SAMPLED}, (_, index) => ({type: 'metrics.opened', at: 0, id: idOf(index)})),
  );
