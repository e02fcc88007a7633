import type {Event} from '../src/model/event.ts';
import {initialState} from '../src/model/initial.ts';
import {reduce} from '../src/model/reduce.ts';
import type {Sample} from '../src/model/sample.ts';
import type {Millis, SandboxPatch, Stamp} from '../src/model/sandbox.ts';
import type {State} from '../src/model/state.ts';
import {regions} from '../src/ui/regions.ts';
import {sample, sandbox, session} from '../test/support/builders.ts';

/** The terminal of every measurement. */
export const SIZE = {columns: 120, rows: 40} as const;

/** What the wall clock shows at monotonic 0: a full minute, so that what steps by the minute steps at full minutes. */
export const WALL_AT_ZERO: Millis = Date.UTC(2026, 0, 15, 14, 0, 0);

const MINUTE_MS = 60_000;
/** Past a minute an age, and from ten minutes on what is left of a life, step by the minute: none moves by the second. */
const LEAST_AGE_MS = 2 * MINUTE_MS;
const SHORTEST_LIFE_MS = 20 * MINUTE_MS;
const LIVES_MS = 23 * 60 * MINUTE_MS;
const PAGE = 1000;

/** Spreads 0, 1, 2… over `below` without two neighbours being alike (Knuth's multiplicative hash). */
const scatter = (index: number, below: number): number => ((index * 2_654_435_761) % 4_294_967_296) % below;

export const idOf = (index: number): string => `sb_${scatter(index, 4_294_967_296).toString(16).padStart(10, '0')}`;

const templates = ['agent-py311', 'agent-node20', 'browser-use', 'code-interpreter'] as const;
const regionNames = ['us-east', 'eu-west', 'ap-south'] as const;

/** One sandbox of the fleet, told in full; all run. */
export function patchOf(index: number, over: Partial<SandboxPatch> = {}): SandboxPatch {
  const {updatedAt: _, tokenExpiresAt: __, ...told} = sandbox();
  const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
  return {
    ...known,
    id: idOf(index),
    templateName: templates[index % templates.length] ?? '',
    region: regionNames[index % regionNames.length] ?? '',
    createdAt: WALL_AT_ZERO - LEAST_AGE_MS - scatter(index, LIVES_MS),
    expiresAt: WALL_AT_ZERO + SHORTEST_LIFE_MS + scatter(index, LIVES_MS),
    ...over,
  };
}

/** The same numbers every time. */
const loadOf = (turn: number): number => scatter(turn, 1000) / 10;

/** What one metrics event tells; `turn` decides the figures. */
export const sampleAt = (at: Stamp, turn: number): Sample =>
  sample({
    at,
    cpuPercent: loadOf(turn),
    memoryPercent: loadOf(turn + 7),
    memoryUsedBytes: loadOf(turn + 7) * 0.04 * 1024 ** 3,
    memoryTotalBytes: 4 * 1024 ** 3,
    diskPercent: 41,
    diskUsedBytes: 4.1 * 1024 ** 3,
    diskTotalBytes: 10 * 1024 ** 3,
    uptimeSeconds: 4000 + Math.floor(at / 1000),
    totalExecutions: turn,
    activeExecutions: turn % 5,
    errorCount: 3,
  });

/** Connected at 0 and read to its end: live, with so many sandboxes, soonest to expire first. */
export function fleetState(count: number): State {
  const {columns, rows} = SIZE;
  const screen = {columns, rows, listRows: regions(columns, rows, 'list').listRows};
  const first = initialState({session: {...session, metricsLimit: 200}, now: 0, wall: WALL_AT_ZERO, screen});
  return after(first, [
    {type: 'stream.connecting', at: 0, attempt: 1},
    {type: 'stream.opened', at: 0},
    ...pages(count),
    {type: 'list.ended', at: 0, run: 1, complete: true},
    {type: 'frame.began', at: 0},
  ]);
}

const pages = (count: number): readonly Event[] =>
  Array.from({length: Math.ceil(count / PAGE)}, (_, page) => ({
    type: 'list.page' as const,
    at: 0,
    asOf: 0,
    run: 1,
    patches: Array.from({length: Math.min(PAGE, count - page * PAGE)}, (__, index) => patchOf(page * PAGE + index)),
  }));

export function after(state: State, events: readonly Event[]): State {
  let next = state;
  for (const event of events) [next] = reduce(next, event);
  return next;
}
