import {describe, expect, test} from 'vitest';
import type {Effect, Event} from '../../src/model/event.ts';
import type {JournalEntry} from '../../src/model/fileEvents.ts';
import {emptyLog, type LogEntry, ownEntriesSince, withLogEntry} from '../../src/model/log.ts';
import {logged} from '../../src/model/logging.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {failure, listed, logOf, observed, patch, play, playHeld} from './given.ts';

const ID = 'sb_abcd';

const keeping = (state: State): State => ({...state, session: {...state.session, keepsJournal: true}});
const start = keeping(listed(patch(ID), patch('sb_wxyz')));

const ask = (ms: number, id = ID): Event => ({type: 'action.asked', at: T0 + ms, action: 'pause', id});
const answers: readonly Event[] = [
  ask(1000),
  {
    ...{type: 'action.accepted', at: T0 + 1100, asOf: T0 + 1090, action: 'pause', id: ID},
    ...{status: 200, requestId: 'req_1', patch: undefined},
  },
  observed(1200, patch(ID, {status: 'paused'})),
];

const written = (effects: readonly Effect[]): readonly JournalEntry[] =>
  effects.flatMap((effect) => (effect.do === 'journal' ? [effect.entry] : []));

/** What the log has of it, as the journal says it. */
const mine = (state: State): readonly JournalEntry[] =>
  logOf(state)
    .filter(({source}) => source === 'you')
    .map(({seq: _, ...entry}) => entry);

describe('a journal is kept', () => {
  test('of everything done here: that the server took it at once, that it is done in the words of the log', () => {
    const {state, effects} = play(start, ...answers);
    expect(written(effects).slice(1)).toEqual(mine(state));
    expect(written(effects)).toMatchObject([
      {kind: 'pause', text: 'accepted', status: 200, requestId: 'req_1', change: {latencyMs: 100}},
      {kind: 'pause', text: 'paused', status: 200, requestId: 'req_1', change: {after: 'paused', latencyMs: 100}},
    ]);
  });

  test('in the order in which it came about, though one answer settles the act', () => {
    const [asked, taken] = answers;
    const early = observed(1050, patch(ID, {status: 'paused'}), {asOf: 1040});
    const {state, effects} = play(start, ...[asked, early, taken].filter((event) => event !== undefined));
    expect(written(effects).map(({text}) => text)).toEqual(['accepted', 'paused']);
    expect(mine(state).map(({text}) => text)).toEqual(['paused']);
  });

  test('once, though it was asked for through the menu of acts', () => {
    const connect: Event = {type: 'connect.asked', at: T0 + 1000, id: ID};
    const {state, effects} = play(
      {...start, session: {...start.session, canConnect: true}},
      {type: 'choice.made', at: T0 + 1000, events: [connect]},
    );
    expect(written(effects)).toEqual(mine(state));
    expect(written(effects)).toHaveLength(1);
  });

  test('of what was refused, and of what nobody knows', () => {
    const refused: Event = {
      ...{type: 'action.refused', at: T0 + 1100, action: 'pause', id: ID},
      failure: failure({message: 'not now', status: 409, mayHaveHappened: false}),
    };
    expect(written(play(start, ask(1000), refused).effects)).toMatchObject([{text: 'refused: not now', status: 409}]);
    const unknown: Event = {type: 'action.unknown', at: T0 + 1100, action: 'pause', id: ID, failure: failure()};
    expect(written(play(start, ask(1000), unknown).effects)).toMatchObject([{text: /outcome unknown/}]);
  });

  test('of every act that one key put back', () => {
    const asked = playHeld(start, ask(1000), ask(1000, 'sb_wxyz')).state;
    const {effects} = playHeld(asked, {type: 'suspend.asked', at: T0 + 1500});
    expect(written(effects).map(({id}) => id)).toEqual([ID, 'sb_wxyz']);
    expect(effects.at(-1)).toEqual({do: 'suspend'});
  });

  test('of nothing that was not done here', () => {
    const {effects} = play(start, observed(1000, patch(ID, {status: 'error'}), {verb: 'sandbox.updated'}));
    expect(written(effects)).toEqual([]);
  });
});

test('where none is kept, none is written', () => {
  expect(written(play(listed(patch(ID)), ...answers).effects)).toEqual([]);
});

describe('what one step added', () => {
  const own = {source: 'you', kind: 'pause', tone: 'danger'} as const;
  const others = {source: 'list', kind: 'created', tone: 'plain'} as const;
  const logWith = (count: number, over: Partial<LogEntry>, log = emptyLog) =>
    Array.from({length: count}).reduce<typeof log>(
      (next, _, index) =>
        withLogEntry(next, {
          ...{at: T0, wall: WALL0, kind: 'x', id: `sb_${index}`, text: '', source: 'you', tone: 'plain'},
          ...{requestId: undefined, status: undefined},
          ...over,
        }),
      log,
    );

  test.each([1, 2, 40, 1000, 3000])('%d acts are all found, errors or not', (count) => {
    const before = logWith(3, own);
    const found = ownEntriesSince(logWith(count, own, before), before);
    expect(found.map(({seq}) => seq)).toEqual(Array.from({length: count}, (_, index) => index + 4));
  });

  test('a fleet of 100,000 that came with it hides none', () => {
    const before = logWith(3, own);
    expect(ownEntriesSince(logWith(100_000, others, logWith(1, own, before)), before).map(({seq}) => seq)).toEqual([4]);
  });
});

test('what an act changed goes into the log as it is said', () => {
  const change = {before: 'running', after: 'paused', latencyMs: 87};
  const state = logged(start, T0, {kind: 'pause', id: ID, source: 'you', text: 'paused', change});
  expect(logOf(state)).toMatchObject([{change}]);
});

test('a journal that cannot be written is said loudly, and stays in the log', () => {
  const {state, effects} = play(start, {type: 'journal.failed', at: T0, reason: 'disk full'});
  expect(state.notice).toMatchObject({text: 'journal: disk full: acts are no longer written', tone: 'danger'});
  expect(logOf(state)).toMatchObject([
    {kind: 'journal', text: 'disk full: acts are no longer written', tone: 'danger'},
  ]);
  expect(effects).toEqual([]);
});
