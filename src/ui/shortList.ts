import type {CellText} from '../model/columns.ts';
import type {State} from '../model/state.ts';
import {type Place, windowTop} from '../model/templateCursor.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {bodyRows} from './body.ts';
import {type Brush, fitBlock, fitLine, lineWidth, restyle, rule, span, spread} from './paint.ts';
import type {Regions} from './regions.ts';

/** A column of a short list; the first one takes most of what the others leave. */
export type ListColumn<T> = {
  readonly header: string;
  readonly cells: number;
  /** At most, where there is room. */
  readonly most?: number;
  readonly align?: 'left' | 'right';
  /** Where room is short the largest goes first; 0 stays. */
  readonly goes: number;
  readonly cell: (row: T, state: State) => CellText;
};

export const notTold: CellText = {text: '?', tone: 'dim'};

export const plain = (text: string | undefined): CellText => (text === undefined ? notTold : {text, tone: 'plain'});

type Placed<T> = {readonly column: ListColumn<T>; readonly cells: number};

const MARK_CELLS = 2;
const GAP_CELLS = 2;

/** Names are seldom longer; what is left after that is for a text at the end. */
const MOST_SPARE = 26;
/** So much it has before the others grow. */
const LEAST_SPARE = 8;
/** A number must not touch the border. */
const MARGIN = 1;

/** The columns that have room, in the order of their table. */
function placed<T>(columns: readonly ListColumn<T>[], width: number): readonly Placed<T>[] {
  const taken = columns.reduce((sum, {cells}) => sum + cells + GAP_CELLS, MARK_CELLS - GAP_CELLS + MARGIN);
  const last = Math.max(...columns.map(({goes}) => goes));
  if (taken > width && last > 0)
    return placed(
      columns.filter(({goes}) => goes !== last),
      width,
    );
  let spare = width - taken;
  const take = (most: number): number => {
    const cells = Math.max(0, Math.min(spare, most));
    spare -= cells;
    return cells;
  };
  const name = take(LEAST_SPARE);
  const grown = columns.map(({cells, most = cells}) => cells + take(most - cells));
  const first = name + take(MOST_SPARE - name);
  return columns.map((column, index) => {
    const isLastText = index === columns.length - 1 && column.align !== 'right';
    const more = index === 0 ? first : isLastText ? spare : 0;
    return {column, cells: Math.max(1, (grown[index] ?? column.cells) + more)};
  });
}

/** Counts and how sure we are of them: what is at the right is cut first. */
export function paintShortTitle(left: Line, right: Line, width: number): Line {
  const room = width - lineWidth(left);
  return spread(left, lineWidth(right) <= room ? right : fitLine(right, Math.max(0, room)), width);
}

export function paintListHeadings<T>(columns: readonly ListColumn<T>[], {width, theme}: Brush): Line {
  const cells = placed(columns, width).map(({column, cells: room}) => fitCells(column.header, room, column.align));
  return fitLine([span(`${' '.repeat(MARK_CELLS)}${cells.join(' '.repeat(GAP_CELLS))}`, theme.styleOf('dim'))], width);
}

type Stand = {readonly isCursor: boolean; readonly isDim: boolean};

/** The cursor's row is one inverse bar, as in the list of sandboxes. */
function paintListRow<T>(
  columns: readonly Placed<T>[],
  row: T,
  state: State,
  {isCursor, isDim}: Stand,
  {width, theme}: Brush,
): Line {
  const cells = columns.flatMap(({column, cells: room}, index) => {
    const {text, tone} = column.cell(row, state);
    return [
      span(index === 0 ? (isCursor ? '> ' : '  ') : ' '.repeat(GAP_CELLS)),
      span(fitCells(text, room, column.align), theme.styleOf(isDim ? 'dim' : tone)),
    ];
  });
  const line = fitLine(cells, width);
  return isCursor ? restyle(line, {inverse: true}) : line;
}

type Listed<T> = Place & {readonly rows: {readonly values: () => Iterable<T>}};

/** The rows of the window, `lines` at the most. */
export function paintListRows<T extends {readonly id: string}>(
  columns: readonly ListColumn<T>[],
  {rows, cursor, top}: Listed<T>,
  state: State,
  {lines, isDim}: {readonly lines: number; readonly isDim: boolean},
  brush: Brush,
): readonly Line[] {
  const at = placed(columns, brush.width);
  const all = [...rows.values()];
  const index = all.findIndex(({id}) => id === cursor);
  const first = windowTop(top, index, all.length, lines);
  return all
    .slice(first, first + lines)
    .map((row) => paintListRow(at, row, state, {isCursor: row.id === cursor, isDim}, brush));
}

/** The record of the row under the cursor, with the rule above it; fewer lines where the list needs them. */
export const recordRows = (height: number): number => (height >= 15 ? 6 : height >= 11 ? 3 : 0);

/** Lines that show rows, below `chrome` others. */
export const listRows = (regions: Regions, chrome: number): number => {
  const height = bodyRows(regions) - (regions.framed ? 2 : 0);
  return Math.max(1, height - recordRows(height) - chrome);
};

/** Under its name, in `rows` lines in all. */
export function paintListRecord(name: string | undefined, lines: readonly Line[], rows: number, brush: Brush) {
  if (rows === 0) return [];
  const title = name === undefined ? [] : [span(name, brush.theme.styleOf('bold'))];
  return [rule(title, brush), ...fitBlock(lines, brush.width, rows - 1)];
}
