import {columns} from '../model/columns.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {fitLine, framed, restyle, span} from './paint.ts';
import type {Theme} from './theme.ts';

const MOST_CELLS = 60;
const HEADER_CELLS = 12;

type Size = {readonly columns: number; readonly rows: number};

/** The columns to sort by, no larger than the screen; the one in use carries its arrow. */
export function paintSortMenu(state: State, screen: Size, theme: Theme): readonly Line[] {
  const width = Math.max(1, Math.min(MOST_CELLS, screen.columns - 2));
  const height = Math.max(1, Math.min(columns.length + 2, screen.rows));
  const index = state.overlay?.index ?? 0;
  const shown = Math.max(1, height - 2);
  const top = Math.min(Math.max(0, index - shown + 1), Math.max(0, columns.length - shown));
  const lines = columns.map(({id, header, description}, row): Line => {
    const arrow = state.sort.column === id ? (state.sort.descending ? '↓' : '↑') : ' ';
    const line = fitLine(
      [
        span(`${row === index ? '>' : ' '} ${arrow} `),
        span(fitCells(header, HEADER_CELLS), theme.styleOf('accent')),
        span(description, theme.styleOf('dim')),
      ],
      width - 2,
    );
    return row === index ? restyle(line, {inverse: true}) : line;
  });
  const title = [span('Sort by', theme.styleOf('bold'))];
  return framed(lines.slice(top), {title, focused: true, width, height}, theme);
}
