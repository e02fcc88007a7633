import type {State} from '../src/model/state.ts';
import type {Line} from '../src/terminal/cells.ts';
import {paintFooter} from '../src/ui/footer.ts';
import {paintHeader} from '../src/ui/header.ts';
import {paintDetailPane, paintListPane} from '../src/ui/panes.ts';
import {regions, shownOf} from '../src/ui/regions.ts';
import type {Theme} from '../src/ui/theme.ts';

/** The lines of the screen at this size, by the same painters, for nobody. */
export function paintScreen(state: State, theme: Theme): readonly (readonly Line[])[] {
  const {columns, rows} = state.screen;
  const place = regions(columns, rows, shownOf(state));
  const brush = {width: columns, theme};
  return [
    paintHeader(state, brush),
    ...(place.kind === 'list' ? [paintListPane(state, place, theme)] : []),
    paintDetailPane(state, place, theme),
    [paintFooter(state, brush)],
  ];
}
