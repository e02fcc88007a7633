import {stripVTControlCharacters} from 'node:util';
import {renderToString} from 'ink';
import type {State} from '../../src/model/state.ts';
import {regions, shownOf} from '../../src/ui/regions.ts';
import {Screen} from '../../src/ui/Screen.tsx';
import {createTheme} from '../../src/ui/theme.ts';

/** The state as it is once the terminal has this size. */
export function sized(state: State, columns: number, rows: number): State {
  const {listRows} = regions(columns, rows, shownOf(state));
  return {...state, screen: {columns, rows, listRows}};
}

/** The whole screen as Ink lays it out, with its SGR codes. */
export function showStyled(state: State, columns: number, rows: number, colour = true): string {
  const theme = createTheme({colour});
  const place = regions(columns, rows, shownOf(state));
  return renderToString(<Screen getState={() => sized(state, columns, rows)} regions={place} theme={theme} />, {
    columns,
  });
}

/** The same as plain text. */
export const show = (state: State, columns: number, rows: number): string =>
  stripVTControlCharacters(showStyled(state, columns, rows))
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
