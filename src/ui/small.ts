import {columnOf} from '../model/columns.ts';
import {formatExpiry} from '../model/format.ts';
import {selectCounts, selectCursorView, selectFreshness, selectNextExpiring} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {type Brush, fitBlock, fitLine, formatCount, restyle, rule, span, spread, toned} from './paint.ts';

const NEXT_COUNT = 5;
const STATUS_CELLS = 8;

/** The next to expire, and the sandbox the keys are for: what fits where no list does. */
export function paintNextExpiring(state: State, height: number, brush: Brush): readonly Line[] {
  const {theme, width} = brush;
  const next = selectNextExpiring(state, NEXT_COUNT);
  const expiryCells = Math.max(...next.map((view) => cellWidth(formatExpiry(view).text)), 0);
  const lines = next.map((view) => paintShortRow(view, expiryCells, view.row.sandbox.id === state.cursor.id, brush));
  const none: readonly Line[] = [[span(' Nothing is due to expire.', theme.styleOf('dim'))]];
  const selected = selectCursorView(state);
  return fitBlock(
    [
      rule([span('next to expire', theme.styleOf('bold'))], brush),
      ...(lines.length > 0 ? lines : none),
      ...(selected ? [paintSelected(selected, state, brush)] : []),
    ],
    width,
    height,
  );
}

/** The id is whole before the status is. */
function paintShortRow(view: RowView, expiryCells: number, isCursor: boolean, {width, theme}: Brush): Line {
  const {text, tone} = formatExpiry(view);
  const {id} = view.row.sandbox;
  const idCells = Math.max(cellWidth(id), width - expiryCells - STATUS_CELLS - 5);
  const line = fitLine(
    [
      span(isCursor ? '>' : ' '),
      span(`${fitCells(text, expiryCells, 'right')}  `, theme.styleOf(tone)),
      span(fitCells(id, idCells)),
      span('  '),
      toned(columnOf('status').cell(view), theme),
    ],
    width,
  );
  return isCursor ? restyle(line, {inverse: true}) : line;
}

/** Where the cursor stands in the list that has no room here. */
function paintSelected(view: RowView, {cursor, order}: State, {width, theme}: Brush): Line {
  const left = [
    span('> ', theme.styleOf('accent')),
    span(view.row.sandbox.id, {inverse: true}),
    span('  '),
    toned(columnOf('status').cell(view), theme),
  ];
  const place = `  ${formatCount(cursor.index + 1)} of ${formatCount(order.size)}`;
  return spread(left, [span(place, theme.styleOf('dim'))], width);
}

/** The whole screen in one line: what needs somebody comes first. */
export function paintOneLine(state: State, {width, theme}: Brush): Line {
  const {word, tone} = selectFreshness(state);
  const [next] = selectNextExpiring(state, 1);
  const asked = state.dialog?.action ?? state.templates.question?.kind;
  const question = asked === undefined ? [] : [span(`${asked}? Esc  `, theme.styleOf('danger'))];
  const counts = selectCounts(state).filter(({count}) => count > 0);
  return fitLine(
    [
      ...question,
      toned({text: word, tone}, theme),
      ...counts.map(({status, count}) => span(` ${status.slice(0, 3)} ${formatCount(count)}`)),
      ...(next ? [span('  next '), toned(formatExpiry(next), theme)] : []),
    ],
    width,
  );
}
