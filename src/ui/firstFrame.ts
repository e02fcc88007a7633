import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {paintFooter} from './footer.ts';
import {paintHeader} from './header.ts';
import {paintDetailPane, paintEventsPane, paintListPane, paintPreviewPane} from './panes.ts';
import type {Regions} from './regions.ts';
import {paintNextExpiring, paintOneLine} from './small.ts';
import type {Theme} from './theme.ts';

/** The screen from the top, as `Screen` shows the same state, for the moment in which Ink is not loaded yet. */
export function paintFirstFrame(state: State, regions: Regions, theme: Theme): readonly Line[] {
  const {columns, kind} = regions;
  const brush = {width: columns, theme};
  if (kind === 'line') return [paintOneLine(state, brush)];
  return [...paintHeader(state, brush), ...paintBody(state, regions, theme), paintFooter(state, brush)];
}

function paintBody(state: State, regions: Regions, theme: Theme): readonly Line[] {
  const {kind, list} = regions;
  if (kind === 'counts') return paintNextExpiring(state, list.rows, {width: list.columns, theme});
  const detail = paintDetailPane(state, regions, theme);
  if (kind === 'detail') return detail;
  return [
    ...paintListPane(state, regions, theme).map((line, at) => [...line, ...(detail[at] ?? [])]),
    ...paintPreviewPane(state, regions, theme),
    ...paintEventsPane(state, regions, theme),
  ];
}
