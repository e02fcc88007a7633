import {Map as ImmutableMap} from 'immutable';
import {describe, expect, test} from 'vitest';
import {sandboxActions} from '../../src/model/actions.ts';
import {newAct} from '../../src/model/sending.ts';
import type {State} from '../../src/model/state.ts';
import {everyMode, modeOf} from '../../src/ui/command.ts';
import {commands, keyRows} from '../../src/ui/commands.ts';
import {commandFor, eventFor, eventForPaste, eventInBurst} from '../../src/ui/keymap.ts';
import {T0} from '../support/builders.ts';
import {sketch} from './fleet.ts';
import {active, ID, inMode, prompt, question} from './modes.ts';

const press = (state: State, chord: string) => eventFor(state, chord, T0);

test.each(everyMode)('in mode %s no key does two things', (mode) => {
  const keys = commands.filter(({modes}) => modes.includes(mode)).flatMap((command) => command.keys);
  expect(keys).toEqual([...new Set(keys)]);
});

test.each(everyMode)('mode %s is told from the state', (mode) => {
  expect(modeOf(inMode[mode])).toBe(mode);
});

test('every command is reached by each of its keys', () => {
  for (const command of commands) {
    for (const mode of command.modes) {
      for (const chord of command.keys) expect(commandFor(chord, mode)?.id).toBe(command.id);
    }
  }
});

test('no two commands share an id', () => {
  const ids = commands.map(({id}) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

/** Events that ask for a change outside of this screen. */
const asksForChange = (state: State, chord: string) => press(state, chord)?.type === 'action.asked';

test('no Ctrl-letter changes a sandbox, nor any lower-case letter but e', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const chords = [
    ...letters,
    ...letters.map((letter) => `ctrl+${letter}`),
    ...letters.map((letter) => `alt+${letter}`),
  ];
  for (const state of [inMode.list, inMode.focus]) {
    expect(chords.filter((chord) => asksForChange(state, chord))).toEqual(['e']);
  }
});

test.each(sandboxActions.filter(({id}) => id !== 'timeout'))(
  '$key asks to $id the one under the cursor, by its id',
  ({key, id}) => {
    expect(press(inMode.focus, key)).toEqual({type: 'action.asked', action: id, id: ID, at: T0});
    expect(press(inMode.list, key)).toEqual({type: 'action.asked', action: id, id: ID, at: T0});
  },
);

test('E asks for the duration first', () => {
  expect(press(inMode.list, 'E')).toEqual({type: 'form.opened', form: 'timeout', ids: [ID], at: T0});
});

test('without a sandbox under the cursor an act says so', () => {
  const nobody = sketch({cursor: {id: undefined, index: 0}});
  expect(press(nobody, 'P')).toEqual({type: 'notice.shown', text: 'no sandbox is selected', at: T0});
});

test.each(everyMode.filter((mode) => mode !== 'list' && mode !== 'focus'))(
  'in mode %s no key acts on the cursor',
  (mode) => {
    for (const {key} of sandboxActions) expect(asksForChange(inMode[mode], key)).toBe(false);
  },
);

test('Ctrl-C quits from everywhere, Ctrl-Z suspends, Ctrl-L draws anew', () => {
  for (const mode of everyMode) {
    expect(press(inMode[mode], 'ctrl+c')?.type).toBe('quit.asked');
    expect(press(inMode[mode], 'ctrl+z')?.type).toBe('suspend.asked');
    expect(press(inMode[mode], 'ctrl+l')?.type).toBe('redraw.asked');
  }
});

test('q quits the list, closes a menu, is text in the prompt and nothing in a question', () => {
  expect(press(inMode.list, 'q')?.type).toBe('quit.asked');
  expect(press(inMode.overlay, 'q')?.type).toBe('overlay.closed');
  expect(press(inMode.filter, 'q')).toEqual({type: 'filter.edited', text: 'abcq', at: T0});
  expect(press(inMode.confirm, 'q')).toBeUndefined();
});

test('an unknown key with Ctrl or Alt does nothing', () => {
  for (const chord of ['alt+D', 'ctrl+x', 'ctrl+j']) expect(press(inMode.list, chord)).toBeUndefined();
});

test.each([
  ['tab', 'Tab'],
  ['left', 'Left'],
  ['right', 'Right'],
  ['f2', 'F2'],
  ['f12', 'F12'],
  ['insert', 'Ins'],
  ['delete', 'Del'],
])('%s is no key in the list, and that is said', (chord, name) => {
  expect(press(inMode.list, chord)).toMatchObject({text: `${name} is no key here: ? shows them all`});
});

test('in one read a later key that is none does not hide that another has to be pressed by itself', () => {
  const text = 'several keys came at once: press D by itself';
  expect(eventInBurst(inMode.list, 'D', T0)).toMatchObject({text});
  const told = sketch({notice: {text, tone: 'plain', at: T0}});
  expect(eventInBurst(told, 'l', T0)).toBeUndefined();
  expect(press(told, 'l')).toMatchObject({text: 'l is no key here: ? shows them all'});
});

test.each(['list', 'events', 'overview'] as const)('an unknown letter in mode %s is said to be none', (mode) => {
  const said = {type: 'notice.shown', at: T0, text: '~ is no key here: ? shows them all'};
  expect(press(inMode[mode], '~')).toEqual(said);
  if (mode !== 'list') expect(press(inMode[mode], ' ')).toMatchObject({text: 'Space is no key here: ? shows them all'});
});

describe('Enter and Esc', () => {
  test('Enter opens the detail, Esc closes it', () => {
    expect(press(inMode.list, 'enter')?.type).toBe('detail.toggled');
    expect(press(inMode.focus, 'enter')).toMatchObject({text: 'Enter is no key here: ? shows them all'});
    expect(press(inMode.focus, 'escape')?.type).toBe('detail.toggled');
  });

  test('Esc clears the filter once nothing is open; without a filter it does nothing', () => {
    const filtered = {...active, text: 'status=running'};
    expect(press(sketch({filter: {...sketch().filter, active: filtered}}), 'escape')?.type).toBe('filter.cleared');
    expect(press(inMode.list, 'escape')).toBeUndefined();
  });
});

describe('the prompt of the filter', () => {
  test('takes letters, spaces and wide characters, and erases them', () => {
    expect(press(prompt('a'), ' ')).toMatchObject({text: 'a '});
    expect(press(prompt('a'), '界')).toMatchObject({text: 'a界'});
    expect(press(prompt('a界'), 'backspace')).toMatchObject({text: 'a'});
    expect(press(prompt('age>2d cpu>8'), 'ctrl+w')).toMatchObject({text: 'age>2d '});
    expect(press(prompt('age>2d'), 'ctrl+u')).toMatchObject({text: ''});
  });

  test('keeps on Enter, goes back on Esc, and lets the cursor move', () => {
    expect(press(prompt('a'), 'enter')?.type).toBe('filter.kept');
    expect(press(prompt('a'), 'escape')?.type).toBe('filter.cleared');
    expect(press(prompt('a'), 'down')).toEqual({type: 'cursor.moved', by: 1, at: T0});
  });

  test('takes the first line of a paste as text', () => {
    const paste = 'status=running\nDDD\n';
    expect(eventForPaste(prompt(''), paste, T0)).toEqual({type: 'filter.edited', text: 'status=running', at: T0});
  });

  test('shows what a paste hides', () => {
    expect(eventForPaste(prompt(''), 'a\u001b[2Jb', T0)).toMatchObject({text: 'a␛[2Jb'});
  });
});

test.each(['list', 'overlay', 'actions', 'confirm', 'type', 'line'] as const)(
  'a paste is no command in mode %s',
  (mode) => {
    expect(eventForPaste(inMode[mode], 'D\ry', T0)).toEqual({type: 'paste.ignored', at: T0});
  },
);

describe('questions', () => {
  test('y and n answer, Enter presses the button, Esc is no', () => {
    expect(press(inMode.confirm, 'y')).toMatchObject({answer: 'yes'});
    expect(press(inMode.confirm, 'N')).toMatchObject({answer: 'no'});
    expect(press(inMode.confirm, 'enter')).toMatchObject({answer: 'enter'});
    expect(press(inMode.confirm, 'escape')).toMatchObject({answer: 'no'});
  });

  test('Left, Right and Tab move the focus', () => {
    expect(press(inMode.confirm, 'right')).toMatchObject({on: 'confirm'});
    expect(press(inMode.confirm, 'left')).toMatchObject({on: 'cancel'});
    expect(press(inMode.confirm, 'tab')).toMatchObject({on: 'confirm'});
    expect(press(sketch({dialog: {...question, focus: 'confirm'}}), 'tab')).toMatchObject({on: 'cancel'});
  });

  test('where a word is asked for, y is a letter of it', () => {
    expect(press(inMode.type, 'y')).toEqual({type: 'dialog.typed', text: 'y', at: T0});
    expect(press(inMode.type, 'backspace')?.type).toBe('dialog.erased');
  });
});

describe('menus', () => {
  test('the sort menu moves and chooses the column it shows', () => {
    const menu = sketch({overlay: {kind: 'sort', index: 1}});
    expect(press(menu, 'j')).toMatchObject({type: 'overlay.moved', by: 1});
    expect(press(menu, 'enter')).toMatchObject({type: 'sort.chosen', column: 'status'});
  });

  test('help stops at its last page', () => {
    const help = (index: number) => sketch({overlay: {kind: 'help', index}});
    expect(press(help(0), 'down')?.type).toBe('overlay.moved');
    expect(press(help(9), 'down')).toBeUndefined();
    expect(press(help(0), 'enter')).toBeUndefined();
  });
});

test('u takes back only what waits', () => {
  const undo = commands.find(({id}) => id === 'undo');
  expect(undo?.disabledReason?.(inMode.list)).toBe('nothing waits to be sent');
  const act = {...newAct('delete', ID, T0), phase: 'grace', dueAt: T0 + 5000} as const;
  expect(undo?.disabledReason?.(sketch({acts: ImmutableMap([[ID, act]])}))).toBeUndefined();
});

test('help gets every key of a view, in words', () => {
  const rows = keyRows('sandboxes');
  expect(rows.find(({description}) => description === 'one down')).toEqual({
    group: 'Move',
    keys: 'Down j',
    description: 'one down',
  });
  // What `h` does stands beside `c`.
  expect(rows.length).toBe(commands.filter(({modes}) => modes.includes('list')).length - 1);
  expect(keyRows('events').length).toBe(commands.filter(({modes}) => modes.includes('events')).length);
});
