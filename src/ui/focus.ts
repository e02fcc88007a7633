import {chartRanges, focusTabs, isFocusListed, type TabId} from '../model/focus.ts';
import {selectCursorView} from '../model/select.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {paintCharts, paintFocusSide, paintOverviewTab, sideColumns} from './focusOverview.ts';
import {focusPageOf, paintFocusPage} from './focusPage.ts';
import {type Brush, fitBlock, fitLine, formatCount, framed, lineWidth, rule, span} from './paint.ts';
import type {Regions} from './regions.ts';
import type {Theme} from './theme.ts';

/** Before and after a title in a rule. */
const RULE_CELLS = 3;

/** One sandbox over the whole screen: what is open of it, and where it stands in the list. */
export function paintFocusPane(state: State, {detail, framed: hasBorder}: Regions, theme: Theme): readonly Line[] {
  if (!detail) return [];
  const {columns: width, rows: height} = detail;
  if (!hasBorder) {
    const brush = {width, theme};
    return fitBlock([paintTitleRule(state, brush), ...paintTab(state, height - 1, brush)], width, height);
  }
  const side = state.focus.tab === 'overview' && hasCharts(state) ? sideColumns(width) : 0;
  const main = paintFramed(state, {width: width - side, height}, theme, (rows, brush) =>
    side === 0 ? paintTab(state, rows, brush) : paintCharts(selectCursorView(state), state, rows, brush),
  );
  if (side === 0) return main;
  const beside = framed(
    paintFocusSide(selectCursorView(state), state, height - 2, {width: side - 2, theme}),
    {title: [span('Record', theme.styleOf('bold'))], focused: false, width: side, height},
    theme,
  );
  return main.map((line, row) => [...line, ...(beside[row] ?? [])]);
}

/** What is not running has no load: its record and its events have the room. */
function hasCharts(state: State): boolean {
  const view = selectCursorView(state);
  const isRunning = view?.row.tombstone === undefined && view?.row.sandbox.status === 'running';
  return isRunning || state.metrics.get(view?.row.sandbox.id ?? '')?.latest !== undefined;
}

type Size = {readonly width: number; readonly height: number};

function paintFramed(
  state: State,
  {width, height}: Size,
  theme: Theme,
  paint: (rows: number, brush: Brush) => readonly Line[],
): readonly Line[] {
  const inner = {width: width - 2, theme};
  const right = rangeLine(state, theme);
  const title = titleLine(state, {width: width - 8 - lineWidth(right), theme});
  const frame = {title, focused: true, width, height, ...(right.length === 0 ? {} : {right})};
  return framed(paint(height - 2, inner), frame, theme);
}

const tabPainters: Readonly<Record<TabId, (state: State, rows: number, brush: Brush) => readonly Line[]>> = {
  overview: (state, rows, brush) => paintOverviewTab(selectCursorView(state), state, rows, brush),
  events: paintPage,
  json: paintPage,
};

const paintTab = (state: State, rows: number, brush: Brush): readonly Line[] =>
  tabPainters[state.focus.tab](state, rows, brush);

function paintPage(state: State, rows: number, brush: Brush): readonly Line[] {
  return paintFocusPage(focusPageOf(state, brush.width), state, rows, brush);
}

function paintTitleRule(state: State, brush: Brush): Line {
  const {width, theme} = brush;
  const range = rangeLine(state, theme);
  const right = range.length === 0 ? [] : [span(' '), ...range, span(' ─', theme.styleOf('dim'))];
  const room = width - lineWidth(right);
  const isRoom = cellWidth(idOf(state)) + 1 + lineWidth(tabsLine(state, theme)) + RULE_CELLS <= room;
  if (!isRoom) return rule(titleLine(state, {width: width - RULE_CELLS, theme}), brush);
  return [...rule(titleLine(state, {width: room - RULE_CELLS, theme}), {width: room, theme}), ...right];
}

const idOf = ({cursor}: State): string => cursor.id ?? 'nothing selected';

/** The id, its place in the list and the tabs: the place makes way first, then the end of the id. */
function titleLine(state: State, {width, theme}: Brush): Line {
  const {cursor, order} = state;
  const id = idOf(state);
  const tabs = tabsLine(state, theme);
  const room = width - lineWidth(tabs) - 1;
  const place = isFocusListed(state)
    ? `  ${formatCount(cursor.index + 1)} of ${formatCount(order.size)} `
    : '  not in the list ';
  const shownPlace = cellWidth(id) + cellWidth(place) <= room ? place : '';
  const shownId = cellWidth(id) <= room ? id : fitCells(id, Math.max(1, room));
  return fitLine(
    [span(shownId, theme.styleOf('bold')), span(`${shownPlace} `, theme.styleOf('dim')), ...tabs],
    Math.min(width, cellWidth(shownId) + cellWidth(shownPlace) + 1 + lineWidth(tabs)),
  );
}

/** `[Overview] Events JSON` */
const tabsLine = ({focus}: State, theme: Theme): Line =>
  focusTabs.flatMap(({id, label}, index) => {
    const isOpen = id === focus.tab;
    const text = isOpen ? `[${label}]` : label;
    return [span(index === 0 ? '' : ' '), span(text, theme.styleOf(isOpen ? 'accent' : 'dim'))];
  });

/** `1m [10m] 60m` */
function rangeLine({focus}: State, theme: Theme): Line {
  if (focus.tab !== 'overview') return [];
  return chartRanges.flatMap(({id}, index) => {
    const isChosen = id === focus.range;
    const text = isChosen ? `[${id}]` : id;
    return [span(index === 0 ? '' : ' '), span(text, theme.styleOf(isChosen ? 'accent' : 'dim'))];
  });
}
