import type {Effect, Event} from '../../src/model/event.ts';
import type {Failure} from '../../src/model/failure.ts';
import {initialState, type Start} from '../../src/model/initial.ts';
import {type LogEntry, latestEntries} from '../../src/model/log.ts';
import {idsFrom} from '../../src/model/order.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {SandboxPatch, Via} from '../../src/model/sandbox.ts';
import type {Session, State} from '../../src/model/state.ts';
import {sandbox, T0, WALL0} from '../support/builders.ts';

export const session: Session = {
  profile: 'prod',
  host: 'api.hopx.dev',
  keyId: 'hopx_live_k3y',
  readonly: false,
  demo: false,
  metricsLimit: 24,
};

/** A session that has just begun, sorted by id so that a test can say who stands where. */
export const begun = (over: Partial<Start> = {}): State =>
  initialState({session, now: T0, wall: WALL0, sort: {column: 'id', descending: false}, ...over});

type Played = {readonly state: State; readonly effects: readonly Effect[]};

/** What happens, one after the other, under a limiter that holds nobody; all other effects on the way, in order. */
export const play = (state: State, ...events: readonly Event[]): Played =>
  playWith(state, events, ({at}, {id}) => admitted(at - T0, id));

/** The same under a limiter that lets nobody leave by itself. */
export const playHeld = (state: State, ...events: readonly Event[]): Played => playWith(state, events, () => undefined);

type Limiter = (event: {readonly at: number}, effect: Extract<Effect, {do: 'act'}>) => Event | undefined;

function playWith(state: State, events: readonly Event[], limiter: Limiter): Played {
  let next = state;
  const effects: Effect[] = [];
  const take = (event: Event) => {
    const [changed, ...more] = reduce(next, event);
    next = changed;
    for (const effect of more) {
      const answer = effect.do === 'act' && 'at' in event ? limiter(event, effect) : undefined;
      if (answer) take(answer);
      else effects.push(effect);
    }
  };
  for (const event of events) take(event);
  return {state: next, effects};
}

export const told = (state: State, ...events: readonly Event[]): State => play(state, ...events).state;

/** `ms` are counted from T0 in all of these. */
export const tick = (ms: number): Event => ({type: 'clock.ticked', at: T0 + ms, wall: WALL0 + ms});
export const admitted = (ms: number, id: string): Event => ({
  type: 'action.admitted',
  at: T0 + ms,
  wall: WALL0 + ms,
  id,
});
export const frame = (ms: number): Event => ({type: 'frame.began', at: T0 + ms});
export const opened = (ms: number): Event => ({type: 'stream.opened', at: T0 + ms});

/** A tick a second, from one moment to another, both included. */
export const ticks = (from: number, to: number): readonly Event[] =>
  Array.from({length: Math.floor((to - from) / 1000) + 1}, (_, index) => tick(from + index * 1000));

export const failure = (over: Partial<Failure> = {}): Failure => ({
  kind: 'server',
  message: 'the server has an error',
  status: 500,
  code: undefined,
  requestId: undefined,
  retryAfterMs: undefined,
  mayHaveHappened: true,
  ...over,
});

export const lost = (ms: number, over: Partial<Failure> = {}): Event => ({
  type: 'stream.lost',
  at: T0 + ms,
  failure: failure({message: 'the server closed the stream', ...over}),
  attempt: 1,
  retryAt: T0 + ms + 2000,
});

/** A full record as a list, a GET or an event tells it. */
export function patch(id: string, over: Partial<SandboxPatch> = {}): SandboxPatch {
  const {updatedAt: _, tokenExpiresAt: __, ...whole} = sandbox({id});
  const told = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
  return {...told, id, ...over};
}

type Told = {readonly asOf?: number; readonly via?: Via; readonly verb?: string};

export const observed = (ms: number, what: SandboxPatch, {asOf = ms, via = 'event', verb}: Told = {}): Event => ({
  type: 'sandbox.observed',
  at: T0 + ms,
  asOf: T0 + asOf,
  via,
  patch: what,
  ...(verb === undefined ? {} : {verb}),
});

export const gone = (ms: number, id: string, {asOf = ms, via = 'event', verb}: Told = {}): Event => ({
  type: 'sandbox.gone',
  at: T0 + ms,
  asOf: T0 + asOf,
  id,
  via,
  ...(verb === undefined ? {} : {verb}),
});

export const paged = (ms: number, run: number, patches: readonly SandboxPatch[], asOf = ms): Event => ({
  type: 'list.page',
  at: T0 + ms,
  asOf: T0 + asOf,
  run,
  patches,
});

export const ended = (ms: number, run: number): Event => ({type: 'list.ended', at: T0 + ms, run, complete: true});

/** Connected and read at T0: live, with these sandboxes, and their order mended. */
export const listed = (...patches: readonly SandboxPatch[]): State =>
  told(begun(), opened(0), paged(0, 1, patches), ended(0, 1), frame(0));

export const logOf = (state: State): readonly LogEntry[] => latestEntries(state.log, 50).toReversed();

export const logLines = (state: State): readonly string[] =>
  logOf(state).map(({source, kind, id, text}) => [source, kind, id, text].filter(Boolean).join(' | '));

export const shownIds = (state: State): readonly string[] => idsFrom(state.order, 0, state.order.size);

export const statusOf = (state: State, id: string): string | undefined => {
  const row = state.rows.get(id);
  return row?.tombstone ? `† ${row.tombstone.cause}` : row?.sandbox.status;
};
