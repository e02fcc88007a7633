import {columns} from '../model/columns.ts';
import type {State} from '../model/state.ts';
import {windowTop} from '../model/templateCursor.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {fitLine, framed, restyle, span} from './paint.ts';
import type {Theme} from './theme.ts';

/** The mark of the line, the arrow and the spaces between. */
const MARK_CELLS = 4;
const BORDER_CELLS = 2;
const HEADER_CELLS = 10;

/** What a column sorts by: the description up to where it begins to explain its signs. */
const labelOf = (description: string): string => description.split(/[;,:]| \/ /, 1)[0] ?? description;

const labels = columns.map(({description}) => labelOf(description));
const LABEL_CELLS = Math.max(...labels.map(cellWidth));
const CELLS = BORDER_CELLS + MARK_CELLS + HEADER_CELLS + LABEL_CELLS + 1;

type Size = {readonly columns: number; readonly rows: number};

/** The columns to sort by, no larger than the screen; the one in use carries its arrow. */
export function paintSortMenu(state: State, screen: Size, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(CELLS, screen.columns - 2));
  const height = Math.max(1, Math.min(columns.length + 2, screen.rows));
  const index = state.overlay?.index ?? 0;
  const shown = Math.max(1, height - 2);
  const top = windowTop(0, index, columns.length, shown);
  const lines = columns.map(({id, header}, row): Line => {
    const arrow = state.sort.column === id ? (state.sort.descending ? '↓' : '↑') : ' ';
    const line = fitLine(
      [
        span(`${row === index ? '>' : ' '} ${arrow} `),
        span(fitCells(header, HEADER_CELLS), theme.styleOf('accent')),
        span(labels[row] ?? '', theme.styleOf('dim')),
      ],
      width - 2,
    );
    return row === index ? restyle(line, {inverse: true}) : line;
  });
  const title = [span('Sort by', theme.styleOf('bold'))];
  return framed(lines.slice(top), {title, focused: true, width, height}, theme);
}
