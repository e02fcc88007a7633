import type {BuildLog} from '../model/buildLog.ts';
import type {Event} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {Command, Mode} from './command.ts';
import {editingCommands} from './editingCommands.ts';
import {firstShown} from './logScrolling.ts';

const LOG: readonly Mode[] = ['buildLog'];
const SEARCH: readonly Mode[] = ['buildSearch'];

/** The same key does the same in the search of the event log. */
const SAID_ELSEWHERE = '';

const withLog = (make: (state: State, log: BuildLog, at: Stamp) => Event): Command['event'] => {
  return (state, at) => (state.builds.log ? make(state, state.builds.log, at) : undefined);
};

/** Keys of the log of a build, and of its search. */
export const buildLogCommands: readonly Command[] = [
  {
    id: 'buildLogSearch',
    keys: ['/', 'f4'],
    label: 'search',
    description: 'search in the log',
    group: 'Log',
    modes: LOG,
    event: (_, at) => ({type: 'buildLog.searchOpened', at}),
    inFooter: 6,
  },
  {
    id: 'buildLogNext',
    keys: ['n'],
    label: 'next',
    description: 'the next find; N: the one before',
    group: 'Log',
    modes: LOG,
    event: found(1),
    disabledReason: ({builds}) => (builds.log?.search ? undefined : 'nothing is searched for: / searches'),
    inFooter: 7,
  },
  {
    id: 'buildLogPrevious',
    keys: ['N'],
    label: 'previous',
    description: SAID_ELSEWHERE,
    group: 'Log',
    modes: LOG,
    event: found(-1),
  },
  {
    id: 'buildLogWrap',
    keys: ['w'],
    label: 'wrap',
    description: 'wrap long lines, or cut them',
    group: 'Log',
    modes: LOG,
    event: (_, at) => ({type: 'buildLog.wrapped', at}),
    inFooter: 8,
  },
  {
    id: 'buildLogTimes',
    keys: ['t'],
    label: 'times',
    description: 'show times, or none',
    group: 'Log',
    modes: LOG,
    event: (_, at) => ({type: 'buildLog.timed', at}),
    inFooter: 9,
  },
  {
    id: 'buildLogSave',
    keys: ['s'],
    label: 'save',
    description: 'save the log to a new file',
    group: 'Log',
    modes: LOG,
    event: (_, at) => ({type: 'buildLog.saveAsked', at}),
    inFooter: 10,
  },
  {
    id: 'buildLogBack',
    keys: ['escape', 'q', 'f10'],
    label: 'back',
    description: 'end the search, close the log',
    group: 'Log',
    modes: LOG,
    event: withLog((_, {search}, at) =>
      search === '' ? {type: 'buildLog.closed', at} : {type: 'buildLog.searchCleared', at},
    ),
    inFooter: 3,
  },
  {
    id: 'buildSearchKeep',
    keys: ['enter'],
    label: 'find',
    description: SAID_ELSEWHERE,
    group: 'Prompt',
    modes: SEARCH,
    event: withLog((state, log, at) => ({type: 'buildLog.searchKept', at, first: firstShown(state, log)})),
    inFooter: 1,
  },
  {
    id: 'buildSearchCancel',
    keys: ['escape'],
    label: 'as before',
    description: SAID_ELSEWHERE,
    group: 'Prompt',
    modes: SEARCH,
    event: (_, at) => ({type: 'buildLog.searchCleared', at}),
    inFooter: 2,
  },
  ...editingCommands(
    'buildSearch',
    'buildSearch',
    3,
    ({builds: {log}}, change, at) => log && {type: 'buildLog.searched', at, text: change(log.search)},
  ),
];

function found(by: -1 | 1): Command['event'] {
  return (state, at) => {
    const {log} = state.builds;
    if (!log || log.search === '') return {type: 'notice.shown', at, text: 'nothing is searched for: / searches'};
    return {type: 'buildLog.foundNext', at, first: firstShown(state, log), by};
  };
}
