import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {begun, gone, listed, lost, opened, paged, patch, session, told} from './given.ts';

import {at, enter, fleetOf, kind, live, markAll, plan, sentIds, typed, yes} from './many.ts';

describe('marks', () => {
  test('are made by id, one below the other, and taken away again', () => {
    const toggle = (id: string): Event => ({type: 'mark.toggled', ...at(100), id});
    const state = told(fleetOf(3), toggle('s00'), toggle('s01'), toggle('s00'));
    expect([[...state.marks], state.cursor.id]).toEqual([['s01'], 's02']);
  });

  test('reach from the last one to the cursor, whichever is above', () => {
    const state = told(
      fleetOf(6),
      {type: 'mark.toggled', ...at(100), id: 's04'},
      {type: 'cursor.jumped', ...at(110), to: 'first'},
      {type: 'cursor.moved', ...at(120), by: 2},
      {type: 'marks.extended', ...at(130)},
    );
    expect([...state.marks].toSorted()).toEqual(['s02', 's03', 's04']);
  });

  test('of all that the filter shows leave out what it hides, and the dead', () => {
    const filtered = told(
      fleetOf(4, (index) => ({region: index < 3 ? 'us-east' : 'eu-west'})),
      gone(50, 's01'),
      {type: 'filter.termToggled', ...at(60), term: 'region=us-east'},
      {type: 'frame.began', ...at(70)},
      markAll,
    );
    expect([...filtered.marks]).toEqual(['s00', 's02']);
    expect(filtered.notice?.text).toBe('2 marked: an act on them shows its plan first');
  });

  test('stay on their sandboxes through any order and filter', () => {
    const state = told(
      fleetOf(3),
      {type: 'mark.toggled', ...at(100), id: 's01'},
      {type: 'sort.inverted', ...at(110)},
      {type: 'filter.edited', ...at(120), text: 's02'},
    );
    expect([...state.marks]).toEqual(['s01']);
  });
});

describe('a plan', () => {
  test('names the exact ids, what is left out and why, and sends nothing', () => {
    const fleet = fleetOf(5, (index) => ({status: index === 1 ? 'paused' : 'running'}));
    const {state, effects} = live(
      told(fleet, markAll, {type: 'pin.toggled', ...at(110), id: 's00'}, gone(120, 's02')),
      [plan('pause')],
      kind,
    );
    expect(state.plan).toMatchObject({ids: ['s03', 's04'], word: undefined, hidden: 0});
    expect(state.plan?.skipped).toEqual([
      {id: 's00', why: 'pinned, which protects it'},
      {id: 's01', why: 'paused'},
      {id: 's02', why: 'gone already'},
    ]);
    expect(effects).toEqual([]);
  });

  test('says how many the filter hides', () => {
    const state = told(fleetOf(3), markAll, {type: 'filter.termToggled', ...at(150), term: 'id=s02'}, plan('delete'));
    expect(state.plan).toMatchObject({ids: ['s00', 's01', 's02'], hidden: 2, word: 'delete 3'});
  });

  test('for nobody is no plan', () => {
    const state = told(
      fleetOf(2),
      {type: 'pin.toggled', ...at(10), id: 's00'},
      {type: 'mark.toggled', ...at(20), id: 's00'},
      plan('delete'),
    );
    expect([state.plan, state.notice?.text]).toEqual([
      undefined,
      'delete: none of the 1 marked: 1 pinned, which protects it',
    ]);
  });

  test.each<[string, State, string]>([
    [
      'read-only',
      told(begun({session: {...session, readonly: true}}), opened(0), paged(0, 1, [patch('a')])),
      'read-only',
    ],
    ['offline', told(listed(patch('a')), lost(1, {kind: 'unreachable'}), lost(2, {kind: 'unreachable'})), 'offline'],
  ])('is refused %s', (_, fleet, why) => {
    const {state, effects} = live(told(fleet, markAll), [plan('delete')], kind);
    expect([state.plan, state.notice?.text.includes(why), effects]).toEqual([undefined, true, []]);
  });

  test('does not hear keys that were typed ahead of it', () => {
    const state = told(fleetOf(2), markAll, plan('delete', 200), typed('delete 2', 300), enter(350));
    expect([state.plan?.typed, state.bulk]).toEqual(['', undefined]);
  });

  test('is not agreed to by a wrong count, by Enter alone, or by y', () => {
    const open = told(fleetOf(2), markAll, plan('delete'));
    const {state} = live(open, [yes(700), typed('delete 3'), enter()], kind);
    expect([state.bulk, state.notice?.text]).toEqual([
      undefined,
      'that is not "delete 2": nothing is sent; Esc closes',
    ]);
    expect(live(open, [enter()], kind).state.plan).toBeUndefined();
  });

  test('of which one has gone since is carried out on the others: each is looked at by itself', () => {
    const open = told(fleetOf(3), markAll, plan('pause'), gone(750, 's01'));
    const {state, effects} = live(open, [yes()], kind);
    expect([sentIds(effects), state.bulk?.counts]).toMatchObject([['s00', 's02'], {done: 2, skipped: 1}]);
  });

  test('of which all have gone since is none', () => {
    const open = told(fleetOf(2), markAll, plan('delete'), typed('delete 2'), gone(750, 's00'), gone(760, 's01'));
    const {state, effects} = live(open, [enter()], kind);
    expect([state.plan, state.bulk, effects]).toEqual([undefined, undefined, []]);
    expect(state.notice?.text).toBe('delete: none of them can be acted on any more');
  });

  test('written into a file sends nothing', () => {
    const {state, effects} = live(
      told(fleetOf(2), markAll, plan('delete')),
      [{type: 'plan.written', ...at(700)}],
      kind,
    );
    expect([state.plan, state.bulk, effects.map((effect) => effect.do)]).toEqual([undefined, undefined, ['save']]);
    const [save] = effects;
    const lines =
      save?.do === 'save'
        ? save.text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [];
    expect(lines[0]).toMatchObject({plan: 'delete', count: 2, sent: 0});
    expect(lines.slice(1).map(({id, action}) => [id, action])).toEqual([
      ['s00', 'delete'],
      ['s01', 'delete'],
    ]);
  });
});
