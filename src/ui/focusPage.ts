import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {eventsPage} from './focusLog.ts';
import {recordPage} from './focusRecord.ts';
import {type Brush, fitBlock, formatCount, span, spread} from './paint.ts';

/** What scrolls in a tab. */
export type FocusPage = {
  /** What it is, in the line above it. */
  readonly about: (brush: Brush) => Line;
  readonly size: number;
  /** Lines that have come above since it was scrolled. */
  readonly added: number;
  readonly paint: (line: number, brush: Brush) => Line;
};

/** Lines above what scrolls. */
const ABOUT_ROWS = 1;

/** The overview fits the screen: it has no lines to scroll. */
export function focusPageOf(state: State, width: number): FocusPage {
  if (state.focus.tab === 'events') return eventsPage(state, width);
  if (state.focus.tab === 'json') return recordPage(state, width);
  return {about: () => [], size: 0, added: 0, paint: () => []};
}

/** Lines that scroll, of `rows` in all. */
export const pageRows = (rows: number): number => Math.max(1, rows - ABOUT_ROWS);

/** The last line that may stand first: none is empty without need. */
export const lastTop = ({size}: FocusPage, rows: number): number => Math.max(0, size - pageRows(rows));

/** The first visible line. At the top what comes is seen; further down the picture stands still. */
export function topOf(page: FocusPage, {focus: {top}}: State, rows: number): number {
  return top === 0 ? 0 : Math.min(lastTop(page, rows), top + page.added);
}

export function paintFocusPage(page: FocusPage, state: State, rows: number, brush: Brush): readonly Line[] {
  const {width, theme} = brush;
  const visible = pageRows(rows);
  const top = topOf(page, state, rows);
  const shown = Math.min(visible, page.size - top);
  const lines = Array.from({length: Math.max(0, shown)}, (_, line) => page.paint(top + line, brush));
  const place =
    page.size <= visible ? '' : ` ${formatCount(top + 1)}-${formatCount(top + shown)} of ${formatCount(page.size)} `;
  return fitBlock([spread(page.about(brush), [span(place, theme.styleOf('dim'))], width), ...lines], width, rows);
}
