import {OrderedMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {withTemplateRows} from '../../src/model/templateRows.ts';
import {T0, WALL0} from '../support/builders.ts';
import {template} from '../support/templates.ts';
import {gone, observed, patch, play, ticks, told} from './given.ts';
import {at, enter, fleetOf, live, markAll, outcomes, plan, sentIds, typed, yes} from './many.ts';

const HOUR_MS = 3_600_000;
const later = WALL0 + 10 * HOUR_MS;
const sendsOf = (effects: readonly {readonly do: string}[]) =>
  effects.filter((effect) => !['read', 'list', 'journal'].includes(effect.do));

describe('the question whether a life may be shorter', () => {
  const asked = () =>
    told(
      fleetOf(1, () => ({expiresAt: WALL0 + HOUR_MS})),
      {type: 'action.asked', ...at(200), action: 'timeout', id: 's00', timeoutSeconds: 60},
    );

  test('is another one when somebody gives it a longer life meanwhile: said, and asked anew', () => {
    const changed = told(asked(), observed(700, patch('s00', {expiresAt: later})));
    expect(changed.dialog).toMatchObject({
      changed: expect.stringMatching(/^its end is now .*, it was /),
      openedAt: T0 + 700,
    });
    expect(sendsOf(play(changed, yes(800)).effects)).toEqual([]);
    expect(sendsOf(play(changed, yes(1200)).effects)).toHaveLength(1);
  });

  test('is the same one when a server reckons the same end a second off', () => {
    const same = told(asked(), observed(700, patch('s00', {expiresAt: WALL0 + HOUR_MS + 1000})));
    expect(same.dialog?.changed).toBeUndefined();
  });

  test('of a sandbox that goes meanwhile says so, and sends nothing', () => {
    const changed = told(asked(), gone(700, 's00'));
    expect(changed.dialog?.changed).toMatch(/^it is gone/);
    expect(sendsOf(play(changed, yes(1200)).effects)).toEqual([]);
  });
});

describe('the form of a timeout', () => {
  const open = () =>
    told(
      fleetOf(1, () => ({expiresAt: WALL0 + HOUR_MS})),
      {type: 'form.opened', ...at(100), form: 'timeout', ids: ['s00'], values: {timeout: '2h'}},
    );
  const submitted: Event = {type: 'form.submitted', ...at(900)};

  test('of a sandbox that goes meanwhile stays, and says so', () => {
    const {state, effects} = play(open(), gone(700, 's00'), submitted);
    expect(sendsOf(effects)).toEqual([]);
    expect(state.form?.mistake?.text).toMatch(/it is gone/);
  });

  test('of one that got a longer life meanwhile asks about the shorter one', () => {
    const {state, effects} = play(open(), observed(700, patch('s00', {expiresAt: later})), submitted);
    expect([sendsOf(effects), state.dialog?.action]).toEqual([[], 'timeout']);
  });
});

describe('a plan', () => {
  test('under which one goes and one changes acts on neither, and the ledger says so of each', () => {
    const open = told(
      fleetOf(3),
      markAll,
      plan('pause'),
      gone(600, 's00'),
      observed(650, patch('s01', {status: 'stopped'})),
    );
    const {state, effects} = live(open, [yes()], {reply: () => []});
    expect(effects).toEqual([{do: 'act', action: 'pause', id: 's02', isBulk: true}]);
    expect(outcomes(state)).toEqual(['s00 skipped', 's01 skipped', 's02 running']);
  });

  test('of deletes counts one that is gone as done, and asks the server about the others', () => {
    const open = told(fleetOf(3), markAll, plan('delete'), typed('delete 3'), gone(750, 's00'));
    const {state, effects} = live(open, [enter(), ...ticks(1000, 6000)], {reply: () => []});
    expect(sentIds(effects)).toEqual([]);
    expect(outcomes(state)).toEqual(['s00 done', 's01 running', 's02 running']);
  });
});

describe('the question about a template', () => {
  const rows = (...templates: readonly ReturnType<typeof template>[]) =>
    OrderedMap(templates.map((each) => [each.id, each] as const));
  const asked = () =>
    told(withTemplateRows(fleetOf(0), T0, rows(template({name: 'py'}))), {
      type: 'template.deleteAsked',
      ...at(100),
      id: '73',
    });
  const word: readonly Event[] = [
    {type: 'question.typed', ...at(1200), text: 'py'},
    {type: 'question.answered', ...at(1300), answer: 'enter'},
  ];

  test('that goes meanwhile says so, forgets what was typed, and sends nothing', () => {
    const half = told(asked(), {type: 'question.typed', ...at(600), text: 'py'});
    const without = withTemplateRows(half, T0 + 700, rows());
    expect(without.templates.question).toMatchObject({changed: 'it is no longer in the list', typed: ''});
    expect(play(without, ...word).state.templates.deletions.size).toBe(0);
  });

  test('that has a new build is asked anew', () => {
    const half = told(asked(), {type: 'question.typed', ...at(600), text: 'py'});
    const changed = withTemplateRows(half, T0 + 700, rows(template({name: 'py', buildId: 'b_9'})));
    expect(changed.templates.question).toMatchObject({changed: 'its build is now b_9, it was b_5512', typed: ''});
    const early: Event = {type: 'question.answered', ...at(1000), answer: 'enter'};
    expect(play(changed, early).state.templates.deletions.size).toBe(0);
    expect(play(changed, ...word).state.templates.deletions.get('73')?.phase).toBe('grace');
  });
});
