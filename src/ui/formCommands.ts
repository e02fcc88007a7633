import type {Form} from '../model/form.ts';
import {fieldsOf, isLastField, textOf} from '../model/formEditing.ts';
import {forms} from '../model/formFields.ts';
import {READ_ONLY} from '../model/refusal.ts';
import type {State} from '../model/state.ts';
import {actionMenuCommands} from './actionMenu.ts';
import {type Command, type Mode, viewModes} from './command.ts';
import {editingCommands} from './editingCommands.ts';
import {paletteCommands} from './palette.ts';

const FORM: readonly Mode[] = ['form'];
const LIST: readonly Mode[] = ['list'];
/** Where a sandbox is selected. */
const SANDBOX: readonly Mode[] = ['list', 'focus'];

/** Keys that open a form, the action menu or the palette. */
export const openingCommands: readonly Command[] = [
  {
    id: 'create',
    keys: ['N'],
    label: 'new',
    description: 'make a new sandbox',
    group: 'Act',
    modes: LIST,
    event: (_, at) => ({type: 'form.opened', at, form: 'create'}),
    disabledReason: ({session}) => (session.readonly ? READ_ONLY : undefined),
    inFooter: 18,
  },
  {
    id: 'actions',
    keys: ['a', 'f9'],
    label: 'actions',
    description: 'all acts, as commands too',
    group: 'Act',
    modes: SANDBOX,
    event: ({cursor: {id}}, at) =>
      id === undefined
        ? {type: 'notice.shown', at, text: 'no sandbox is selected'}
        : {type: 'overlay.opened', at, overlay: 'actions'},
    disabledReason: ({cursor: {id}, session}) =>
      session.readonly ? READ_ONLY : id === undefined ? 'no sandbox is selected' : undefined,
    inFooter: 22,
  },
  {
    id: 'palette',
    keys: [':'],
    label: 'commands',
    description: 'find a command by name',
    group: 'See',
    modes: viewModes,
    event: (_, at) => ({type: 'overlay.opened', at, overlay: 'palette'}),
    inFooter: 22,
  },
];

/** The text of the field that has the focus. */
export function focusedText(form: Form | undefined): string {
  const field = form && fieldsOf(form)[form.field];
  return field ? textOf(form, field) : '';
}

function moved(by: -1 | 1): Command['event'] {
  return (_, at) => ({type: 'form.moved', at, by});
}

const hasSeveral = ({form}: State) => (form && fieldsOf(form).length > 1 ? undefined : 'there is one field');

const isOnLast = ({form}: State): boolean => form !== undefined && isLastField(form);

const hasChoices = (state: State) => {
  const field = state.form && fieldsOf(state.form)[state.form.field];
  return (field?.choices?.(state).length ?? 0) > 0 ? undefined : 'nothing is offered for it';
};

/** Keys of an open form. */
const fieldCommands: readonly Command[] = [
  {
    id: 'formClose',
    keys: ['escape'],
    label: 'cancel',
    description: 'close: nothing is sent',
    group: 'Prompt',
    modes: FORM,
    event: (_, at) => ({type: 'form.closed', at}),
    inFooter: 1,
  },
  {
    id: 'formEnter',
    keys: ['enter'],
    label: 'on, then send',
    labelNow: ({form}) => (form && isLastField(form) ? `${forms[form.id].verb} it` : 'next field'),
    description: 'to the next field; from the last one: send',
    group: 'Prompt',
    modes: FORM,
    event: ({form}, at) => form && (isLastField(form) ? {type: 'form.submitted', at} : {type: 'form.moved', at, by: 1}),
    inFooter: 2,
  },
  {
    id: 'formNext',
    keys: ['tab', 'down'],
    label: 'next field',
    description: 'to the next field',
    group: 'Prompt',
    modes: FORM,
    event: moved(1),
    disabledReason: (state) => hasSeveral(state) ?? (isOnLast(state) ? undefined : 'Enter does it'),
    inFooter: 4,
  },
  {
    id: 'formPrevious',
    keys: ['shift+tab', 'up'],
    label: 'field before',
    description: 'to the field before',
    group: 'Prompt',
    modes: FORM,
    event: moved(-1),
    disabledReason: hasSeveral,
  },
  {
    id: 'formChooseNext',
    keys: ['right'],
    label: 'what is offered',
    description: 'the next of what is offered',
    group: 'Prompt',
    modes: FORM,
    event: (_, at) => ({type: 'form.chosen', at, by: 1}),
    disabledReason: hasChoices,
    inFooter: 3,
  },
  {
    id: 'formChoosePrevious',
    keys: ['left'],
    label: 'choose back',
    description: 'the one before it',
    group: 'Prompt',
    modes: FORM,
    event: (_, at) => ({type: 'form.chosen', at, by: -1}),
    disabledReason: hasChoices,
  },
  ...editingCommands(
    'form',
    'form',
    5,
    ({form}, change, at) => form && {type: 'form.edited', at, text: change(focusedText(form))},
  ),
];

/** Keys of forms, of the palette and of the action menu; `all` gives every command of the program, this one included. */
export const formCommands = (all: () => readonly Command[]): readonly Command[] => [
  ...fieldCommands,
  ...paletteCommands(all),
  ...actionMenuCommands(all),
];
