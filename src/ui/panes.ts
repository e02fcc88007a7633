import {isOutdated, selectColumns, selectCursorView, selectSampled, selectWindow} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import type {Line} from '../terminal/cells.ts';
import {paintDetail, paintPreview} from './detail.ts';
import {paintEmpty} from './empty.ts';
import {paintEventCounts, paintEvents} from './events.ts';
import {paintListTitle} from './listTitle.ts';
import {type Brush, fitBlock, formatCount, framed, rule, span} from './paint.ts';
import type {Regions} from './regions.ts';
import {paintHeadings, paintRow, placeColumns, type Stand} from './table.ts';
import type {Theme} from './theme.ts';

/** The list with its title and headings, in a border where there is room for one. */
export function paintListPane(state: State, regions: Regions, theme: Theme): readonly Line[] {
  const {list, framed: hasBorder, footRows} = regions;
  const width = hasBorder ? list.columns - 2 : list.columns;
  const height = (hasBorder ? list.rows - 2 : list.rows) - footRows;
  const brush = {width, theme};
  // A number must not touch the border.
  const margin = hasBorder ? 1 : 0;
  const lines = [
    ...fitBlock(paintList(state, height, margin, brush), width, height),
    ...paintFoot(state, footRows, brush),
  ];
  if (!hasBorder) return lines;
  const title = [span('Sandboxes', theme.styleOf('bold'))];
  return framed(lines, {title, focused: true, width: list.columns, height: list.rows}, theme);
}

/** The newest events under a rule. */
const paintFoot = (state: State, rows: number, brush: Brush): readonly Line[] =>
  rows === 0 ? [] : [rule([], brush), ...paintEvents(state, rows - 1, brush)];

function paintList(state: State, height: number, margin: number, brush: Brush): readonly Line[] {
  const placed = placeColumns(selectColumns(state), brush.width, margin);
  const rows = selectWindow(state)
    .slice(0, Math.max(0, height - 2))
    .map((view) => paintRow(view, placed, standOf(view, state), brush));
  const shown = [...rows, ...paintEmpty(state, brush)];
  const spare = height - 2 - shown.length;
  const legend = rows.length > 0 && spare >= 2 ? [[], paintLegend(state, brush)] : [];
  return [paintListTitle(state, brush), paintHeadings(placed, state.sort.column, brush), ...shown, ...legend];
}

const standOf = ({row}: RowView, state: State): Stand => ({
  isCursor: row.sandbox.id === state.cursor.id,
  isMarked: state.marks.has(row.sandbox.id),
  isOutdated: isOutdated(state, row),
});

/** What the signs in the columns mean, while there is a line for it. */
function paintLegend(state: State, {theme}: Brush): Line {
  const {sampled, running} = selectSampled(state);
  const counts = `${formatCount(sampled)} of ${formatCount(running)}`;
  return [span(`  · not sampled (${counts} are)   - not applicable   ? not told`, theme.styleOf('dim'))];
}

/** Two lines on the selected sandbox under a rule; nothing where the detail is beside the list. */
export function paintPreviewPane(state: State, {previewRows, columns}: Regions, theme: Theme): readonly Line[] {
  if (previewRows === 0) return [];
  const brush = {width: columns, theme};
  return fitBlock([rule([], brush), ...paintPreview(selectCursorView(state), state, brush)], columns, previewRows);
}

/** Beside the list, or over the whole screen. */
export function paintDetailPane(state: State, regions: Regions, theme: Theme): readonly Line[] {
  const {detail, framed: hasBorder, kind} = regions;
  if (!detail) return [];
  const view = selectCursorView(state);
  const title = [span(view?.row.sandbox.id ?? 'nothing selected', theme.styleOf('bold'))];
  if (hasBorder) {
    const brush = {width: detail.columns - 2, theme};
    const lines = paintDetail(view, state, detail.rows - 2, brush);
    const focused = kind === 'detail';
    return framed(lines, {title, focused, width: detail.columns, height: detail.rows}, theme);
  }
  const brush = {width: detail.columns, theme};
  return fitBlock(
    [rule(title, brush), ...paintDetail(view, state, detail.rows - 1, brush)],
    detail.columns,
    detail.rows,
  );
}

/** The newest events under a rule or in a border. */
export function paintEventsPane(state: State, {events, framed: hasBorder}: Regions, theme: Theme): readonly Line[] {
  if (!events) return [];
  const {columns, rows} = events;
  if (hasBorder) {
    const brush = {width: columns - 2, theme};
    const title = [span('Events', theme.styleOf('bold'))];
    const right = paintEventCounts(state, brush);
    return framed(
      paintEvents(state, rows - 2, brush),
      {title, right, focused: false, width: columns, height: rows},
      theme,
    );
  }
  return paintFoot(state, rows, {width: columns, theme});
}
