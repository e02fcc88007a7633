import {OrderedMap, OrderedSet} from 'immutable';
import {sandboxActions} from '../../src/model/actions.ts';
import type {Effect, Event} from '../../src/model/event.ts';
import {makePlan} from '../../src/model/planning.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {Stamp} from '../../src/model/sandbox.ts';
import type {State} from '../../src/model/state.ts';
import {deleteQuestion} from '../../src/model/templateAsked.ts';
import {unreadTemplates} from '../../src/model/templates.ts';
import {everyMode} from '../../src/ui/command.ts';
import {eventFor} from '../../src/ui/keymap.ts';
import {T0} from '../support/builders.ts';
import {specOf, template} from '../support/templates.ts';
import {sketch} from './fleet.ts';
import {ID, inMode, question} from './modes.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const printable = Array.from({length: 0x7f - 0x20}, (_, index) => String.fromCharCode(0x20 + index));

/** No Ctrl-letter, no Alt-letter and no small letter but `e` may change anything. */
export const harmlessChords: readonly string[] = [
  ...letters.filter((letter) => letter !== 'e'),
  ...letters.flatMap((letter) => [`ctrl+${letter}`, `alt+${letter}`, `alt+${letter.toUpperCase()}`]),
];

/** All that a keyboard can send. */
export const everyChord: readonly string[] = [
  ...new Set([
    ...printable,
    ...harmlessChords,
    ...['up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end', 'enter', 'escape', 'tab', 'shift+tab'],
    ...['backspace', 'delete', 'alt+enter', 'ctrl+enter', 'alt+up', 'ctrl+left'],
    ...Array.from({length: 12}, (_, index) => `f${index + 1}`),
  ]),
];

const marks = OrderedSet([ID, 'sb_02bd77e1aa']);
const own = {...unreadTemplates, rows: OrderedMap([['73', template()]]), cursor: '73'};
const filled = {openedAt: T0 - 1000, mistake: undefined};
const planned = (action: 'pause' | 'delete' | 'timeout', over: object = {}): State => {
  const state = sketch({marks});
  return {...state, plan: {...makePlan(state, T0 - 1000, action, action === 'timeout' ? 60 : undefined), ...over}};
};
const bulkDelete = reduce(planned('delete', {typed: 'delete 2'}), {
  type: 'dialog.answered',
  at: T0,
  answer: 'enter',
})[0];

/** Every question, as far towards a yes as typing and moving goes: one key is missing. */
export const almostAgreed: Readonly<Record<string, State>> = {
  'stop, on its button': sketch({dialog: {...question, focus: 'confirm'}}),
  'shortening, on its button': sketch({
    dialog: {...question, action: 'timeout', timeoutSeconds: 60, focus: 'confirm'},
  }),
  'delete, word typed': sketch({dialog: {...question, action: 'delete', consent: 'type', typed: 'c204'}}),
  'plan of a pause, on its button': planned('pause', {focus: 'confirm'}),
  'plan of deletes, word typed': planned('delete', {typed: 'delete 2'}),
  'plan of shortenings, word typed': planned('timeout', {typed: 'timeout 2'}),
  'timeout form, filled in': sketch({
    form: {...filled, id: 'timeout', ids: [ID], values: {timeout: '2h'}, field: 0},
  }),
  'create form, filled in': sketch({
    form: {...filled, id: 'create', ids: [], values: {template: 'python', env: 'A=1'}, field: 4},
  }),
  'template delete, word typed': sketch({
    view: 'templates',
    templates: {...own, question: {...deleteQuestion(template({name: 'py'}), T0 - 1000), typed: 'py'}},
  }),
  'build, on its button': sketch({
    view: 'templates',
    templates: {...own, question: {kind: 'build', spec: specOf(), focus: 'confirm', top: 0, openedAt: T0 - 1000}},
  }),
};

const menus = sandboxActions.map((_, index): [string, State] => [
  `menu on act ${index}`,
  sketch({overlay: {kind: 'actions', index}}),
]);
const spoken = ['pause', 'delete', 'timeout 1m', 'new python', 'token save /tmp/x', 'build x.yaml', 'connect'];
const palettes = spoken.map((palette): [string, State] => [
  `palette: ${palette}`,
  sketch({overlay: {kind: 'palette', index: 0}, palette, session: {...sketch().session, canConnect: true}}),
]);

/** States in which keys land: each mode, and what leads further than its plainest state. */
export const everyState: Readonly<Record<string, State>> = {
  ...Object.fromEntries(everyMode.map((mode) => [mode, inMode[mode]])),
  ...almostAgreed,
  ...Object.fromEntries([...menus, ...palettes]),
  'list with marks': sketch({marks}),
  'focus with marks': sketch({marks, detailOpen: true}),
  'templates, own one': sketch({view: 'templates', templates: own}),
  'ledger of deletes in grace': bulkDelete,
  'ledger of deletes that stands still': reduce(bulkDelete, {type: 'bulk.paused', at: T0})[0],
  'ledger of a pause that stands still': reduce(inMode.ledger, {type: 'bulk.paused', at: T0})[0],
  'list, deletes in grace': reduce(bulkDelete, {type: 'ledger.closed', at: T0})[0],
};

/** Nothing lies over these. */
export const uncovered = [
  ...['list', 'focus', 'events', 'overview', 'templates', 'builds', 'buildLog', 'list with marks', 'focus with marks'],
  ...['templates, own one', 'list, deletes in grace'],
] as const;

export const stateNamed = (name: string): State => {
  const state = everyState[name];
  if (!state) throw new Error(`no state is called ${name}`);
  return state;
};

/** Opened `ms` before T0, whatever is open. */
export function openedAgo(state: State, ms: number): State {
  const openedAt = T0 - ms;
  const {dialog, plan, form, templates} = state;
  return {
    ...state,
    ...(dialog && {dialog: {...dialog, openedAt}}),
    ...(plan && {plan: {...plan, openedAt}}),
    ...(form && {form: {...form, openedAt}}),
    ...(templates.question && {templates: {...templates, question: {...templates.question, openedAt}}}),
  };
}

const changing: ReadonlySet<Effect['do']> = new Set(['act', 'send', 'create', 'build', 'template.delete', 'connect']);

/** It changes something, or is the reading that goes before a change. */
export const isChange = (effect: Effect): boolean =>
  changing.has(effect.do) || (effect.do === 'read' && effect.priority !== 'check');

export type Pressed = {readonly state: State; readonly effects: readonly Effect[]};

/** What is told, and what it leads to. */
export function follow(state: State, event: Event | undefined): Pressed {
  if (!event) return {state, effects: []};
  const [next, ...effects] = reduce(state, event);
  return {state: next, effects};
}

/** One key after the other, `everyMs` apart. */
export function pressAll(state: State, chords: readonly string[], meaning = eventFor, everyMs = 500): Pressed {
  let next = state;
  const effects: Effect[] = [];
  chords.forEach((chord, index) => {
    const at: Stamp = T0 + index * everyMs;
    const pressed = follow(next, meaning(next, chord, at));
    next = pressed.state;
    effects.push(...pressed.effects);
  });
  return {state: next, effects};
}

/** An act was begun, alone or as one of many, or something was let out that changes. */
export const hasBegun = (before: State, {state, effects}: Pressed): boolean =>
  effects.some(isChange) ||
  state.acts.some((act, id) => before.acts.get(id) !== act) ||
  (state.bulk !== undefined && state.bulk.startedAt !== before.bulk?.startedAt) ||
  state.creation?.phase === 'queued' ||
  state.builds.sending !== undefined ||
  state.templates.deletions.size > 0;
