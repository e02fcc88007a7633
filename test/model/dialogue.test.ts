import {describe, expect, test} from 'vitest';
import type {ActionId} from '../../src/model/actions.ts';
import type {Event} from '../../src/model/event.ts';
import {reduce} from '../../src/model/reduce.ts';
import {T0} from '../support/builders.ts';
import {gone, listed, observed, patch, play, ticks, told} from './given.ts';

const ID = 'sb_9f3a';
const asked = (action: ActionId) =>
  told(listed(patch(ID), patch('sb_other')), {type: 'action.asked', at: T0, action, id: ID});
const stop = asked('stop');
const del = asked('delete');
const typed = (ms: number, text: string): Event => ({type: 'dialog.typed', at: T0 + ms, text});
const erased = (ms: number): Event => ({type: 'dialog.erased', at: T0 + ms});
const focused = (ms: number, on: 'cancel' | 'confirm'): Event => ({type: 'dialog.focused', at: T0 + ms, on});
const answer = (ms: number, what: 'enter' | 'yes' | 'no'): Event => ({
  type: 'dialog.answered',
  at: T0 + ms,
  answer: what,
});
const stopped = [{do: 'send', action: 'stop', id: ID}];

test('it holds the sandbox as it was, and Cancel has the focus', () => {
  expect(stop.dialog).toMatchObject({
    action: 'stop',
    consent: 'confirm',
    frozen: {id: ID},
    focus: 'cancel',
    typed: '',
    changed: undefined,
  });
  expect(del.dialog).toMatchObject({action: 'delete', consent: 'type', word: '9f3a'});
  expect([stop.acts.size, del.acts.size]).toEqual([0, 0]);
});

test.each([
  typed(399, '9f3a'),
  erased(399),
  focused(399, 'confirm'),
  answer(399, 'enter'),
  answer(399, 'yes'),
  answer(399, 'no'),
])('for 400 ms it does not listen: $type $answer', (event) => {
  for (const state of [stop, del]) expect(reduce(state, event)[0]).toBe(state);
});

describe('stop', () => {
  test.each<[string, readonly Event[], readonly unknown[], boolean]>([
    ['Enter on Cancel closes', [answer(500, 'enter')], [], false],
    ['Enter on Stop stops', [focused(500, 'confirm'), answer(600, 'enter')], stopped, false],
    ['back to Cancel', [focused(500, 'confirm'), focused(550, 'cancel'), answer(600, 'enter')], [], false],
    ['y stops', [answer(500, 'yes')], stopped, false],
    ['n closes', [answer(500, 'no')], [], false],
    ['letters are nothing', [typed(500, 'x')], [], true],
  ])('%s', (_, events, effects, isOpen) => {
    const done = play(stop, ...events);
    expect([done.effects, done.state.dialog !== undefined]).toEqual([effects, isOpen]);
  });
});

describe('delete', () => {
  test.each<[string, readonly Event[], boolean, boolean]>([
    ['the word and Enter', [typed(500, '9f'), typed(510, '3a'), answer(600, 'enter')], true, false],
    ['Enter alone closes', [answer(500, 'enter')], false, false],
    ['y is no answer', [answer(500, 'yes')], false, true],
    ['the wrong word', [typed(500, '9f3b'), answer(600, 'enter')], false, true],
    ['too much of it', [typed(500, '9f3aa'), answer(600, 'enter')], false, true],
    ['a slip, mended', [typed(500, '9f3aa'), erased(550), answer(600, 'enter')], true, false],
    ['Esc with the word typed', [typed(500, '9f3a'), answer(600, 'no')], false, false],
    ['the focus does not replace the word', [focused(500, 'confirm'), answer(600, 'enter')], false, false],
  ])('%s', (_, events, isAgreed, isOpen) => {
    const {state, effects} = play(del, ...events);
    expect([state.acts.get(ID)?.phase, state.dialog !== undefined, effects]).toEqual([
      isAgreed ? 'grace' : undefined,
      isOpen,
      [],
    ]);
  });

  test('what is typed is bounded', () => {
    expect(told(del, typed(500, 'x'.repeat(10_000))).dialog?.typed).toHaveLength(64);
  });
});

describe('the row changes under it', () => {
  test.each<[string, Event, string]>([
    ['status', observed(700, {id: ID, status: 'paused'}), 'status is now paused, it was running'],
    ['region', observed(700, {id: ID, region: 'eu-west'}), 'region is now eu-west, it was us-east'],
    ['template', observed(700, {id: ID, templateName: 'other'}), 'template is now other, it was agent-py311'],
    ['death', gone(700, ID), 'it is gone: deleted'],
  ])('%s: it says so, and what was typed does not count', (_, event, changed) => {
    const state = told(del, typed(500, '9f3a'), event);
    expect(state.dialog).toMatchObject({changed, typed: '', focus: 'cancel', openedAt: T0 + 700});
    expect(told(state, answer(1000, 'enter'), answer(1099, 'yes')).acts.size).toBe(0);
    expect(play(state, answer(1000, 'enter')).state.dialog).toBeDefined();
  });

  test('answered anew, it counts for what the sandbox is now', () => {
    const state = told(stop, observed(700, {id: ID, status: 'paused'}), answer(1100, 'yes'));
    expect([state.acts.get(ID)?.phase, state.dialog]).toEqual(['sent', undefined]);
  });

  test('answered anew for what is gone, it is refused', () => {
    const {state, effects} = play(stop, gone(700, ID), answer(1100, 'yes'));
    expect([effects, state.dialog, state.notice?.text]).toEqual([
      [],
      undefined,
      'stop: it is gone (deleted): nothing left to stop',
    ]);
  });

  test('for what is gone nothing can be typed any more, and Enter closes', () => {
    const state = told(del, gone(700, ID), typed(1100, '9f3a'));
    expect(state.dialog?.typed).toBe('');
    expect(told(state, answer(1200, 'enter')).dialog).toBeUndefined();
  });

  test('one that is no longer even a tombstone', () => {
    const state = told(stop, gone(700, ID), ...ticks(1000, 601_000));
    expect(state.dialog?.changed).toBe('it is no longer in the list');
  });

  test.each<[string, Event]>([
    ['another row', observed(700, {id: 'sb_other', status: 'paused'})],
    ['its expiry', observed(700, {id: ID, expiresAt: T0})],
    ['nothing', observed(700, {id: ID, status: 'running'})],
  ])('a change of %s is no reason to ask again', (_, event) => {
    expect(told(stop, event).dialog).toBe(stop.dialog);
  });
});

test.each<Event>([
  {type: 'cursor.moved', at: T0 + 500, by: 1},
  {type: 'cursor.jumped', at: T0 + 500, to: 'last'},
  {type: 'detail.toggled', at: T0 + 500},
  {type: 'overlay.opened', at: T0 + 500, overlay: 'help'},
  {type: 'filter.opened', at: T0 + 500},
])('$type is nothing to an open dialog', (event) => {
  expect(told(stop, event)).toBe(stop);
});

test('without a dialog its keys are nothing', () => {
  const state = listed(patch(ID));
  for (const event of [typed(1, 'x'), erased(1), focused(1, 'confirm'), answer(1, 'yes')])
    expect(told(state, event)).toBe(state);
});
