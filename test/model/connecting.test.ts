import {describe, expect, test} from 'vitest';
import {connectRefusal} from '../../src/model/connecting.ts';
import type {Event} from '../../src/model/event.ts';
import type {Session, State} from '../../src/model/state.ts';
import {T0} from '../support/builders.ts';
import {failure, gone, listed, logLines, patch, play, playHeld, told} from './given.ts';

const ID = 'sb_abcd';
const connect = (id = ID): Event => ({type: 'connect.asked', at: T0 + 1000, id});

const within = (state: State, session: Partial<Session>): State => ({
  ...state,
  session: {...state.session, ...session},
});
const start = within(
  listed(patch(ID), patch('sb_paused', {status: 'paused'}), patch('../x'), patch('-oProxyCommand')),
  {canConnect: true},
);

test('the terminal is lent for the sandbox, and both ends of it are in the log', () => {
  const {state, effects} = play(start, connect());
  expect(effects).toEqual([{do: 'connect', id: ID}]);
  const back = told(state, {type: 'connect.ended', at: T0 + 9000, id: ID, mistake: undefined});
  expect(back.notice).toMatchObject({text: `connect ${ID}: the terminal is back`, tone: 'plain'});
  expect(logLines(back)).toEqual([
    `you | connect | ${ID} | terminal lent to the configured command`,
    `you | connect | ${ID} | the terminal is back`,
  ]);
});

test('what went wrong is said', () => {
  const {state} = play(start, connect(), {
    type: 'connect.ended',
    at: T0 + 1200,
    id: ID,
    mistake: 'hopx ended with code 3',
  });
  expect(state.notice).toMatchObject({text: `connect ${ID}: hopx ended with code 3`, tone: 'warn'});
});

test('what has not left is put back first: nobody could see it, or take it back', () => {
  const asked = playHeld(start, {type: 'action.asked', at: T0 + 500, action: 'pause', id: ID}).state;
  const {state, effects} = playHeld(asked, connect());
  expect(state.acts.size).toBe(0);
  expect(effects).toEqual([{do: 'connect', id: ID}]);
  expect(logLines(state)[0]).toBe(`you | pause | ${ID} | not sent: the terminal was lent before it left`);
});

test('offline it goes on: the command has a way of its own', () => {
  const offline = told(start, {type: 'stream.lost', at: T0, failure: failure(), attempt: 9, retryAt: T0 + 30_000});
  expect(connectRefusal(offline, ID)).toBeUndefined();
});

describe('nothing is lent', () => {
  const dead = told(start, gone(500, ID));
  test.each<[string, State, string, string]>([
    ['read-only', within(start, {readonly: true}), ID, 'read-only: start without --readonly to connect'],
    ['not running', start, 'sb_paused', 'it is paused, not running'],
    ['gone', dead, ID, 'it is gone (deleted): nothing left to connect to'],
    ['unknown', start, 'sb_other', 'no sandbox selected: move the cursor onto one'],
    ['no plain id', start, '../x', 'its id holds characters that no command may get: connect to it elsewhere'],
    ['an option', start, '-oProxyCommand', 'its id holds characters that no command may get: connect to it elsewhere'],
    [
      'no command',
      within(start, {canConnect: false}),
      ID,
      'set connect: [hopx,terminal,connect] in ~/.config/hopx-top/config.yaml',
    ],
  ])('%s', (_, state, id, reason) => {
    const {state: after, effects} = play(state, connect(id));
    expect(effects).toEqual([]);
    expect(after.notice).toMatchObject({text: `connect: ${reason}`, tone: 'warn'});
  });
});

test('a file that was saved, or was not, is said and logged', () => {
  const saved = told(start, {type: 'file.saved', at: T0, what: 'plan', path: '/home/me/plan.txt'});
  expect(saved.notice?.text).toBe('plan saved: /home/me/plan.txt');
  const mistake = '/tmp/x is there already: name a file that is not';
  const refused = told(saved, {type: 'file.refused', at: T0, what: 'plan', path: '/tmp/x', mistake});
  expect(refused.notice).toMatchObject({text: `plan not saved: ${mistake}`, tone: 'warn'});
  expect(logLines(refused)).toEqual([
    'client | file | plan saved: /home/me/plan.txt',
    `client | file | plan not saved: ${mistake}`,
  ]);
});
