import type {ViewId} from '../model/views.ts';
import {actCommands} from './actCommands.ts';
import {bulkCommands} from './bulkCommands.ts';
import {labelOfChord} from './chords.ts';
import {type Command, everyMode, type Mode, modeOfView, viewModes} from './command.ts';
import {coverCommands} from './coverCommands.ts';
import {focusCommands} from './focusCommands.ts';
import {formCommands, openingCommands} from './formCommands.ts';
import {markCommands} from './markCommands.ts';
import {moveCommands} from './moveCommands.ts';
import {templateCommands} from './templateCommands.ts';
import {viewCommands} from './viewCommands.ts';

const LIST: readonly Mode[] = ['list'];
/** Where a sandbox is under the cursor, in the list or over the whole screen. */
const SANDBOX: readonly Mode[] = ['list', 'focus'];

/** The row of another key says what this one does: help has to stay on its page. */
const SAID_ELSEWHERE = '';

/** Terms that are asked for most, on a key: once more takes them out. */
const shortFilters = [
  {id: 'expiringSoon', key: 'x', label: 'expiring', description: 'only what expires soon', term: 'expires<10m'},
  {id: 'errorsOnly', key: '!', label: 'errors', description: 'only what has failed', term: 'status=error'},
] as const;

/** Every key. Keymap, footer, help and README are printed from this table; the order is the footer's. */
export const commands: readonly Command[] = [
  ...moveCommands,
  {
    id: 'detail',
    keys: ['enter'],
    label: 'detail',
    description: 'the sandbox, whole screen',
    group: 'See',
    modes: LIST,
    event: ({cursor}, at) => (cursor.id === undefined ? undefined : {type: 'detail.toggled', at}),
    disabledReason: ({cursor}) => (cursor.id === undefined ? 'no sandbox is selected' : undefined),
    inFooter: 5,
  },
  {
    id: 'back',
    keys: ['escape'],
    label: 'back',
    description: 'clear filter, then marks',
    group: 'See',
    modes: LIST,
    event({filter, marks}, at) {
      if (filter.active.text !== '') return {type: 'filter.cleared', at};
      return marks.size > 0 ? {type: 'marks.cleared', at} : undefined;
    },
    disabledReason: ({filter, marks}) =>
      filter.active.text !== '' || marks.size > 0 ? undefined : 'there is nothing to go back from',
    inFooter: 3,
  },
  ...markCommands,
  ...bulkCommands,
  ...actCommands,
  ...openingCommands.filter(({group}) => group === 'Act'),
  {
    id: 'filter',
    keys: ['/', 'f4'],
    label: 'filter',
    description: 'filter while you type',
    group: 'Find',
    modes: LIST,
    event: (_, at) => ({type: 'filter.opened', at}),
    inFooter: 6,
  },
  ...shortFilters.map(
    ({id, key, label, description, term}): Command => ({
      id,
      keys: [key],
      label,
      description,
      group: 'Find',
      modes: LIST,
      event: (_, at) => ({type: 'filter.termToggled', at, term}),
    }),
  ),
  {
    id: 'sort',
    keys: ['o', 'f6'],
    label: 'sort',
    description: 'choose the sort column',
    group: 'Find',
    modes: LIST,
    event: (_, at) => ({type: 'overlay.opened', at, overlay: 'sort'}),
    inFooter: 7,
  },
  {
    id: 'sortPrevious',
    keys: ['<'],
    label: 'sort left',
    description: 'sort one column left',
    group: 'Find',
    modes: LIST,
    event: (_, at) => ({type: 'sort.stepped', at, by: -1}),
  },
  {
    id: 'sortNext',
    keys: ['>'],
    label: 'sort right',
    description: 'sort one column right',
    group: 'Find',
    modes: LIST,
    event: (_, at) => ({type: 'sort.stepped', at, by: 1}),
  },
  {
    id: 'invert',
    keys: ['I'],
    label: 'invert',
    description: 'turn the order round',
    group: 'Find',
    modes: LIST,
    event: (_, at) => ({type: 'sort.inverted', at}),
  },
  {
    id: 'pin',
    keys: ['p'],
    label: 'pin',
    description: 'pin to the top, or unpin',
    group: 'See',
    modes: SANDBOX,
    event: ({cursor: {id}}, at) => (id === undefined ? undefined : {type: 'pin.toggled', at, id}),
  },
  {
    id: 'copyId',
    keys: ['c'],
    label: 'copy id',
    description: 'copy the id; h: its host',
    group: 'See',
    modes: SANDBOX,
    event: ({cursor: {id}}, at) => (id === undefined ? undefined : {type: 'copy.asked', at, what: 'id', text: id}),
  },
  {
    id: 'copyHost',
    keys: ['h'],
    label: 'copy host',
    description: SAID_ELSEWHERE,
    group: 'See',
    modes: SANDBOX,
    event(state, at) {
      const host = state.rows.get(state.cursor.id ?? '')?.sandbox.publicHost;
      if (host === undefined) return {type: 'notice.shown', at, text: 'its host is not told'};
      return {type: 'copy.asked', at, what: 'host', text: host};
    },
  },
  ...templateCommands,
  ...focusCommands,
  ...viewCommands,
  ...openingCommands.filter(({group}) => group !== 'Act'),
  ...coverCommands,
  ...formCommands(() => commands),
  {
    id: 'help',
    keys: ['?', 'f1'],
    label: 'help',
    description: 'this help',
    group: 'Out',
    modes: viewModes,
    event: (_, at) => ({type: 'overlay.opened', at, overlay: 'help'}),
    inFooter: 2,
  },
  {
    id: 'quit',
    keys: ['q', 'f10'],
    label: 'quit',
    description: 'quit',
    group: 'Out',
    modes: ['list', 'line'],
    event: (_, at) => ({type: 'quit.asked', at}),
    inFooter: 4,
  },
  {
    id: 'interrupt',
    keys: ['ctrl+c'],
    label: 'quit',
    description: 'quit anywhere, code 130',
    group: 'Out',
    modes: everyMode,
    event: (_, at) => ({type: 'quit.asked', at}),
  },
  {
    id: 'suspend',
    keys: ['ctrl+z'],
    label: 'suspend',
    description: 'suspend; fg comes back',
    group: 'Out',
    modes: everyMode,
    event: (_, at) => ({type: 'suspend.asked', at}),
  },
  {
    id: 'redraw',
    keys: ['ctrl+l'],
    label: 'redraw',
    description: 'draw the screen anew',
    group: 'Out',
    modes: everyMode,
    event: (_, at) => ({type: 'redraw.asked', at}),
  },
];

/** Those that have a sentence of their own: help and README print these. */
export const describedCommands = commands.filter(({description}) => description !== SAID_ELSEWHERE);

export type KeyRow = {readonly group: string; readonly keys: string; readonly description: string};

const viewGroups = ['Move', 'Find', 'Focus', 'Act', 'Mark', 'Templates', 'Log', 'Events', 'See', 'Out'];

/** Its own, and that of what may lie over it. */
const modesOf = (view: ViewId): readonly Mode[] => (view === 'builds' ? ['builds', 'buildLog'] : [modeOfView[view]]);

export const keyRows = (view: ViewId): readonly KeyRow[] => keyRowsOf(...modesOf(view));

/** The keys of modes, by group, ready to print: `Up k`, `one up`. Help shows them. */
export const keyRowsOf = (...modes: readonly Mode[]): readonly KeyRow[] =>
  viewGroups.flatMap((group) =>
    describedCommands
      .filter((command) => command.group === group && modes.some((mode) => command.modes.includes(mode)))
      .map(({keys, description}) => ({group, keys: keys.map(labelOfChord).join(' '), description})),
  );
