import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/model/event.ts';
import {type LogEntry, withLogEntry} from '../../src/model/log.ts';
import {cursorIndexOf, cursorLineOf, findEntries} from '../../src/model/logView.ts';
import type {State} from '../../src/model/state.ts';
import {T0, WALL0} from '../support/builders.ts';
import {begun, told} from './given.ts';

const LINES = 5;

const said = (text: string, over: Partial<LogEntry> = {}): Omit<LogEntry, 'seq'> => ({
  ...{at: T0, wall: WALL0, kind: 'created', id: `sb_${text}`, text, source: 'stream'},
  ...{requestId: undefined, status: undefined, tone: 'plain'},
  ...over,
});

const happened = (state: State, ...entries: readonly Omit<LogEntry, 'seq'>[]): State => ({
  ...state,
  log: entries.reduce(withLogEntry, state.log),
});

const numbered = (count: number) => Array.from({length: count}, (_, index) => said(`n${index + 1}`));

const moved = (by: number): Event => ({type: 'log.moved', at: T0, by, lines: LINES});
const paged = (by: 1 | -1): Event => ({type: 'log.paged', at: T0, by, lines: LINES});
const jumped = (to: 'first' | 'last'): Event => ({type: 'log.jumped', at: T0, to, lines: LINES});
const narrowed = (only: 'mine' | 'errors'): Event => ({type: 'log.narrowed', at: T0, only});
const opened: Event = {type: 'log.searchOpened', at: T0};
const searched = (text: string): Event => ({type: 'log.searched', at: T0, text});

/** The window as it is painted: texts from its top, the cursor's in brackets. */
function window(state: State): readonly string[] {
  const found = findEntries(state);
  const index = cursorIndexOf(found, state.logView);
  const top = index - cursorLineOf(found.size, index, state.logView.line, LINES);
  return Array.from({length: LINES}, (_, line) => {
    const text = found.at(top + line)?.text ?? '';
    return top + line === index ? `[${text}]` : text;
  });
}

describe('the cursor in the event log', () => {
  test('follows the newest until it is moved', () => {
    const state = happened(begun(), ...numbered(3));
    expect(window(state)).toEqual(['[n3]', 'n2', 'n1', '', '']);
    expect(window(happened(state, said('n4')))).toEqual(['[n4]', 'n3', 'n2', 'n1', '']);
  });

  test('stays on its entry, and the window stands still, while others come', () => {
    const state = told(happened(begun(), ...numbered(9)), moved(2));
    expect(window(state)).toEqual(['n9', 'n8', '[n7]', 'n6', 'n5']);
    expect(window(happened(state, said('n10'), said('n11')))).toEqual(['n9', 'n8', '[n7]', 'n6', 'n5']);
  });

  test('moved back to the newest it follows again', () => {
    const state = told(happened(begun(), ...numbered(9)), moved(2), moved(-2));
    expect(window(happened(state, said('n10')))[0]).toBe('[n10]');
  });

  test('goes on at the edge of the window, a page at a time, and to both ends', () => {
    const state = happened(begun(), ...numbered(12));
    expect(window(told(state, moved(6)))).toEqual(['n10', 'n9', 'n8', 'n7', '[n6]']);
    expect(window(told(state, moved(1), paged(1)))).toEqual(['n7', '[n6]', 'n5', 'n4', 'n3']);
    expect(window(told(state, paged(1), paged(1), paged(1)))).toEqual(['n5', 'n4', 'n3', 'n2', '[n1]']);
    expect(window(told(state, jumped('last')))).toEqual(['n5', 'n4', 'n3', 'n2', '[n1]']);
    expect(window(told(state, jumped('last'), jumped('first')))).toEqual(['[n12]', 'n11', 'n10', 'n9', 'n8']);
  });

  test('when its entry is forgotten it stands on the oldest', () => {
    const state = told(happened(begun(), ...numbered(10)), jumped('last'));
    expect(window(happened(state, ...numbered(5005))).at(-1)).toBe('[n6]');
  });

  test('of an empty log nothing goes wrong', () => {
    expect(window(told(begun(), moved(1), paged(-1), jumped('last')))).toEqual(['[]', '', '', '', '']);
  });
});

describe('what is looked at', () => {
  const state = happened(
    begun(),
    said('alpha', {requestId: 'req_77'}),
    said('beta', {source: 'you', kind: 'pause', status: 200}),
    said('gamma', {tone: 'danger', kind: 'error'}),
    said('delta alpha'),
  );
  const texts = (view: State) => {
    const found = findEntries(view);
    return Array.from({length: found.size}, (_, index) => found.at(index)?.text);
  };

  test('mine only, errors only, and the same key once more is all again', () => {
    expect(texts(told(state, narrowed('mine')))).toEqual(['beta']);
    expect(texts(told(state, narrowed('errors')))).toEqual(['gamma']);
    expect(texts(told(state, narrowed('mine'), narrowed('mine')))).toHaveLength(4);
  });

  test.each([
    ['alpha', ['delta alpha', 'alpha']],
    ['ALPHA delta', ['delta alpha']],
    ['req_77', ['alpha']],
    ['sb_gamma', ['gamma']],
    ['200', ['beta']],
    ['nothing', []],
  ])('searched for %s', (text, expected) => {
    expect(texts(told(state, opened, searched(text)))).toEqual(expected);
  });

  test('a search follows what is typed; Esc goes back to what was before it, Enter keeps it', () => {
    const kept = told(state, opened, searched('alpha '), {type: 'log.searchKept', at: T0});
    expect(kept.logView).toMatchObject({search: 'alpha', before: undefined});
    const undone = told(kept, opened, searched('alphabet'), {type: 'log.searchCleared', at: T0});
    expect(undone.logView).toMatchObject({search: 'alpha', before: undefined});
    expect(told(undone, {type: 'log.searchCleared', at: T0}).logView.search).toBe('');
  });

  test('the cursor stays on its entry when others are left out', () => {
    const view = told(state, moved(2), moved(1), opened, searched('alpha'));
    expect(window(view)).toEqual(['delta alpha', '[alpha]', '', '', '']);
  });
});
