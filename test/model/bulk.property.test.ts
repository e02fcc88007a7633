import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {isUnderWay} from '../../src/model/bulk.ts';
import type {Effect, Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {failure, gone, lost, observed, opened, patch, tick, told} from './given.ts';
import {accepted, admitted, at, enter, fleetOf, markAll, plan, refusal, typed} from './many.ts';

const COUNT = 8;
type Action = 'stop' | 'delete';
type Send = Extract<Effect, {do: 'send'}>;

/** What a server, or the way to it, may make of one request. */
const answersOf = (effect: Effect, ms: number, action: Action): readonly Event[] => {
  if (effect.do === 'act') return [admitted(ms, effect.id)];
  if (effect.do === 'read') {
    return [
      observed(ms, patch(effect.id), {via: 'read'}),
      observed(ms, patch(effect.id, {status: 'stopped'}), {via: 'read'}),
      gone(ms, effect.id, {via: 'read', asOf: ms - 40}),
      {type: 'read.failed', ...at(ms), id: effect.id, failure: failure({status: undefined, kind: 'unreachable'})},
    ];
  }
  if (effect.do !== 'send') return [];
  return [
    accepted(ms, action, effect.id),
    refusal(ms, action, effect.id, {kind: 'not-found', status: 404}),
    refusal(ms, action, effect.id, {kind: 'conflict', status: 409}),
    {type: 'action.unknown', ...at(ms), action, id: effect.id, failure: failure()},
    {
      ...{type: 'action.queued', ...at(ms), id: effect.id, until: T0 + ms + 3000},
      failure: failure({kind: 'rate-limited', status: 429, mayHaveHappened: false}),
    } as Event,
  ];
};

/** What else happens meanwhile. */
const incidents = (ms: number, id: string): readonly Event[] => [
  {type: 'bulk.paused', ...at(ms)},
  {type: 'bulk.resumed', ...at(ms)},
  {type: 'action.undone', ...at(ms)},
  {type: 'ledger.closed', ...at(ms)},
  {type: 'action.asked', ...at(ms), action: 'extend', id},
  observed(ms, patch(id, {status: 'stopped'})),
  observed(ms, patch(id, {region: `r${ms}`})),
  gone(ms, id),
  lost(ms, {kind: 'unreachable'}),
  opened(ms),
  {type: 'clock.ticked', at: T0 + ms, wall: WALL0 + ms + 3_600_000},
];

/** Every item under way has its act, every act its item, and nobody is counted twice. */
function expectSound({bulk, acts}: State): void {
  if (!bulk) return;
  const phases = bulk.ids.map((id) => bulk.items.get(id)?.phase);
  const counted = Object.fromEntries(
    Object.keys(bulk.counts).map((phase) => [phase, phases.filter((each) => each === phase).length]),
  );
  expect(bulk.counts).toEqual(counted);
  const going = bulk.ids.filter((id) => ['running', 'accepted'].includes(bulk.items.get(id)?.phase ?? ''));
  expect(going.toSorted()).toEqual([...acts.filter(({isBulk}) => isBulk).keys()].toSorted());
}

type Move = {readonly what: number; readonly who: number; readonly how: number};

/** Plays moves; answers are given in any order, and nothing that was sent is sent again before its answer. */
function played(action: Action, moves: readonly Move[]): State {
  let state = told(fleetOf(COUNT), markAll, plan(action), typed(`${action} ${COUNT}`));
  let open: readonly Effect[] = [];
  const take = (event: Event) => {
    const [next, ...effects] = reduce(state, event);
    state = next;
    for (const effect of effects) if (effect.do === 'send') expect(open.filter(isSendOf(effect))).toEqual([]);
    open = [...open, ...effects.filter((effect) => ['act', 'read', 'send'].includes(effect.do))];
    expectSound(state);
  };
  const answer = (index: number, how: number, ms: number) => {
    const effect = open[index];
    if (!effect) return;
    open = open.filter((each) => each !== effect);
    const answers = answersOf(effect, ms, action);
    const event = answers[how % Math.max(1, answers.length)];
    if (event && !('action' in effect && effect.action !== action)) take(event);
  };
  take({...enter(), ...(action === 'stop' ? {answer: 'yes' as const} : {})});
  let ms = 1000;
  for (const {what, who, how} of moves) {
    ms += 250;
    take(tick(ms));
    const incident = incidents(ms, `s0${who % COUNT}`)[how % incidents(ms, '').length];
    if (what % 4 === 0 && incident) take(incident);
    else answer(who % Math.max(1, open.length), how, ms);
  }
  take(opened(ms + 1));
  for (let left = 400; left > 0 && isUnderWay(state.bulk); left -= 1) {
    ms += 500;
    take(tick(ms));
    if (state.bulk?.pausedBy !== undefined) take({type: 'bulk.resumed', ...at(ms)});
    answer(0, 0, ms);
  }
  return state;
}

const isSendOf =
  ({id}: Send) =>
  (effect: Effect): boolean =>
    effect.do === 'send' && effect.id === id;

const move = fc.record({what: fc.nat(99), who: fc.nat(99), how: fc.nat(99)});

test.each(['stop', 'delete'] as const)(
  'many: %s, whatever happens and in whatever order, adds up and ends',
  (action) => {
    fc.assert(
      fc.property(fc.array(move, {maxLength: 40}), (moves) => {
        const {bulk, unsupported} = played(action, moves);
        expect([bulk?.counts.running, bulk?.counts.accepted]).toEqual([0, 0]);
        // A server that turns out to lack the route is asked no more: the rest stands still.
        if (!unsupported.has(action)) expect(bulk?.counts.waiting).toBe(0);
      }),
      {seed: 14, numRuns: 120},
    );
  },
);
