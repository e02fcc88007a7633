import type {State} from '../model/state.ts';
import {type Mode, regionsOf} from './command.ts';

/** How a key stands in the footer where the order of its table would leave out what is needed more. */
type FooterPlace = {
  /** 1 stays longest. */
  readonly need: number;
  /** What it is called where there is little room. */
  readonly short?: string;
  readonly label?: (state: State) => string;
  /** Keys that are named together, e.g. `[ ]`. */
  readonly keys?: string;
  /** The command whose place names this key too, while that can be done. */
  readonly unless?: string;
};

type Places = Readonly<Record<string, FooterPlace>>;

/** The acts that fit come first: only those can be seen. */
const acts: Places = {
  undo: {need: 1, short: 'undo'},
  delete: {need: 4},
  extend: {need: 5, short: '+30m'},
  timeout: {need: 6},
  pause: {need: 7},
  resume: {need: 7},
  start: {need: 7},
  help: {need: 2},
  actions: {need: 8, short: 'acts'},
  palette: {need: 10, short: 'cmd'},
};

/** With a filter Esc clears that first, then the marks. */
const escapeLabel = ({filter}: State): string => (filter.active.text === '' ? 'unmark' : 'no filter');

const list: Places = {
  ...acts,
  ledger: {need: 3},
  back: {need: 3, label: escapeLabel},
  mark: {need: 9},
  stop: {need: 11},
  filter: {need: 12, short: 'find'},
  quit: {need: 13},
  markAll: {need: 14, short: 'all'},
  detail: {need: 15},
  sort: {need: 16},
};

const marked: Places = {
  ...acts,
  ledger: {need: 12},
  unmarkAll: {need: 3},
  stop: {need: 7},
  markAll: {need: 9, short: 'all'},
  back: {need: 15, label: escapeLabel},
  resume: {need: 13},
  start: {need: 14},
  mark: {need: 16},
};

const focus: Places = {
  ...acts,
  focusBack: {need: 3},
  refresh: {need: 8},
  tabPrevious: {need: 9, short: 'tab', label: () => 'other tab', keys: '[ ]'},
  rangeShorter: {need: 10, short: 'span', label: () => 'less, more time', keys: ', .'},
  stop: {need: 11},
  actions: {need: 12, short: 'acts'},
  palette: {need: 13, short: 'cmd'},
  focusPrevious: {need: 14, label: () => 'previous, next', keys: 'Left Right'},
  focusNext: {need: 14, unless: 'focusPrevious'},
  rangeLonger: {need: 10, short: 'span', unless: 'rangeShorter'},
};

const plan: Places = {
  planCancel: {need: 1},
  planYes: {need: 2},
  planWrite: {need: 4},
  planOther: {need: 5},
  planAnswer: {need: 3, label: ({plan: open}) => (open?.word === undefined ? 'press the button' : 'confirm')},
};

const places: Partial<Readonly<Record<Mode, Places>>> = {focus, plan};

/** Where the order of the table does not do; undefined: it does, as where no row can be seen that an act would be on. */
export function placesIn(mode: Mode, state: State): Places | undefined {
  if (mode !== 'list') return places[mode];
  if (regionsOf(state).kind === 'counts') return undefined;
  return state.marks.size > 0 ? marked : list;
}
