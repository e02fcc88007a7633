import type {Event, Overlay} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {ViewId} from '../model/views.ts';
import type {Chord} from './chords.ts';
import {regions, shownOf} from './regions.ts';

/** Who gets a key. `line`: the terminal is too small to show what a key would hit; a question can be cancelled. */
export const everyMode = [
  'list',
  'focus',
  'filter',
  'templates',
  'builds',
  'buildLog',
  'buildSearch',
  'events',
  'search',
  'overview',
  'overlay',
  'actions',
  'palette',
  'form',
  'confirm',
  'type',
  'plan',
  'ledger',
  'word',
  'spec',
  'line',
] as const;

export type Mode = (typeof everyMode)[number];

/** Who gets a key while nothing covers the view. */
export const modeOfView: Readonly<Record<ViewId, Mode>> = {
  sandboxes: 'list',
  templates: 'templates',
  builds: 'builds',
  events: 'events',
  overview: 'overview',
};
/** The log of a build, and one sandbox over the whole screen, lie over their views and leave them their keys. */
export const viewModes: readonly Mode[] = [...Object.values(modeOfView), 'buildLog', 'focus'];
/** Views with a cursor. */
export const cursorModes: readonly Mode[] = ['list', 'templates', 'builds', 'buildLog', 'events'];

type CommandGroup =
  | 'Move'
  | 'See'
  | 'Act'
  | 'Find'
  | 'Focus'
  | 'Templates'
  | 'Log'
  | 'Events'
  | 'Mark'
  | 'Plan'
  | 'Ledger'
  | 'Out'
  | 'Prompt'
  | 'Question'
  | 'Menu';

/** A key and what it does. */
export type Command = {
  readonly id: string;
  readonly keys: readonly Chord[];
  /** What the footer says. */
  readonly label: string;
  /** What the footer says instead, where the state decides what the key does. */
  readonly labelNow?: (state: State) => string;
  /** What help and README say. */
  readonly description: string;
  readonly group: CommandGroup;
  readonly modes: readonly Mode[];
  /** Undefined: there is nothing to do now. */
  readonly event: (state: State, at: Stamp) => Event | undefined;
  /** Why it would do nothing now; the footer leaves it out then. */
  readonly disabledReason?: (state: State) => string | undefined;
  /** 1 stays longest in a narrow footer; undefined: never there. */
  readonly inFooter?: number;
};

/** Overlays that take keys of their own. */
const overlayModes: Partial<Readonly<Record<Overlay, Mode>>> = {actions: 'actions', palette: 'palette'};

export function modeOf(state: State): Mode {
  if (regionsOf(state).kind === 'line') return 'line';
  if (state.dialog) return state.dialog.consent;
  if (state.plan) return 'plan';
  if (state.form) return 'form';
  const {question} = state.templates;
  if (question) return question.kind === 'delete' ? 'word' : 'spec';
  if (state.overlay) return overlayModes[state.overlay.kind] ?? 'overlay';
  return state.bulk?.isShown ? 'ledger' : modeInView[state.view](state);
}

/** A view may have a prompt, or something over it. */
const modeInView: Readonly<Record<ViewId, (state: State) => Mode>> = {
  sandboxes: ({filter, detailOpen}) => (filter.draft !== undefined ? 'filter' : detailOpen ? 'focus' : 'list'),
  templates: () => 'templates',
  builds: ({builds: {log}}) => (log === undefined ? 'builds' : log.before === undefined ? 'buildLog' : 'buildSearch'),
  events: ({logView}) => (logView.before === undefined ? 'events' : 'search'),
  overview: () => 'overview',
};

/** Where a key is a letter of a text. */
export const isTextMode = (mode: Mode): boolean => textModes.has(mode);

const textModes: ReadonlySet<Mode> = new Set(['filter', 'search', 'buildSearch', 'palette', 'form']);

/** What stands where on the screen as the state knows it. */
export const regionsOf = (state: State) => regions(state.screen.columns, state.screen.rows, shownOf(state));
