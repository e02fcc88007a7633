import {columns} from '../model/columns.ts';
import {filterFields} from '../model/fields.ts';
import type {State} from '../model/state.ts';
import {fitCells} from '../terminal/text.ts';
import {modeOfView} from './command.ts';
import {keyRowsOf} from './commands.ts';

export type HelpRow = {readonly keys: string; readonly does: string};

export type HelpTopic = {
  readonly title: string;
  /** Beside the title. */
  readonly note?: string;
  readonly rows: readonly HelpRow[];
};

/** What of the state help depends on. */
export type Helped = Pick<State, 'session' | 'view'> & Partial<Pick<State, 'detailOpen'>>;

/** The keys of the view, printed from their table. Those that change something are left out in a read-only session. */
export function keyTopics({session, view, detailOpen}: Helped): readonly HelpTopic[] {
  const mode = view === 'sandboxes' && detailOpen ? 'focus' : modeOfView[view];
  const shown = keyRowsOf(mode).filter(({group}) => group !== 'Act' || !session.readonly);
  return [...new Set(shown.map(({group}) => group))].map((title) => ({
    title,
    rows: shown.filter(({group}) => group === title).map(({keys, description}) => ({keys, does: description})),
  }));
}

const columnTopic: HelpTopic = {
  title: 'Columns',
  rows: columns.map(({header, description}) => ({keys: header, does: description})),
};

/** The fields of the filter with a sentence each, and the columns. */
export const wholeReference: readonly HelpTopic[] = [
  {title: 'Filter', rows: filterFields.map(({example, description}) => ({keys: example, does: description}))},
  columnTopic,
];

const EXAMPLES_A_ROW = 4;
const EXAMPLE_CELLS = 19;

/** The same where it has to be short: of every field the example. */
export const shortReference: readonly HelpTopic[] = [
  {title: 'Filter', note: 'all terms must hold; none: never; cpu, mem, exec: sampled only', rows: exampleRows()},
  columnTopic,
];

function exampleRows(): readonly HelpRow[] {
  const examples = filterFields.map(({example}) => example);
  return Array.from({length: Math.ceil(examples.length / EXAMPLES_A_ROW)}, (_, row) => {
    const [keys = '', ...rest] = examples.slice(row * EXAMPLES_A_ROW, (row + 1) * EXAMPLES_A_ROW);
    return {
      keys,
      does: rest
        .map((example) => fitCells(example, EXAMPLE_CELLS))
        .join(' ')
        .trimEnd(),
    };
  });
}
