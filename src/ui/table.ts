import type {Column} from '../model/columns.ts';
import type {RowView} from '../model/view.ts';
import type {Line, Style} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {type Brush, fitLine, restyle, span} from './paint.ts';
import type {Theme} from './theme.ts';

/** A column and the cells it gets. */
export type Placed = {readonly column: Column; readonly cells: number};

/** The cursor's mark and a space. */
const MARK_CELLS = 2;
/** Between two columns; where room is short an id in full is worth more than air. */
const GAP_CELLS = 2;
const NARROW_GAP_CELLS = 1;
const NARROW = 90;

const gapOf = (width: number) => (width < NARROW ? NARROW_GAP_CELLS : GAP_CELLS);

/** A cut id cannot be told from its neighbours, nor typed to delete it: it has its most before others have a place. */
const leastOf = ({id, width: [least, most]}: Column, width: number) => (id === 'id' && width >= WIDE_ID ? most : least);
const WIDE_ID = 56;

/**
 * As many columns as fit, by priority; what is left over widens them in table order, up to their most. `margin` cells
 * at the right end stay free.
 */
export function placeColumns(wanted: readonly Column[], width: number, margin = 0): readonly Placed[] {
  const kept = new Set<Column>();
  let left = width - margin - MARK_CELLS;
  for (const column of wanted.toSorted((a, b) => a.priority - b.priority)) {
    const cells = leastOf(column, width) + (kept.size === 0 ? 0 : gapOf(width));
    if (cells > left) continue;
    kept.add(column);
    left -= cells;
  }
  return wanted
    .filter((column) => kept.has(column))
    .map((column) => {
      const least = leastOf(column, width);
      const extra = Math.min(left, column.width[1] - least);
      left -= extra;
      return {column, cells: least + extra};
    });
}

/** The line of headings; the column that sorts is in the accent. */
export function paintHeadings(placed: readonly Placed[], sorted: string, {width, theme}: Brush): Line {
  const cells = placed.flatMap(({column, cells: room}, index) => [
    span(index === 0 ? ' '.repeat(MARK_CELLS) : ' '.repeat(gapOf(width))),
    span(fitCells(column.header, room, column.align), theme.styleOf(column.id === sorted ? 'accent' : 'dim')),
  ]);
  return fitLine(cells, width);
}

export type Stand = {readonly isCursor: boolean; readonly isMarked: boolean; readonly isOutdated: boolean};

/**
 * One sandbox: the cursor's row is one inverse bar, a dead one is dim throughout; of one that nobody has heard of since
 * a gap began all is dim but the time.
 */
export function paintRow(view: RowView, placed: readonly Placed[], stand: Stand, {width, theme}: Brush): Line {
  const {isCursor, isOutdated} = stand;
  const isDead = view.row.tombstone !== undefined;
  const cells = placed.flatMap(({column, cells: room}, index) => {
    const {text, tone} = column.cell(view);
    const isDim = isDead || (isOutdated && !column.outlivesGaps);
    return [
      ...(index === 0 ? marks(stand, view.isPinned, theme) : [span(' '.repeat(gapOf(width)))]),
      span(fitCells(text, room, column.align), theme.styleOf(isDim ? 'dim' : tone)),
    ];
  });
  const line = fitLine(cells, width);
  return isCursor ? restyle(line, CURSOR) : line;
}

const CURSOR: Style = {inverse: true};

/** The cursor's, then the user's own, or that of a row that stays at the top. */
const marks = ({isCursor, isMarked}: Stand, isPinned: boolean, theme: Theme): Line => [
  span(isCursor ? '>' : ' '),
  isMarked ? span('*', theme.styleOf('accent')) : span(isPinned ? '^' : ' '),
];
