import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {
  begun,
  ended,
  frame,
  gone,
  listed,
  observed,
  opened,
  paged,
  patch,
  play,
  shownIds,
  tick,
  ticks,
  told,
} from './given.ts';

const resized = (listRows: number): Event => ({type: 'screen.resized', at: T0, columns: 80, rows: 24, listRows});
const moved = (by: number, ms = 100): Event => ({type: 'cursor.moved', at: T0 + ms, by});
const paging = (by: -1 | 1): Event => ({type: 'cursor.paged', at: T0 + 100, by});
const jumped = (to: 'first' | 'last'): Event => ({type: 'cursor.jumped', at: T0 + 100, to});
const ids = Array.from({length: 10}, (_, index) => `sb_${index}`);
/** Ten rows, four of them visible. */
const ten = told(listed(...ids.map((id) => patch(id))), resized(4));
const where = ({cursor, top}: State) => [cursor.id, cursor.index, top];

describe('moving', () => {
  test.each<[string, readonly Event[], readonly unknown[]]>([
    ['down one', [moved(1)], ['sb_1', 1, 0]],
    ['past the window', [moved(5)], ['sb_5', 5, 2]],
    ['and back up inside it', [moved(5), moved(-2)], ['sb_3', 3, 2]],
    ['past the end', [moved(99)], ['sb_9', 9, 6]],
    ['past the start', [moved(3), moved(-99)], ['sb_0', 0, 0]],
    ['a page', [paging(1)], ['sb_4', 4, 4]],
    ['two pages', [paging(1), paging(1)], ['sb_8', 8, 6]],
    ['pages back', [jumped('last'), paging(-1)], ['sb_5', 5, 2]],
    ['to the end', [jumped('last')], ['sb_9', 9, 6]],
    ['to the start', [jumped('last'), jumped('first')], ['sb_0', 0, 0]],
  ])('%s', (_, events, place) => {
    expect(where(told(ten, ...events))).toEqual(place);
  });

  test('tells when it was scrolled last', () => {
    expect(told(ten, moved(1, 700)).scrolledAt).toBe(T0 + 700);
  });

  test('in an empty list is harmless', () => {
    expect(where(told(listed(), moved(3), paging(-1), jumped('last')))).toEqual([undefined, 0, 0]);
  });

  test('works on a screen that shows no line of the list', () => {
    expect(where(told(ten, resized(0), moved(2)))).toEqual(['sb_2', 2, 2]);
  });
});

describe('resizing keeps the cursor on the screen', () => {
  test.each([
    [2, ['sb_3', 3, 2]],
    [20, ['sb_3', 3, 0]],
    [0, ['sb_3', 3, 3]],
  ])('to %i lines', (lines, place) => {
    expect(where(told(ten, moved(3), resized(lines)))).toEqual(place);
  });
});

describe('rows come and go', () => {
  const later = 5000;
  const born = (id: string) => [observed(later, patch(id)), frame(later)];

  test('the cursor stays on its sandbox; at the top the list stands still', () => {
    expect(where(told(ten, moved(1), ...born('a')))).toEqual(['sb_1', 2, 0]);
  });

  test('unless the cursor would leave the window', () => {
    expect(where(told(ten, moved(3), ...born('a')))).toEqual(['sb_3', 4, 1]);
  });

  test('further down the line of the cursor stands still', () => {
    const down = told(ten, moved(7), moved(-2));
    expect(where(down)).toEqual(['sb_5', 5, 4]);
    expect(where(told(down, ...born('a')))).toEqual(['sb_5', 6, 5]);
  });

  test('if its row leaves the list the cursor goes to what took its place', () => {
    const dead = told(ten, moved(3), gone(200, 'sb_3'), ...ticks(1000, 601_000), frame(601_000));
    expect(where(dead)).toEqual(['sb_4', 3, 0]);
    const last = told(ten, jumped('last'), gone(200, 'sb_9'), ...ticks(1000, 601_000), frame(601_000));
    expect(where(last)).toEqual(['sb_8', 8, 5]);
  });

  /** Three that expire one after the other, soonest first, and nobody has pressed a key. */
  const soonest = () => {
    const three = ['a', 'b', 'c'].map((id, index) => patch(id, {expiresAt: WALL0 + (index + 1) * 3_600_000}));
    const byExpiry = begun({sort: {column: 'expires', descending: false}});
    return told(byExpiry, opened(0), paged(1, 1, three), ended(2, 1), frame(3));
  };

  test('a row that dies under the cursor keeps its place until the cursor has left it, then sinks to the dead', () => {
    const pressed = told(soonest(), moved(1), moved(-1));
    const dead = told(pressed, gone(3000, 'a'), frame(3000), ...ticks(4000, 9000), frame(9000));
    expect([shownIds(dead), where(dead)]).toEqual([
      ['a', 'b', 'c'],
      ['a', 0, 0],
    ]);
    const left = told(dead, moved(1, 10_000), frame(10_000), ...ticks(11_000, 14_000), frame(14_000));
    expect([shownIds(left), left.cursor.id]).toEqual([['b', 'c', 'a'], 'b']);
  });

  test('before any key the cursor does not follow the dead: the next to expire comes up', () => {
    const dead = told(soonest(), gone(3000, 'a'), frame(3000));
    expect([shownIds(dead), where(dead)]).toEqual([
      ['b', 'c', 'a'],
      ['b', 0, 0],
    ]);
  });

  test('while the first list is read it waits at the top, then it stays where it is', () => {
    const reading = told(begun(), opened(0), paged(1, 1, [patch('m')]), frame(1), paged(2, 1, [patch('b')]), frame(2));
    expect(where(reading)).toEqual(['b', 0, 0]);
    const read = told(reading, ended(3, 1), observed(4, patch('a')), frame(4));
    expect(where(read)).toEqual(['b', 1, 0]);
    expect(told(reading, moved(1), observed(4, patch('a')), frame(4)).cursor.id).toBe('m');
  });
});

describe('what covers the list', () => {
  const help = told(ten, {type: 'overlay.opened', at: T0, overlay: 'help'});

  test('takes its keys', () => {
    expect(where(told(help, moved(3), jumped('last')))).toEqual(['sb_0', 0, 0]);
    const down = told(help, {type: 'overlay.moved', at: T0, by: 5}, {type: 'overlay.moved', at: T0, by: -2});
    expect(down.overlay).toEqual({kind: 'help', index: 3});
    expect(told(down, {type: 'overlay.closed', at: T0}).overlay).toBeUndefined();
  });

  test('the choice of a sort column begins at the one in force, and ends with the table', () => {
    const choice = told(
      ten,
      {type: 'sort.chosen', at: T0, column: 'status'},
      {type: 'overlay.opened', at: T0, overlay: 'sort'},
    );
    expect(choice.overlay).toEqual({kind: 'sort', index: 1});
    expect(told(choice, {type: 'overlay.moved', at: T0, by: 99}).overlay?.index).toBe(9);
    expect(told(choice, {type: 'sort.chosen', at: T0, column: 'age'}).overlay).toBeUndefined();
  });
});

test.each<[Event, unknown]>([
  [
    {type: 'paste.ignored', at: T0},
    {text: 'paste ignored: keys only', tone: 'warn', at: T0},
  ],
  [
    {type: 'notice.shown', at: T0, text: 'copied'},
    {text: 'copied', tone: 'plain', at: T0},
  ],
])('$type is said on the screen, and goes by itself', (event, notice) => {
  const state = told(ten, event);
  expect(state.notice).toEqual(notice);
  expect(told(state, tick(1000)).notice).toEqual(notice);
  expect(told(state, ...ticks(1000, 9000)).notice).toBeUndefined();
});

test('Enter opens the detail, and closes it', () => {
  const open = told(ten, {type: 'detail.toggled', at: T0});
  expect([open.detailOpen, told(open, {type: 'detail.toggled', at: T0}).detailOpen]).toEqual([true, false]);
});

test.each([
  ['suspend.asked', 'suspend'],
  ['redraw.asked', 'redraw'],
  ['quit.asked', 'quit'],
] as const)('%s is for the terminal', (type, effect) => {
  expect(play(ten, {type, at: T0}).effects).toEqual([{do: effect}]);
});
