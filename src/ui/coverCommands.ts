import {columns} from '../model/columns.ts';
import {isTargetGone} from '../model/dialogue.ts';
import type {Event} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {Command, Mode} from './command.ts';
import {editingCommands} from './editingCommands.ts';

const FILTER: readonly Mode[] = ['filter'];
const OVERLAY: readonly Mode[] = ['overlay'];
const CONFIRM: readonly Mode[] = ['confirm'];
const QUESTION: readonly Mode[] = ['confirm', 'type'];

const nothingAsked = (state: State): string | undefined =>
  state.dialog && isTargetGone(state, state.dialog) ? 'it is gone: nothing is asked' : undefined;

/** Keys of what covers the list: the filter's prompt, menus, questions. */
export const coverCommands: readonly Command[] = [
  {
    id: 'filterKeep',
    keys: ['enter'],
    label: 'keep',
    description: 'keep the filter',
    group: 'Prompt',
    modes: FILTER,
    event: (_, at) => ({type: 'filter.kept', at}),
    inFooter: 1,
  },
  {
    id: 'filterCancel',
    keys: ['escape'],
    label: 'as before',
    description: 'close the prompt, filter as before',
    group: 'Prompt',
    modes: FILTER,
    event: (_, at) => ({type: 'filter.cleared', at}),
    inFooter: 2,
  },
  ...editingCommands('filter', 'filter', 3, ({filter}, change, at) => ({
    type: 'filter.edited',
    at,
    text: change(filter.draft ?? ''),
  })),
  {
    id: 'filterUp',
    keys: ['up'],
    label: 'up',
    description: 'one up in the list',
    group: 'Prompt',
    modes: FILTER,
    event: (_, at) => ({type: 'cursor.moved', at, by: -1}),
  },
  {
    id: 'filterDown',
    keys: ['down'],
    label: 'down',
    description: 'one down in the list',
    group: 'Prompt',
    modes: FILTER,
    event: (_, at) => ({type: 'cursor.moved', at, by: 1}),
  },
  {
    id: 'menuUp',
    keys: ['up', 'k', 'pageup'],
    label: 'previous',
    description: 'up, or a page back',
    group: 'Menu',
    modes: OVERLAY,
    event: (_, at) => ({type: 'overlay.moved', at, by: -1}),
    inFooter: 4,
  },
  {
    id: 'menuDown',
    keys: ['down', 'j', 'pagedown'],
    label: 'next',
    description: 'down, or a page on',
    group: 'Menu',
    modes: OVERLAY,
    event: (_, at) => ({type: 'overlay.moved', at, by: 1}),
    inFooter: 3,
  },
  {
    id: 'menuChoose',
    keys: ['enter'],
    label: 'choose',
    description: 'sort by that column',
    group: 'Menu',
    modes: OVERLAY,
    event: choose,
    disabledReason: (state) => (state.overlay?.kind === 'sort' ? undefined : 'there is nothing to choose'),
    inFooter: 2,
  },
  {
    id: 'menuClose',
    keys: ['escape', 'q', '?', 'f1', 'f10'],
    label: 'close',
    description: 'close',
    group: 'Menu',
    modes: OVERLAY,
    event: (_, at) => ({type: 'overlay.closed', at}),
    inFooter: 1,
  },
  {
    id: 'questionLeft',
    keys: ['left'],
    label: 'to Cancel',
    description: 'to Cancel',
    group: 'Question',
    modes: CONFIRM,
    event: (_, at) => ({type: 'dialog.focused', at, on: 'cancel'}),
  },
  {
    id: 'questionRight',
    keys: ['right'],
    label: 'to the act',
    description: 'to the act',
    group: 'Question',
    modes: CONFIRM,
    event: (_, at) => ({type: 'dialog.focused', at, on: 'confirm'}),
  },
  {
    id: 'questionOther',
    keys: ['tab', 'shift+tab'],
    label: 'other button',
    description: 'to the other button',
    group: 'Question',
    modes: CONFIRM,
    event: ({dialog}, at) => ({type: 'dialog.focused', at, on: dialog?.focus === 'cancel' ? 'confirm' : 'cancel'}),
    disabledReason: nothingAsked,
    inFooter: 4,
  },
  {
    id: 'questionAnswer',
    keys: ['enter'],
    label: 'press the button',
    description: 'press the button that has the focus',
    group: 'Question',
    modes: QUESTION,
    event: (_, at) => ({type: 'dialog.answered', at, answer: 'enter'}),
    labelNow: ({dialog}) => (dialog?.consent === 'type' ? 'confirm' : 'press the button'),
    disabledReason: nothingAsked,
    inFooter: 3,
  },
  {
    id: 'questionYes',
    keys: ['y', 'Y'],
    label: 'yes',
    description: 'yes',
    group: 'Question',
    modes: CONFIRM,
    event: (_, at) => ({type: 'dialog.answered', at, answer: 'yes'}),
    disabledReason: nothingAsked,
    inFooter: 2,
  },
  {
    id: 'questionNo',
    keys: ['n', 'N'],
    label: 'no',
    description: 'no',
    group: 'Question',
    modes: CONFIRM,
    event: (_, at) => ({type: 'dialog.answered', at, answer: 'no'}),
  },
  {
    id: 'questionCancel',
    keys: ['escape'],
    label: 'cancel',
    labelNow: (state) => (nothingAsked(state) === undefined ? 'cancel' : 'close'),
    description: 'cancel: nothing is sent',
    group: 'Question',
    modes: [...QUESTION, 'line'],
    event({dialog, plan, templates: {question}}, at) {
      if (question) return {type: 'question.answered', at, answer: 'no'};
      return dialog || plan ? {type: 'dialog.answered', at, answer: 'no'} : undefined;
    },
    inFooter: 1,
  },
  {
    id: 'questionErase',
    keys: ['backspace', 'delete'],
    label: 'erase',
    description: 'erase a character',
    group: 'Question',
    modes: ['type'],
    event: (_, at) => ({type: 'dialog.erased', at}),
  },
];

/** The menu lists the table of columns, so its index is the table's. */
function choose({overlay}: State, at: Stamp): Event | undefined {
  const column = overlay?.kind === 'sort' ? columns[overlay.index] : undefined;
  return column && {type: 'sort.chosen', at, column: column.id};
}
