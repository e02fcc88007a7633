import {cursorIndexOf, findEntries} from '../model/logView.ts';
import type {State} from '../model/state.ts';
import {wantsTemplates} from '../model/templateWanted.ts';
import {views} from '../model/views.ts';
import {type Command, type Mode, modeOfView, viewModes} from './command.ts';
import {editingCommands} from './editingCommands.ts';

const EVENTS: readonly Mode[] = ['events'];
const SEARCH: readonly Mode[] = ['search'];

/** The id of the sandbox that the entry under the cursor is about. */
function idUnderCursor(state: State): string | undefined {
  const found = findEntries(state);
  return found.at(cursorIndexOf(found, state.logView))?.id;
}

/** Keys that choose a view, and those of the event log. */
export const viewCommands: readonly Command[] = [
  ...views.map(
    ({id, key, label, description}): Command => ({
      id: `view.${id}`,
      keys: [key],
      label,
      description,
      group: 'See',
      modes: viewModes.filter((mode) => mode !== modeOfView[id]),
      event: (_, at) => ({type: 'view.chosen', at, view: id}),
      inFooter: 21,
    }),
  ),
  {
    id: 'eventSandbox',
    keys: ['enter'],
    label: 'its sandbox',
    description: 'to the sandbox of the event',
    group: 'Events',
    modes: EVENTS,
    event(state, at) {
      const id = idUnderCursor(state);
      return id === undefined ? undefined : {type: 'cursor.sought', at, id};
    },
    disabledReason: (state) => (idUnderCursor(state) === undefined ? 'it is about no sandbox' : undefined),
    inFooter: 5,
  },
  {
    id: 'eventSearch',
    keys: ['/', 'f4'],
    label: 'search',
    description: 'search while you type',
    group: 'Events',
    modes: EVENTS,
    event: (_, at) => ({type: 'log.searchOpened', at}),
    inFooter: 6,
  },
  {
    id: 'eventMine',
    keys: ['m'],
    label: 'mine',
    description: 'mine only, or all again',
    group: 'Events',
    modes: EVENTS,
    event: (_, at) => ({type: 'log.narrowed', at, only: 'mine'}),
    inFooter: 7,
  },
  {
    id: 'eventErrors',
    keys: ['!'],
    label: 'errors',
    description: 'errors only, or all again',
    group: 'Events',
    modes: EVENTS,
    event: (_, at) => ({type: 'log.narrowed', at, only: 'errors'}),
    inFooter: 8,
  },
  {
    id: 'eventCopy',
    keys: ['c'],
    label: 'copy',
    description: 'copy request id, or id',
    group: 'Events',
    modes: EVENTS,
    event(state, at) {
      const found = findEntries(state);
      const {requestId, id} = found.at(cursorIndexOf(found, state.logView)) ?? {};
      if (requestId !== undefined) return {type: 'copy.asked', at, what: 'request id', text: requestId};
      return id === undefined ? undefined : {type: 'copy.asked', at, what: 'id', text: id};
    },
  },
  {
    id: 'eventBack',
    keys: ['escape', 'q', 'f10'],
    label: 'back',
    description: 'clear the search, then back',
    group: 'Events',
    modes: EVENTS,
    event: ({logView}, at) =>
      logView.search === '' ? {type: 'view.chosen', at, view: 'sandboxes'} : {type: 'log.searchCleared', at},
    inFooter: 3,
  },
  {
    id: 'overviewBack',
    keys: ['escape', 'q', 'f10'],
    label: 'back',
    description: 'back to the sandboxes',
    group: 'See',
    modes: ['overview', 'templates', 'builds'],
    event: (_, at) => ({type: 'view.chosen', at, view: 'sandboxes'}),
    inFooter: 3,
  },
  {
    id: 'searchKeep',
    keys: ['enter'],
    label: 'keep',
    description: 'keep the search',
    group: 'Prompt',
    modes: SEARCH,
    event: (_, at) => ({type: 'log.searchKept', at}),
    inFooter: 1,
  },
  {
    id: 'searchCancel',
    keys: ['escape'],
    label: 'as before',
    description: 'close the prompt, search as before',
    group: 'Prompt',
    modes: SEARCH,
    event: (_, at) => ({type: 'log.searchCleared', at}),
    inFooter: 2,
  },
  ...editingCommands('search', 'search', 3, ({logView}, change, at) => ({
    type: 'log.searched',
    at,
    text: change(logView.search),
  })),
  {
    id: 'reread',
    keys: ['r'],
    label: 're-read',
    description: 're-read, reconnect now',
    group: 'See',
    modes: viewModes.filter((mode) => mode !== 'focus'),
    event: (state, at) => ({type: wantsTemplates(state) ? 'templates.refreshAsked' : 'refresh.asked', at}),
    inFooter: 20,
  },
];
