import type {ActionId} from '../../src/model/actions.ts';
import {type BulkItem, isUnderWay} from '../../src/model/bulk.ts';
import type {Effect, Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {failure, listed, lost, opened, patch} from './given.ts';
import {accepted, admitted, enter, markAll, plan, refusal, typed, yes} from './many.ts';

type SendEffect = Extract<Effect, {do: 'send'}>;
type Truth = {status: string; expiresAt: number | null; timeoutSeconds: number | null};

/** What may become of a request that leaves; whether it is carried out is decided as it leaves. */
export const fates = [
  'accepted',
  'accepted, and said no more',
  'refused',
  'held by the limiter',
  'carried out, answer lost',
  'lost on the way',
  'failed, carried out',
  'failed, not carried out',
  'no connection',
] as const;
export type Fate = (typeof fates)[number];

const carriesOut: ReadonlySet<Fate> = new Set([
  'accepted',
  'accepted, and said no more',
  'carried out, answer lost',
  'failed, carried out',
]);

export const bulkActions = ['pause', 'timeout', 'delete'] as const satisfies readonly ActionId[];

export type WorldOptions = {
  readonly action: (typeof bulkActions)[number];
  /** Of each sandbox: whether it never ends. */
  readonly fleet: readonly boolean[];
  readonly fates: readonly Fate[];
};

const TIMEOUT_SECONDS = 600;

/**
 * A control plane, a network and a monitor in which an act on the whole fleet has been agreed to. Leave to go, answers,
 * reads and events arrive when the test says so, in any order, or fail.
 */
export function bulkWorld({action, fleet, fates: script}: WorldOptions) {
  const truth = new Map<string, Truth>();
  const carriedOut = new Set<string>();
  const departures: {readonly id: string; readonly fate: Fate}[] = [];
  let asks: string[] = [];
  let answers: ((ms: number) => Event)[] = [];
  let reads: {readonly id: string; readonly sentMs: number; readonly told: SandboxPatch | undefined}[] = [];
  let events: ((ms: number) => Event)[] = [];
  let isOpen = true;
  let isCalm = false;
  let ms = 1000;
  let lastTick = 1000;
  fleet.forEach((isEndless, index) => {
    const ends = {expiresAt: WALL0 + 3_600_000, timeoutSeconds: 7200};
    truth.set(`s${index}`, {status: 'running', ...(isEndless ? {expiresAt: null, timeoutSeconds: null} : ends)});
  });
  const patchOf = (id: string): SandboxPatch | undefined => {
    const told = truth.get(id);
    return told && patch(id, told);
  };
  let state: State = listed(...[...truth.keys()].map((id) => patchOf(id) ?? patch(id)));

  const tell = (id: string) => {
    const told = patchOf(id);
    if (!isOpen) return;
    events.push((at) => {
      const seen = {at: T0 + at, asOf: T0 + at, via: 'event'} as const;
      return told ? {type: 'sandbox.observed', ...seen, patch: told} : {type: 'sandbox.gone', ...seen, id};
    });
  };

  const carryOut = ({id, timeoutSeconds = 0}: SendEffect) => {
    const told = truth.get(id);
    if (!told) return;
    carriedOut.add(id);
    if (action === 'delete') truth.delete(id);
    if (action === 'pause') told.status = 'paused';
    if (action === 'timeout') Object.assign(told, {expiresAt: WALL0 + ms + timeoutSeconds * 1000, timeoutSeconds});
    tell(id);
  };

  const answerOf = (fate: Fate, {id}: SendEffect): ((at: number) => Event) => {
    const told = patchOf(id);
    const sentMs = ms;
    const server = {kind: 'server', status: 500} as const;
    const unknown =
      (over: Parameters<typeof failure>[0]) =>
      (at: number): Event => ({
        type: 'action.unknown',
        ...{at: T0 + at, action, id, failure: failure(over)},
      });
    const table: Readonly<Record<Fate, (at: number) => Event>> = {
      accepted: (at) => ({...accepted(at, action, id), asOf: T0 + sentMs, patch: told}) as Event,
      'accepted, and said no more': (at) =>
        ({...accepted(at, action, id), asOf: T0 + sentMs, patch: undefined}) as Event,
      refused: (at) => refusal(at, action, id, {kind: 'conflict', status: 409}),
      'held by the limiter': (at) => ({
        type: 'action.queued',
        ...{at: T0 + at, id, until: T0 + at + 1000},
        failure: failure({kind: 'rate-limited', status: 429, mayHaveHappened: false}),
      }),
      'carried out, answer lost': unknown({kind: 'unreachable', status: undefined}),
      'lost on the way': unknown({kind: 'unreachable', status: undefined}),
      'failed, carried out': unknown(server),
      'failed, not carried out': unknown(server),
      'no connection': (at) => refusal(at, action, id, {kind: 'unreachable', status: undefined}),
    };
    return table[fate];
  };

  const depart = (effect: SendEffect) => {
    const {id} = effect;
    const fate = isCalm ? 'accepted' : (script[departures.length % script.length] ?? 'accepted');
    departures.push({id, fate});
    const isThere = truth.has(id);
    if (carriesOut.has(fate)) carryOut(effect);
    const isMissing = !isThere && (carriesOut.has(fate) || fate === 'refused');
    answers.push(
      isMissing ? (at) => refusal(at, action, id, {kind: 'not-found', status: 404}) : answerOf(fate, effect),
    );
  };

  const take = (event: Event) => {
    const [next, ...effects] = reduce(state, event);
    state = next;
    for (const effect of effects) {
      if (effect.do === 'send') depart(effect);
      if (effect.do === 'act') asks = [...asks.filter((id) => id !== effect.id), effect.id];
      if (effect.do === 'read') reads.push({id: effect.id, sentMs: ms, told: patchOf(effect.id)});
    }
    // What no longer wants to leave stops waiting, as the runtime sees to.
    asks = asks.filter((id) => state.acts.get(id)?.phase === 'queued');
  };

  for (const event of [markAll, plan(action, 200, action === 'timeout' ? TIMEOUT_SECONDS : undefined)]) take(event);
  const {word} = state.plan ?? {};
  if (word !== undefined) take(typed(word));
  take(word === undefined ? yes() : enter());

  const picked = <T>(from: readonly T[], pick: number): T | undefined => from[pick % Math.max(1, from.length)];

  return {
    action,
    truth,
    carriedOut,
    departures,
    state: () => state,
    isOver: () => !isUnderWay(state.bulk),
    items: (): readonly (readonly [string, BulkItem])[] => [...(state.bulk?.items ?? [])],
    take: (event: (at: number) => Event) => take(event(ms)),
    leave(pick: number) {
      const id = picked(asks, pick);
      if (id === undefined) return;
      asks = asks.filter((other) => other !== id);
      take(admitted(ms, id));
    },
    answer(pick: number) {
      const answer = picked(answers, pick);
      if (!answer) return;
      answers = answers.filter((other) => other !== answer);
      take(answer(ms));
    },
    read(pick: number, fails: boolean) {
      const read = picked(reads, pick);
      if (!read) return;
      reads = reads.filter((other) => other !== read);
      const {id, sentMs, told} = read;
      const seen = {at: T0 + ms, asOf: T0 + sentMs, via: 'read'} as const;
      if (fails) {
        const status = pick % 2 === 0 ? undefined : 500;
        take({type: 'read.failed', at: T0 + ms, id, failure: failure({status, mayHaveHappened: false})});
      } else if (told) take({type: 'sandbox.observed', ...seen, patch: told});
      else take({type: 'sandbox.gone', ...seen, id});
    },
    event() {
      const event = events.shift();
      if (event) take(event(ms));
    },
    /** Somebody looks at one: a GET that was not asked because of the act. */
    look(pick: number) {
      const id = picked(state.bulk?.ids ?? [], pick);
      if (id !== undefined) reads.push({id, sentMs: ms, told: patchOf(id)});
    },
    /** The server tells of one what everybody knows already. */
    repeat(pick: number) {
      const id = picked([...truth.keys()], pick);
      if (id !== undefined) tell(id);
    },
    /** Enter in the ledger; false: it stands still all the same, though the server can be reached. */
    resume(): boolean {
      take({type: 'bulk.resumed', at: T0 + ms});
      return !isUnderWay(state.bulk) || state.link.phase === 'offline' || state.bulk.pausedBy === undefined;
    },
    /** Somebody else deletes one. */
    remove(pick: number) {
      const id = picked([...truth.keys()], pick);
      if (id === undefined) return;
      truth.delete(id);
      tell(id);
    },
    cut() {
      if (!isOpen) return;
      isOpen = false;
      events = [];
      take(lost(ms, {kind: 'unreachable', status: undefined}));
    },
    connect() {
      if (isOpen) return;
      isOpen = true;
      take(opened(ms));
    },
    pass(more: number) {
      for (const until = ms + more; ms < until; ) {
        ms = Math.min(until, lastTick + 1000);
        if (ms < lastTick + 1000) continue;
        lastTick = ms;
        take({type: 'clock.ticked', at: T0 + ms, wall: WALL0 + ms});
      }
    },
    /** From now on all that leaves is accepted. */
    calm() {
      isCalm = true;
    },
    isStill: () => asks.length + answers.length + reads.length + events.length === 0,
  };
}

export type BulkWorld = ReturnType<typeof bulkWorld>;
