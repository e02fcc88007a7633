import {columnOf} from '../model/columns.ts';
import {formatExpiry} from '../model/format.ts';
import {selectCounts, selectCursorView, selectFreshness, selectNextExpiring} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {type Brush, fitBlock, fitLine, formatCount, rule, span, toned} from './paint.ts';

const NEXT_COUNT = 5;
const EXPIRY_CELLS = 9;

/** The next to expire, and the sandbox the keys are for: what fits where no list does. */
export function paintNextExpiring(state: State, height: number, brush: Brush): readonly Line[] {
  const {theme, width} = brush;
  const next = selectNextExpiring(state, NEXT_COUNT);
  const lines = next.map((view) => paintShortRow(view, brush));
  const none: readonly Line[] = [[span(' Nothing is due to expire.', theme.styleOf('dim'))]];
  const selected = selectCursorView(state);
  return fitBlock(
    [
      rule([span('next to expire', theme.styleOf('bold'))], brush),
      ...(lines.length > 0 ? lines : none),
      ...(selected ? [paintSelected(selected, brush)] : []),
    ],
    width,
    height,
  );
}

function paintShortRow(view: RowView, {width, theme}: Brush): Line {
  const {text, tone} = formatExpiry(view);
  const {sandbox} = view.row;
  return fitLine(
    [
      span(` ${fitCells(text, EXPIRY_CELLS, 'right')}  `, theme.styleOf(tone)),
      span(fitCells(sandbox.id, Math.max(0, width - EXPIRY_CELLS - 14))),
      span('  '),
      toned(columnOf('status').cell(view), theme),
    ],
    width,
  );
}

const paintSelected = (view: RowView, {width, theme}: Brush): Line =>
  fitLine(
    [
      span('> ', theme.styleOf('accent')),
      span(view.row.sandbox.id, {inverse: true}),
      span('  '),
      toned(columnOf('status').cell(view), theme),
    ],
    width,
  );

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
