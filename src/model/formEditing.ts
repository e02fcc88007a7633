import {refusalMistake} from './creating.ts';
import type {EventOf} from './event.ts';
import type {Form} from './form.ts';
import type {FormEvent, FormId} from './formEvents.ts';
import {type FormField, forms} from './formFields.ts';
import {noticed} from './logging.ts';
import {disabledReason, heldBackReason} from './refusal.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** A JWT or a private key on one line fits in. */
const MOST_TEXT = 8192;

export const fieldsOf = ({id}: Form): readonly FormField[] => forms[id].fields;

export const textOf = ({values}: Form, {id}: FormField): string => values[id] ?? '';

export const isLastField = (form: Form): boolean => form.field === fieldsOf(form).length - 1;

/** What is wrong with a field; undefined: nothing, or there is no such field. */
export function fieldMistake(form: Form, index: number): Form['mistake'] {
  const field = fieldsOf(form)[index];
  const text = field?.mistake(textOf(form, field));
  return text === undefined ? undefined : {field: index, text};
}

/** Why a form cannot be filled in now. */
const refusals: Readonly<Record<FormId, (state: State, ids: readonly string[]) => string | undefined>> = {
  timeout: (state, ids) => (ids.length > 1 ? heldBackReason(state) : disabledReason(state, 'timeout', ids[0])),
  create: (state) => heldBackReason(state) ?? creationUnderWay(state),
  build: heldBackReason,
};

export const creationUnderWay = ({creation}: State): string | undefined =>
  creation === undefined || creation.phase === 'refused'
    ? undefined
    : `one of ${creation.templateName} is being created: wait for its outcome`;

/** What stands in a form before anything is typed. */
const usualValues: Readonly<Record<FormId, Form['values']>> = {
  timeout: {},
  create: {internet: 'yes'},
  build: {},
};

export function formOpened(state: State, {at, form: id, ids = [], values = {}}: EventOf<'form.opened'>): Step {
  if (isCovered(state)) return [state];
  const reason = refusals[id](state, ids);
  if (reason !== undefined) return [noticed(state, at, `${id}: ${reason}`, 'warn')];
  const opened: Form = {
    id,
    ids,
    values: {...usualValues[id], ...values},
    field: 0,
    mistake: undefined,
    openedAt: at,
  };
  const {creation} = state;
  if (id !== 'create' || creation === undefined) return [{...state, form: opened}];
  const mistake = creation.refusal === undefined ? undefined : refusalMistake(creation.refusal);
  const again = {...opened, values: {...creation.values, ...values}, mistake};
  return [{...state, creation: undefined, form: again}];
}

/** A key for the open form; without one nothing happens. */
function filled<E extends FormEvent>(change: (form: Form, event: E, state: State) => Form) {
  return (state: State, event: E): Step => {
    const {form} = state;
    if (!form || form.isReading) return [state];
    const next = change(form, event, state);
    return next === form ? [state] : [{...state, form: next}];
  };
}

export const formEdited = filled<EventOf<'form.edited'>>((form, {text}) => withText(form, text));

function withText(form: Form, text: string): Form {
  const field = fieldsOf(form)[form.field];
  if (!field || text === textOf(form, field)) return form;
  if (text.length > MOST_TEXT) return {...form, mistake: {field: form.field, text: `At most ${MOST_TEXT} characters.`}};
  const mistake = form.mistake?.field === form.field ? undefined : form.mistake;
  return {...form, values: {...form.values, [field.id]: text}, mistake};
}

/** What is wrong with the field that is left is said at once, and keeps nobody in it. */
export const formMoved = filled<EventOf<'form.moved'>>((form, {by}) => {
  const count = fieldsOf(form).length;
  if (count < 2) return form;
  const kept = form.mistake?.field === form.field ? undefined : form.mistake;
  const mistake = fieldMistake(form, form.field) ?? kept;
  return {...form, field: (form.field + by + count) % count, mistake};
});

/** From a text that is not among them to the first or the last. */
export const formChosen = filled<EventOf<'form.chosen'>>((form, {by}, state) => {
  const field = fieldsOf(form)[form.field];
  const choices = field?.choices?.(state) ?? [];
  if (!field || choices.length === 0) return form;
  const index = choices.indexOf(textOf(form, field).trim());
  const next = index < 0 ? (by > 0 ? 0 : choices.length - 1) : (index + by + choices.length) % choices.length;
  return withText(form, choices[next] ?? '');
});

/** What is being read for it is not waited for any more. */
export function formClosed(state: State): Step {
  const {form, builds} = state;
  if (!form) return [state];
  return [{...state, form: undefined, builds: form.isReading ? {...builds, reading: undefined} : builds}];
}

/** The first line is chosen anew: what matches has changed. */
export const paletteEdited = (state: State, {text}: EventOf<'palette.edited'>): Step =>
  state.overlay?.kind === 'palette'
    ? [{...state, palette: text.slice(0, MOST_TEXT), overlay: {kind: 'palette', index: 0}}]
    : [state];
