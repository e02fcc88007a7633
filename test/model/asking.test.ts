import {describe, expect, test} from 'vitest';
import type {ActionId} from '../../src/model/actions.ts';
import type {Event} from '../../src/model/event.ts';
import {disabledReason} from '../../src/model/refusal.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {
  begun,
  failure,
  gone,
  listed,
  logLines,
  lost,
  observed,
  opened,
  paged,
  patch,
  play,
  session,
  tick,
  ticks,
  told,
} from './given.ts';

const ask = (action: ActionId, id = 'a', ms = 1000): Event => ({type: 'action.asked', at: T0 + ms, action, id});
const denied: Event = {type: 'access.denied', at: T0, failure: failure({kind: 'unauthorized'})};
const undo = (ms: number): Event => ({type: 'action.undone', at: T0 + ms});
const agreed = (id = 'sb_abcd', ms = 1000): readonly Event[] => [
  ask('delete', id, ms),
  {type: 'dialog.typed', at: T0 + ms + 500, text: id.slice(-4)},
  {type: 'dialog.answered', at: T0 + ms + 600, answer: 'enter'},
];
const noRoute = {kind: 'unreachable', message: 'no route'} as const;
const offline = [lost(400, noRoute), lost(500, noRoute)];

describe('a refusal says what to do, and sends nothing', () => {
  const running = listed(patch('a'));
  test.each<[string, State, ActionId, string, string]>([
    [
      'read-only',
      told(begun({session: {...session, readonly: true}}), opened(0), paged(0, 1, [patch('a')])),
      'pause',
      'a',
      'pause: read-only: start without --readonly to act',
    ],
    ['no such row', running, 'pause', 'zz', 'pause: no sandbox selected: move the cursor onto one'],
    ['a tombstone', told(running, gone(1, 'a')), 'pause', 'a', 'pause: it is gone (deleted): nothing left to pause'],
    [
      'an odd id',
      listed(patch('../a')),
      'pause',
      '../a',
      'pause: its id holds characters that no request may carry: act on it elsewhere',
    ],
    [
      'offline',
      told(running, ...offline),
      'pause',
      'a',
      'pause: offline: nothing can be sent; r tries to connect again',
    ],
    ['access denied', told(running, denied), 'pause', 'a', 'pause: access denied: check the API key, then press r'],
    [
      'a route this server lacks',
      {...listed(patch('a', {status: 'stopped'})), unsupported: running.unsupported.add('start')},
      'start',
      'a',
      'start: start is not supported by this server; R (resume) may do',
    ],
    [
      'an act under way',
      told(running, ask('pause', 'a', 900)),
      'stop',
      'a',
      'stop: pausing… is still under way: wait for its outcome',
    ],
    [
      'a delete in its grace',
      told(listed(patch('sb_abcd')), ...agreed('sb_abcd', 0)),
      'pause',
      'sb_abcd',
      'pause: its delete is about to leave: u takes it back',
    ],
    [
      'another status',
      listed(patch('a', {status: 'stopped'})),
      'pause',
      'a',
      'pause: it is stopped, not running; possible: S start',
    ],
    [
      'no timeout to extend',
      listed(patch('a', {expiresAt: null})),
      'extend',
      'a',
      'extend: it never expires: nothing to extend',
    ],
  ])('%s', (_, state, action, id, text) => {
    const asked = play(state, ask(action, id));
    expect(asked.state.notice).toEqual({text, tone: 'warn', at: T0 + 1000});
    expect([asked.effects, asked.state.acts, asked.state.dialog]).toEqual([[], state.acts, undefined]);
    expect(`${action}: ${disabledReason(state, action, id)}`).toBe(text);
  });

  test('with a status nobody documents the server decides', () => {
    expect(disabledReason(listed(patch('a', {status: 'hibernating'})), 'resume', 'a')).toBeUndefined();
  });
});

test.each<[ActionId, string]>([
  ['pause', 'running'],
  ['resume', 'paused'],
  ['start', 'stopped'],
])('%s is sent at once, and does not touch what the server told', (action, status) => {
  const {state, effects} = play(listed(patch('a', {status})), ask(action));
  expect(effects).toEqual([{do: 'send', action, id: 'a'}]);
  expect(state.acts.get('a')).toMatchObject({action, phase: 'sent', askedAt: T0 + 1000, sentAt: T0 + 1000});
  expect(state.rows.get('a')?.sandbox.status).toBe(status);
});

describe('extend', () => {
  const dated: Event = {type: 'server.dated', at: T0, skewMs: 0};
  const expiring = (expiresAt: number | null | undefined) =>
    told(listed(expiresAt === undefined ? {id: 'a', status: 'running'} : patch('a', {expiresAt})), dated);

  test.each([
    ['adds half an hour to what is left', WALL0 + 601_000, 600 + 1800],
    ['rounds up', WALL0 + 601_001, 601 + 1800],
    ['gives half an hour to a life that should be over', WALL0 - 5000, 1800],
  ])('%s', (_, expiresAt, timeoutSeconds) => {
    const {state, effects} = play(expiring(expiresAt), ask('extend'));
    expect(effects).toEqual([{do: 'send', action: 'extend', id: 'a', timeoutSeconds}]);
    expect(state.acts.get('a')).toMatchObject({phase: 'sent', expiryBefore: expiresAt});
  });

  test("reckons by the server's clock", () => {
    const behind = told(expiring(WALL0 + 601_000), {type: 'server.dated', at: T0, skewMs: -20_000});
    expect(play(behind, ask('extend')).effects).toEqual([
      {do: 'send', action: 'extend', id: 'a', timeoutSeconds: 620 + 1800},
    ]);
  });

  test('asks first when the expiry was not told, and goes on with the answer', () => {
    const asked = play(expiring(undefined), ask('extend'));
    expect(asked.effects).toEqual([{do: 'read', id: 'a', priority: 'act'}]);
    expect(asked.state.acts.get('a')?.phase).toBe('checking');
    const answer = observed(2000, patch('a', {expiresAt: WALL0 + 62_000}), {via: 'read', asOf: 1500});
    expect(play(asked.state, answer).effects).toEqual([
      {do: 'send', action: 'extend', id: 'a', timeoutSeconds: 60 + 1800},
    ]);
  });

  test('asks first when it was told more than a minute ago', () => {
    expect(play(expiring(WALL0 + 900_000), ask('extend', 'a', 60_000)).effects).toMatchObject([{do: 'send'}]);
    expect(play(expiring(WALL0 + 900_000), ask('extend', 'a', 60_001)).effects).toEqual([
      {do: 'read', id: 'a', priority: 'act'},
    ]);
  });

  test.each<[string, Event, string]>([
    [
      'never',
      observed(2000, patch('a', {expiresAt: null}), {via: 'read'}),
      'a: not sent: it never expires: nothing to extend',
    ],
    [
      'not told even then',
      observed(2000, {id: 'a', status: 'running'}, {via: 'read'}),
      'a: extend not sent: the server does not tell when it expires',
    ],
    [
      'a failure',
      {type: 'read.failed', at: T0 + 2000, id: 'a', failure: failure({message: 'timed out'})},
      'a: extend not sent: timed out',
    ],
    ['gone', gone(2000, 'a', {via: 'read'}), 'a: not sent: it is gone already'],
  ])('answered %s, nothing is sent', (_, event, text) => {
    const {state, effects} = play(expiring(undefined), ask('extend'), event);
    expect(effects.filter((effect) => effect.do === 'send')).toEqual([]);
    expect([state.notice?.text, state.acts.size]).toEqual([text, 0]);
  });
});

describe('a delete', () => {
  const start = listed(patch('sb_abcd'), patch('sb_wxyz'));

  test('leaves after five seconds of grace', () => {
    const waiting = play(start, ...agreed());
    expect(waiting.effects).toEqual([]);
    expect(waiting.state.notice?.text).toBe('sb_abcd is about to be deleted: u takes it back');
    expect(play(waiting.state, ...ticks(2000, 6000)).effects).toEqual([]);
    expect(play(waiting.state, ...ticks(2000, 7000)).effects).toEqual([{do: 'send', action: 'delete', id: 'sb_abcd'}]);
  });

  test('u takes the newest back', () => {
    const both = told(start, ...agreed('sb_abcd', 0), ...agreed('sb_wxyz', 1000), undo(2000));
    expect([...both.acts.keys()]).toEqual(['sb_abcd']);
    expect(logLines(both)).toEqual(['you | delete | sb_wxyz | taken back: nothing was sent']);
    const none = play(both, undo(2100), undo(2200), ...ticks(3000, 9000));
    expect([none.effects, none.state.acts.size]).toEqual([[], 0]);
    expect(told(start, undo(1)).notice?.text).toBe('nothing to take back: u undoes what has not been sent yet');
  });

  test.each([
    ['offline', [...offline], 'sb_abcd: not sent: offline: nothing can be sent; r tries to connect again'],
    ['access denied', [denied], 'sb_abcd: not sent: access denied: check the API key, then press r'],
  ])('%s meanwhile: not sent', (_, events, text) => {
    const {state, effects} = play(start, ...agreed('sb_abcd', 0), ...events, ...ticks(1000, 4000));
    const last = play(state, ...ticks(5000, 6000));
    expect([...effects, ...last.effects].filter((effect) => effect.do === 'send')).toEqual([]);
    expect([last.state.notice?.text, last.state.acts.size]).toEqual([text, 0]);
  });

  test('in its grace is not sent by quitting', () => {
    const {state, effects} = play(start, ...agreed(), {type: 'quit.asked', at: T0 + 2000}, ...ticks(3000, 9000));
    expect(effects).toEqual([{do: 'quit'}]);
    expect([state.quitting, state.acts.get('sb_abcd')?.phase]).toEqual([true, 'grace']);
  });
});

test('nothing is asked while a dialog or help is open', () => {
  const open = told(listed(patch('a')), {type: 'overlay.opened', at: T0, overlay: 'help'});
  expect(play(open, ask('pause')).effects).toEqual([]);
  expect(play(told(listed(patch('a')), ask('stop')), ask('pause', 'a', 1500), tick(2000)).effects).toEqual([]);
});
