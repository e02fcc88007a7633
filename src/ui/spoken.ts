import {type ColumnId, columns} from '../model/columns.ts';
import {connectRefusal} from '../model/connecting.ts';
import type {Event} from '../model/event.ts';
import {parseFilter} from '../model/filter.ts';
import {bulkReason, disabledReason, heldBackReason} from '../model/refusal.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {type ViewId, views} from '../model/views.ts';

/** A command that is typed after `:`, beside those that have a key. */
export type Spoken = {
  /** Words, e.g. `token save`. */
  readonly name: string;
  /** What help calls what follows it, e.g. `PATH`; in brackets it may be left out; undefined: nothing follows. */
  readonly argument?: string;
  readonly description: string;
  /** It changes something: a read-only session does not offer it. */
  readonly isAct?: true;
  /** Undefined: there is nothing to do now. */
  readonly event: (state: State, argument: string, at: Stamp) => Event | undefined;
  readonly disabledReason?: (state: State) => string | undefined;
  /** What is wrong with what follows it: said, and the palette stays open. */
  readonly mistake?: (argument: string) => string | undefined;
};

/** What a view is called after `:`, as k9s and the official CLI have it. */
const viewNames: Readonly<Record<ViewId, string>> = {
  sandboxes: 'sb',
  templates: 'tpl',
  builds: 'builds',
  events: 'ev',
  overview: 'overview',
};

const viewCommands: readonly Spoken[] = views.map(({id, description}): Spoken => {
  const name = viewNames[id];
  const event: Spoken['event'] = (_, argument, at) =>
    id === 'sandboxes' && argument !== ''
      ? made(at, {type: 'view.chosen', at, view: id}, ...filteredBy(argument, at))
      : {type: 'view.chosen', at, view: id};
  return {name, description, event, ...(id === 'sandboxes' ? {argument: '[FILTER]', mistake: filterMistake} : {})};
});

const made = (at: Stamp, ...events: readonly Event[]): Event => ({type: 'choice.made', at, events});

function filterMistake(argument: string): string | undefined {
  const read = parseFilter(argument);
  return 'mistake' in read ? read.mistake : undefined;
}

/** As it is done by hand. */
const filteredBy = (text: string, at: Stamp): readonly Event[] => [
  {type: 'filter.opened', at},
  {type: 'filter.edited', at, text},
  {type: 'filter.kept', at},
];

/** Beside every command that has a key. */
export const spokenCommands: readonly Spoken[] = [
  ...viewCommands,
  {
    name: 'filter',
    argument: '[FILTER]',
    description: 'filter the list; nothing after it: no filter',
    mistake: filterMistake,
    event: (_, argument, at) =>
      made(
        at,
        {type: 'view.chosen', at, view: 'sandboxes'},
        ...(argument === '' ? [{type: 'filter.cleared', at} as const] : filteredBy(argument, at)),
      ),
  },
  {
    name: 'sort',
    argument: 'COLUMN[,desc]',
    description: 'sort the list by a column',
    event: sortedBy,
    mistake: sortMistake,
  },
  {
    name: 'timeout',
    argument: 'DURATION',
    description: 'set the exact timeout, after a look at it',
    isAct: true,
    event: (state, argument, at) => ({
      type: 'form.opened',
      at,
      form: 'timeout',
      ids: idsMeant(state),
      values: {timeout: argument},
    }),
    disabledReason: (state) =>
      state.marks.size > 1 ? heldBackReason(state) : disabledReason(state, 'timeout', idsMeant(state)[0]),
  },
  {
    name: 'new',
    argument: '[TEMPLATE]',
    description: 'make a new sandbox',
    isAct: true,
    event: (_, argument, at) => ({
      type: 'form.opened',
      at,
      form: 'create',
      ...(argument === '' ? {} : {values: {template: argument}}),
    }),
    disabledReason: heldBackReason,
  },
  {
    name: 'token save',
    argument: 'PATH',
    description: 'renew the access token, write it to a new file',
    isAct: true,
    event: ({cursor: {id}, marks}, argument, at) =>
      id === undefined || marks.size > 0
        ? undefined
        : {type: 'action.asked', at, action: 'refresh', id, savePath: argument},
    disabledReason: (state) =>
      state.marks.size > 0 ? bulkReason(state, 'refresh') : disabledReason(state, 'refresh', state.cursor.id),
  },
  {
    name: 'connect',
    description: 'lend the terminal to the configured command',
    event: ({cursor: {id}}, _, at) => (id === undefined ? undefined : {type: 'connect.asked', at, id}),
    disabledReason: (state) => connectRefusal(state, state.cursor.id),
  },
  {
    name: 'build',
    argument: 'PATH',
    description: 'look at a template spec and build it',
    isAct: true,
    event: (_, argument, at) => ({type: 'spec.asked', at, path: argument}),
    disabledReason: heldBackReason,
  },
  {
    name: 'logs',
    argument: 'ID',
    description: 'the log of a build, by its id',
    event: (_, argument, at) => ({type: 'build.named', at, buildId: argument.trim()}),
  },
  {name: 'q', description: 'quit', event: (_, __, at) => ({type: 'quit.asked', at})},
];

/** The marked; without marks the one under the cursor. */
function idsMeant({marks, cursor}: State): readonly string[] {
  if (marks.size > 0) return [...marks];
  return cursor.id === undefined ? [] : [cursor.id];
}

function columnNamed(argument: string): {
  readonly column: ColumnId | undefined;
  readonly direction: string | undefined;
} {
  const [name = '', direction] = argument.toLowerCase().split(',');
  const column = columns.find(({id, header}) => id === name.trim() || header.toLowerCase() === name.trim());
  return {column: column?.id, direction};
}

function sortMistake(argument: string): string | undefined {
  if (argument === '' || columnNamed(argument).column !== undefined) return undefined;
  return `no column is called ${argument.split(',')[0]?.trim() ?? ''}; o shows them all`;
}

function sortedBy(_: State, argument: string, at: Stamp): Event | undefined {
  const {column, direction} = columnNamed(argument);
  if (column === undefined) return undefined;
  const descending = direction === undefined ? {} : {descending: direction.trim() === 'desc'};
  return made(at, {type: 'view.chosen', at, view: 'sandboxes'}, {type: 'sort.chosen', at, column, ...descending});
}
