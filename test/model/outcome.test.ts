import {describe, expect, test} from 'vitest';
import type {ActionId} from '../../src/model/actions.ts';
import type {Event} from '../../src/model/event.ts';
import type {Failure} from '../../src/model/failure.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {T0} from '../support/builders.ts';
import {failure, gone, listed, logLines, logOf, observed, patch, play, statusOf, ticks, told} from './given.ts';

const ask = (action: ActionId, id = 'a'): Event => ({type: 'action.asked', at: T0 + 1000, action, id});
const accepted = (action: ActionId, patchOf?: SandboxPatch, ms = 1300): Event => ({
  type: 'action.accepted',
  at: T0 + ms,
  asOf: T0 + 1000,
  action,
  id: 'a',
  status: 200,
  requestId: 'req_x',
  patch: patchOf,
});
const refused = (action: ActionId, over: Partial<Failure>): Event => ({
  type: 'action.refused',
  at: T0 + 1300,
  action,
  id: 'a',
  failure: failure(over),
});
const unknown = (action: ActionId): Event => ({
  type: 'action.unknown',
  at: T0 + 1300,
  action,
  id: 'a',
  failure: failure({kind: 'timed-out', message: 'no answer in 15 s', status: undefined}),
});
const pausing = told(listed(patch('a')), ask('pause'));
const deleting = told(
  listed(patch('a')),
  {type: 'action.asked', at: T0 - 6000, action: 'delete', id: 'a'},
  {type: 'dialog.typed', at: T0 - 5500, text: 'a'},
  {type: 'dialog.answered', at: T0 - 5400, answer: 'enter'},
  ...ticks(0, 1000),
);
const read = {do: 'read', id: 'a', priority: 'check'};
const readNow = {do: 'read', id: 'a', priority: 'act'};

describe('accepted', () => {
  test('waits for the server to show it', () => {
    const state = told(pausing, accepted('pause', {id: 'a', status: 'paused'}));
    expect([statusOf(state, 'a'), state.acts.get('a')?.phase]).toEqual(['paused', 'accepted']);
  });

  test.each(['event', 'list', 'read'] as const)('is done when %s shows it', (via) => {
    const state = told(pausing, accepted('pause'), observed(1500, {id: 'a', status: 'paused'}, {via, asOf: 1400}));
    expect(state.acts.size).toBe(0);
    expect(logLines(state).at(-1)).toBe('you | pause | a | paused');
    expect(logOf(state).at(-1)).toMatchObject({requestId: 'req_x', status: 200});
    expect(logOf(state).filter(({source}) => source === 'you')).toHaveLength(1);
  });

  test('is a line of its own only where nothing has confirmed it after 2 s', () => {
    const waiting = told(pausing, accepted('pause'), ...ticks(2000, 3000));
    expect(logOf(waiting).filter(({source}) => source === 'you')).toEqual([]);
    const late = told(waiting, ...ticks(4000, 8000));
    expect(logOf(late).filter(({source}) => source === 'you')).toMatchObject([
      {text: 'accepted, not confirmed yet', requestId: 'req_x', status: 200},
    ]);
  });

  test('is not done by what was asked for before it was sent', () => {
    const state = told(
      pausing,
      accepted('pause'),
      observed(1500, {id: 'a', status: 'paused', updatedAt: 7}, {via: 'list', asOf: 900}),
    );
    expect(state.acts.get('a')?.phase).toBe('accepted');
  });

  test('is done at once when the event came before the reply', () => {
    const early = told(pausing, observed(1200, {id: 'a', status: 'paused'}));
    expect(early.acts.get('a')?.phase).toBe('sent');
    expect(told(early, accepted('pause')).acts.size).toBe(0);
  });

  test('after 2 s it is asked for, a few times, and given up after 30 s without calling it failed', () => {
    const waiting = told(pausing, accepted('pause'));
    expect(play(waiting, ...ticks(2000, 3000)).effects).toEqual([]);
    expect(play(waiting, ...ticks(2000, 4000)).effects).toEqual([read]);
    const {state, effects} = play(waiting, ...ticks(2000, 35_000));
    expect(effects).toEqual([read, read, read, read]);
    expect(state.acts.size).toBe(0);
    expect(logLines(state).at(-1)).toBe('you | pause | a | no confirmation yet: no longer waiting for it');
  });

  test('a read that still shows the old status is waited out', () => {
    const state = told(pausing, accepted('pause'), observed(4000, patch('a'), {via: 'read', asOf: 3500}));
    expect(state.acts.get('a')?.phase).toBe('accepted');
  });
});

describe('a delete', () => {
  test('that was taken stays on the screen until an event or a 404 says it is gone', () => {
    const taken = told(deleting, accepted('delete', {id: 'a', status: 'deleted'}));
    expect(statusOf(taken, 'a')).toBe('running');
    const state = told(taken, gone(1500, 'a'));
    expect([statusOf(state, 'a'), state.acts.size]).toEqual(['† deleted by you', 0]);
    expect(logLines(state).at(-1)).toBe('you | delete | a | deleted');
  });

  test('told gone before its reply is done with the reply', () => {
    const early = told(deleting, gone(1200, 'a'));
    expect(early.acts.get('a')?.phase).toBe('sent');
    expect(told(early, accepted('delete')).acts.size).toBe(0);
  });

  test.each<[string, Event]>([
    ['refused', refused('delete', {kind: 'not-found', message: 'not found', status: 404})],
    ['told gone', gone(1300, 'a', {via: 'act', asOf: 1300})],
  ])('answered 404 (%s) is done', (_, event) => {
    const {state, effects} = play(deleting, event);
    expect([statusOf(state, 'a'), state.acts.size, effects]).toEqual(['† vanished', 0, []]);
    expect(state.notice?.text).toBe('a gone already: nothing left to delete');
  });
});

describe('refused', () => {
  test('is told in the words of the server, and the sandbox is read', () => {
    const {state, effects} = play(
      pausing,
      refused('pause', {kind: 'conflict', message: 'not running', status: 409, requestId: 'req_9'}),
    );
    expect(state.notice).toMatchObject({text: 'a: refused: not running', tone: 'danger'});
    expect(logOf(state).at(-1)).toMatchObject({
      text: 'refused: not running',
      source: 'you',
      requestId: 'req_9',
      status: 409,
    });
    expect([effects, state.acts.size]).toEqual([[read], 0]);
  });

  test('by our own read-only door needs no reading', () => {
    expect(play(pausing, refused('pause', {kind: 'read-only', message: 'read-only'})).effects).toEqual([]);
  });
});

describe('404 or 405 on start or stop', () => {
  const starting = told(listed(patch('a', {status: 'stopped'})), ask('start'));
  const missing = refused('start', {kind: 'unsupported', message: 'method not allowed', status: 405});

  test('is decided by reading the sandbox', () => {
    const {state, effects} = play(starting, missing);
    expect([effects, state.acts.get('a')?.phase, state.unsupported.size]).toEqual([[readNow], 'unknown', 0]);
    expect(told(state, observed(1400, patch('a', {status: 'stopped'}))).unsupported.size).toBe(0);
  });

  const failing = failure({kind: 'unsupported', message: 'not implemented', status: 501});
  const notImplemented: Event = {type: 'action.unknown', at: T0 + 1300, action: 'start', id: 'a', failure: failing};
  test.each<[number, Event]>([
    [405, missing],
    [501, notImplemented],
  ])('%i, and it can be read: the route is missing, for the whole session', (status, event) => {
    const seen = observed(1500, patch('a', {status: 'stopped'}), {via: 'read', asOf: 1400});
    const state = told(starting, event, seen);
    expect([[...state.unsupported], state.acts.size]).toEqual([['start'], 0]);
    expect(state.notice?.text).toBe('a: start is not supported by this server');
    expect(logOf(state).at(-1)).toMatchObject({source: 'you', status});
  });

  test('it is gone: the route is not to blame', () => {
    const state = told(starting, missing, gone(1500, 'a', {via: 'read', asOf: 1400}));
    expect([state.unsupported.size, state.acts.size, statusOf(state, 'a')]).toEqual([0, 0, '† vanished']);
  });

  test('it cannot be read: refused as it was', () => {
    const state = told(starting, missing, {type: 'read.failed', at: T0 + 1500, id: 'a', failure: failure()});
    expect([state.unsupported.size, state.notice?.text]).toEqual([0, 'a: refused: method not allowed']);
  });

  test('on pause, which every server has, it is a refusal', () =>
    expect(told(pausing, refused('pause', {kind: 'unsupported'})).acts.size).toBe(0));
});

describe('no answer', () => {
  test('is never sent again: a GET decides', () => {
    const {state, effects} = play(pausing, unknown('pause'));
    expect(effects).toEqual([readNow]);
    expect(play(state, ...ticks(2000, 40_000)).effects.filter((effect) => effect.do === 'send')).toEqual([]);
  });

  test.each<[string, Event, string]>([
    ['it shows the act', observed(1600, patch('a', {status: 'paused'}), {via: 'read', asOf: 1400}), 'paused'],
    ['it shows nothing of it', observed(1600, patch('a'), {via: 'read', asOf: 1400}), 'pause did not happen'],
    ['an event shows the act', observed(1600, patch('a', {status: 'paused'})), 'paused'],
    ['the sandbox is gone', gone(1600, 'a', {via: 'read', asOf: 1400}), 'pause ended: the sandbox is gone'],
  ])('%s', (_, event, text) => {
    const state = told(pausing, unknown('pause'), event);
    expect([logLines(state).at(-1), state.acts.size]).toEqual([`you | pause | a | ${text}`, 0]);
  });

  test('in between the two it is asked again', () => {
    const state = told(
      pausing,
      unknown('pause'),
      observed(1600, patch('a', {status: 'pausing'}), {via: 'read', asOf: 1400}),
    );
    expect(state.acts.get('a')?.phase).toBe('unknown');
    expect(play(state, ...ticks(2000, 4000)).effects).toEqual([read]);
  });

  test.each<[string, Event, string]>([
    ['gone', gone(1600, 'a', {via: 'read', asOf: 1400}), 'deleted'],
    ['there', observed(1600, patch('a'), {via: 'read', asOf: 1400}), 'delete did not happen'],
  ])('to a delete: %s', (_, event, text) => {
    expect(logLines(told(deleting, unknown('delete'), event)).at(-1)).toBe(`you | delete | a | ${text}`);
  });
});
