import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {blockWidth, paintDialog} from './dialog.ts';
import {isWaiting} from './empty.ts';
import {paintFooter} from './footer.ts';
import {Help} from './Help.tsx';
import {paintHeader} from './header.ts';
import {Lines} from './Lines.tsx';
import {blankLine} from './paint.ts';
import {paintDetailPane, paintEventsPane, paintListPane, paintPreviewPane} from './panes.ts';
import type {Regions} from './regions.ts';
import {paintNextExpiring, paintOneLine} from './small.ts';
import {paintSortMenu} from './sortMenu.ts';
import type {Theme} from './theme.ts';

type Props = {readonly state: State; readonly regions: Regions; readonly theme: Theme};

/** The whole screen, exactly as large as the terminal: more than its rows would make Ink clear it at every frame. */
export function Screen({state, regions, theme}: Props) {
  const {columns, rows} = regions;
  return (
    <Box width={columns} height={rows} overflow="hidden" flexDirection="column">
      {regions.kind === 'line' ? (
        <Lines lines={[paintOneLine(state, {width: columns, theme})]} theme={theme} />
      ) : (
        <Framework state={state} regions={regions} theme={theme} />
      )}
      {regions.kind !== 'line' && <Cover state={state} regions={regions} theme={theme} />}
    </Box>
  );
}

function Framework({state, regions, theme}: Props) {
  const brush = {width: regions.columns, theme};
  return (
    <>
      <Lines lines={paintHeader(state, brush)} theme={theme} />
      <Body state={state} regions={regions} theme={theme} />
      <Lines lines={[paintFooter(state, brush)]} theme={theme} />
    </>
  );
}

function Body({state, regions, theme}: Props) {
  const {kind, list, detail} = regions;
  if (kind === 'counts') {
    const brush = {width: list.columns, theme};
    return <Lines lines={paintNextExpiring(state, list.rows, brush)} theme={theme} />;
  }
  if (kind === 'detail' && detail) return <Lines lines={paintDetailPane(state, regions, theme)} theme={theme} />;
  return (
    <>
      <Box>
        <Column lines={paintListPane(state, regions, theme)} width={list.columns} theme={theme} />
        {detail && <Column lines={paintDetailPane(state, regions, theme)} width={detail.columns} theme={theme} />}
      </Box>
      <Waiting state={state} regions={regions} />
      <Lines lines={paintPreviewPane(state, regions, theme)} theme={theme} />
      <Lines lines={paintEventsPane(state, regions, theme)} theme={theme} />
    </>
  );
}

type ColumnProps = {readonly lines: readonly Line[]; readonly width: number; readonly theme: Theme};

const Column = ({lines, width, theme}: ColumnProps) => (
  <Box flexDirection="column" width={width}>
    <Lines lines={lines} theme={theme} />
  </Box>
);

/** Turns before the message of the empty list, until the first row is there; nothing else ever moves by itself. */
function Waiting({state, regions}: Omit<Props, 'theme'>) {
  if (!isWaiting(state) || regions.kind !== 'list') return null;
  const border = regions.framed ? 1 : 0;
  return (
    <Box position="absolute" top={regions.headerRows + border + 3} left={border + 2}>
      <Text>
        <Spinner />
      </Text>
    </Box>
  );
}

/** What lies over the screen: opaque, since every cell of it is painted. */
function Cover({state, regions, theme}: Props) {
  const {columns, rows} = regions;
  if (state.dialog) {
    return (
      <Centred
        lines={paintDialog(state, state.dialog, {columns, rows: rows - 1}, theme)}
        regions={regions}
        theme={theme}
      />
    );
  }
  if (state.overlay?.kind === 'sort') {
    return <Centred lines={paintSortMenu(state, {columns, rows: rows - 1}, theme)} regions={regions} theme={theme} />;
  }
  if (state.overlay?.kind !== 'help') return null;
  return (
    <Box position="absolute" top={0} left={0} flexDirection="column" width={columns} height={rows - 1}>
      <Box position="absolute" top={0} left={0} flexDirection="column">
        <Lines lines={Array.from({length: rows - 1}, () => blankLine(columns))} theme={theme} />
      </Box>
      <Box position="absolute" top={0} left={0}>
        <Help state={state} columns={columns} rows={rows - 1} theme={theme} />
      </Box>
    </Box>
  );
}

type CentredProps = {readonly lines: readonly Line[]; readonly regions: Regions; readonly theme: Theme};

function Centred({lines, regions, theme}: CentredProps) {
  const top = Math.max(0, Math.floor((regions.rows - 1 - lines.length) / 2));
  const left = Math.max(0, Math.floor((regions.columns - blockWidth(lines)) / 2));
  return (
    <Box position="absolute" top={top} left={left} flexDirection="column">
      <Lines lines={lines} theme={theme} />
    </Box>
  );
}
