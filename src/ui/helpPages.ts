import {columns} from '../model/columns.ts';
import {filterFields} from '../model/fields.ts';
import type {Session} from '../model/state.ts';
import {cellWidth} from '../terminal/text.ts';
import {keyRows} from './commands.ts';
import {wrapWords} from './paint.ts';

type HelpRow = {readonly keys: string; readonly does: string};
export type HelpTopic = {readonly title: string; readonly rows: readonly HelpRow[]};
/** Topics side by side: one column of a page. */
type HelpColumn = readonly HelpTopic[];

/** Everything help says, printed from the tables. Keys that change something are left out in a read-only session. */
function helpTopics(session: Session): readonly HelpTopic[] {
  const shown = keyRows().filter(({group}) => group !== 'Act' || !session.readonly);
  const keyTopics = [...new Set(shown.map(({group}) => group))].map((group) => ({
    title: group,
    rows: shown.filter((row) => row.group === group).map(({keys, description}) => ({keys, does: description})),
  }));
  return [
    ...keyTopics,
    {title: 'Filter', rows: filterFields.map(({example, description}) => ({keys: example, does: description}))},
    {title: 'Columns', rows: columns.map(({header, description}) => ({keys: header, does: description}))},
  ];
}

/** Sentences too long for `cells` go on in further rows. */
const wrapTopics = (topics: readonly HelpTopic[], cells: number): readonly HelpTopic[] =>
  topics.map(({title, rows}) => ({
    title,
    rows: rows.flatMap(({keys, does}) =>
      wrapWords(does, Math.max(1, cells)).map((line, index) => ({keys: index === 0 ? keys : '', does: line})),
    ),
  }));

/** From here on a page has two columns: every sentence is whole in each. */
const TWO_COLUMNS = 150;

/** Title and rule. */
const CHROME_ROWS = 2;
/** A cell each side of both columns of a table. */
const TABLE_PADDING = 4;

export type HelpLayout = {
  /** Pages of columns of topics. */
  readonly pages: readonly (readonly HelpColumn[])[];
  readonly columnCells: number;
  readonly keyCells: number;
  readonly doesCells: number;
  readonly rows: number;
};

/** Help in pages for a screen of this size. */
export function layHelp(session: Session, width: number, height: number): HelpLayout {
  const topics = helpTopics(session);
  const perPage = width >= TWO_COLUMNS ? 2 : 1;
  const columnCells = Math.floor(width / perPage);
  const keys = Math.min(keyCells(topics), Math.floor(columnCells / 2));
  const doesCells = Math.max(1, columnCells - keys - TABLE_PADDING);
  const rows = Math.max(0, height - CHROME_ROWS);
  return {pages: helpPages(wrapTopics(topics, doesCells), rows, perPage), columnCells, keyCells: keys, doesCells, rows};
}

/** Cells of the first column of every table, so that the tables stand in line. */
const keyCells = (topics: readonly HelpTopic[]): number =>
  Math.max(1, ...topics.flatMap(({rows}) => rows.map(({keys}) => cellWidth(keys))));

/**
 * The topics in pages of columns, each at most `height` lines with a heading a topic and a blank line between two.
 * A topic that does not fit goes on in the next column, under its heading.
 */
function helpPages(topics: readonly HelpTopic[], height: number, perPage: number): readonly (readonly HelpColumn[])[] {
  const filled = fillColumns(topics, Math.max(2, height));
  return Array.from({length: Math.ceil(filled.length / perPage)}, (_, page) =>
    filled.slice(page * perPage, (page + 1) * perPage),
  );
}

/** A sentence is not torn: the rows that go on with it have no keys. */
function wholeRows(rows: readonly HelpRow[], most: number): number {
  const torn = rows.slice(0, most + 1).findLastIndex(({keys}) => keys !== '');
  return most >= rows.length || torn <= 0 ? most : torn;
}

function fillColumns(topics: readonly HelpTopic[], height: number): readonly HelpColumn[] {
  const done: HelpColumn[] = [];
  let column: readonly HelpTopic[] = [];
  let left = height;
  for (const topic of topics) {
    let rest = topic.rows;
    while (rest.length > 0) {
      const gap = column.length === 0 ? 0 : 1;
      const room = left - gap - 1;
      // A heading with less than two of its rows is no use at the foot of a column.
      if (room < Math.min(2, rest.length) && column.length > 0) {
        done.push(column);
        [column, left] = [[], height];
        continue;
      }
      const rows = rest.slice(0, wholeRows(rest, Math.max(1, room)));
      column = [...column, {title: topic.title, rows}];
      left -= gap + 1 + rows.length;
      rest = rest.slice(rows.length);
    }
  }
  return column.length > 0 ? [...done, column] : done;
}
