import {cellWidth} from '../terminal/text.ts';
import {type Helped, type HelpRow, type HelpTopic, keyTopics, shortReference, wholeReference} from './helpTopics.ts';
import {wrapWords} from './paint.ts';

/** Topics one below the other: one column of a page. */
type HelpColumn = readonly HelpTopic[];

/** Columns side by side, in whose tables the first column takes `keyCells`, the second `doesCells`. */
export type HelpPage = {
  readonly columns: readonly HelpColumn[];
  readonly columnCells: number;
  readonly keyCells: number;
  readonly doesCells: number;
};

export type HelpLayout = {
  readonly pages: readonly HelpPage[];
  /** Lines of each. */
  readonly rows: number;
};

/** From here on two columns have room for every sentence. */
const WIDE = 150;
/** From here on two columns have room for the keys. */
const TWO_COLUMNS = 76;

/** Title and rule. */
const CHROME_ROWS = 2;
/** A cell each side of both columns of a table. */
const TABLE_PADDING = 4;

type Room = {readonly width: number; readonly rows: number; readonly perPage: number};

/** Help in pages for a screen of this size: all of it on one where that is wide, else the keys, then what they are for. */
export function layHelp(helped: Helped, width: number, height: number): HelpLayout {
  const rows = Math.max(0, height - CHROME_ROWS);
  const keys = keyTopics(helped);
  if (width >= WIDE) return {pages: layTopics([...keys, ...wholeReference], {width, rows, perPage: 2}), rows};
  const reference = [wholeReference, shortReference].map((topics) => layTopics(topics, {width, rows, perPage: 1}));
  const shown = reference.find((pages) => pages.length === 1) ?? reference[0] ?? [];
  return {pages: [...layTopics(keys, {width, rows, perPage: width >= TWO_COLUMNS ? 2 : 1}), ...shown], rows};
}

function layTopics(topics: readonly HelpTopic[], {width, rows, perPage}: Room): readonly HelpPage[] {
  const columnCells = Math.floor(width / perPage);
  const keys = Math.min(keyCells(topics), Math.floor(columnCells / 2));
  const doesCells = Math.max(1, columnCells - keys - TABLE_PADDING);
  const filled = fillColumns(wrapTopics(topics, doesCells), Math.max(2, rows));
  return Array.from({length: Math.ceil(filled.length / perPage)}, (_, page) => ({
    columns: filled.slice(page * perPage, (page + 1) * perPage),
    columnCells,
    keyCells: keys,
    doesCells,
  }));
}

/** Cells of the first column of every table, so that the tables stand in line. */
const keyCells = (topics: readonly HelpTopic[]): number =>
  Math.max(1, ...topics.flatMap(({rows}) => rows.map(({keys}) => cellWidth(keys))));

/** Sentences too long for `cells` go on in further rows. */
const wrapTopics = (topics: readonly HelpTopic[], cells: number): readonly HelpTopic[] =>
  topics.map((topic) => ({
    ...topic,
    rows: topic.rows.flatMap(({keys, does}) =>
      wrapWords(does, cells).map((line, index) => ({keys: index === 0 ? keys : '', does: line})),
    ),
  }));

/** A sentence is not torn: the rows that go on with it have no keys. */
function wholeRows(rows: readonly HelpRow[], most: number): number {
  const torn = rows.slice(0, most + 1).findLastIndex(({keys}) => keys !== '');
  return most >= rows.length || torn <= 0 ? most : torn;
}

/**
 * The topics in columns of at most `height` lines, with a heading a topic and a blank line between two. A topic that
 * does not fit goes on in the next column, under its heading.
 */
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
      column = [...column, {...topic, rows}];
      left -= gap + 1 + rows.length;
      rest = rest.slice(rows.length);
    }
  }
  return column.length > 0 ? [...done, column] : done;
}
