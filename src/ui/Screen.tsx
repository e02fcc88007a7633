import {Box, Text} from 'ink';
import Spinner from 'ink-spinner';
import type {State} from '../model/state.ts';
import {Canvas} from '../terminal/Canvas.tsx';
import type {Line} from '../terminal/cells.ts';
import {Lines} from '../terminal/Lines.tsx';
import {blockWidth, paintBlock} from './block.ts';
import {bodyRows} from './body.ts';
import {paintBuilds} from './builds.ts';
import {isWaiting} from './empty.ts';
import {paintEventLog} from './eventLog.ts';
import {paintFooter} from './footer.ts';
import {Help} from './Help.tsx';
import {paintHeader} from './header.ts';
import {paintOverview} from './overview.ts';
import {blankLine} from './paint.ts';
import {paintDetailPane, paintEventsPane, paintListPane, paintPreviewPane} from './panes.ts';
import type {Regions} from './regions.ts';
import {paintNextExpiring, paintOneLine} from './small.ts';
import {paintTemplates} from './templates.ts';
import type {Theme} from './theme.ts';

type Props = {
  /** The state as it is shown now: canvases are painted more often than they are rendered. */
  readonly getState: () => State;
  readonly regions: Regions;
  readonly theme: Theme;
};

/** The whole screen, exactly as large as the terminal: more than its rows would make Ink clear it at every frame. */
export function Screen(props: Props) {
  const {columns, rows} = props.regions;
  return (
    <Box width={columns} height={rows} overflow="hidden" flexDirection="column">
      {props.regions.kind === 'line' ? <OneLine {...props} /> : <Framework {...props} />}
    </Box>
  );
}

function OneLine({getState, regions: {columns}, theme}: Props) {
  return <Canvas columns={columns} rows={1} paint={() => [paintOneLine(getState(), {width: columns, theme})]} />;
}

function Framework(props: Props) {
  const {getState, regions, theme} = props;
  const {columns, headerRows, footerRows} = regions;
  const brush = {width: columns, theme};
  return (
    <>
      <Canvas columns={columns} rows={headerRows} paint={() => paintHeader(getState(), brush)} />
      <Body {...props} />
      <Canvas columns={columns} rows={footerRows} paint={() => [paintFooter(getState(), brush)]} />
      <Cover {...props} />
    </>
  );
}

type Painter = (state: State, regions: Regions, theme: Theme) => readonly Line[];

type PaneProps = Props & {
  readonly at: {readonly columns: number; readonly rows: number};
  readonly painter: Painter;
};

const Pane = ({at: {columns, rows}, painter, getState, regions, theme}: PaneProps) => (
  <Canvas columns={columns} rows={rows} paint={() => painter(getState(), regions, theme)} />
);

/** Views that are one thing over the whole body. */
const wholeBody: Partial<Readonly<Record<Regions['kind'], Painter>>> = {
  templates: paintTemplates,
  builds: paintBuilds,
  overview: paintOverview,
};

function Body(props: Props) {
  const {kind, list, detail, events, previewRows, columns} = props.regions;
  if (kind === 'counts') return <Pane {...props} at={list} painter={paintCountsPane} />;
  if (kind === 'events' && events) return <Pane {...props} at={events} painter={paintEventLog} />;
  const whole = wholeBody[kind];
  if (whole) return <Pane {...props} at={{columns, rows: bodyRows(props.regions)}} painter={whole} />;
  if (kind === 'detail' && detail) return <Pane {...props} at={detail} painter={paintDetailPane} />;
  return (
    <>
      <Box>
        <Pane {...props} at={list} painter={paintListPane} />
        {detail && <Pane {...props} at={detail} painter={paintDetailPane} />}
      </Box>
      {previewRows > 0 && <Pane {...props} at={{columns, rows: previewRows}} painter={paintPreviewPane} />}
      {events && <Pane {...props} at={events} painter={paintEventsPane} />}
      <Waiting {...props} />
    </>
  );
}

const paintCountsPane: Painter = (state, {list}, theme) =>
  paintNextExpiring(state, list.rows, {width: list.columns, theme});

/** Turns before the message of the empty list, until the first row is there; nothing else ever moves by itself. */
function Waiting({getState, regions}: Props) {
  if (!isWaiting(getState()) || regions.kind !== 'list') return null;
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
function Cover(props: Props) {
  const {getState, regions, theme} = props;
  const block = paintBlock(getState(), regions, theme);
  if (block) return <Block {...props} lines={block} />;
  return getState().overlay?.kind === 'help' ? <WholeHelp {...props} /> : null;
}

/** A block in the middle, as large as it is now: a change of its size is rendered, a change of its text is painted. */
function Block({getState, regions, theme, lines}: Props & {readonly lines: readonly Line[]}) {
  const size = {columns: blockWidth(lines), rows: lines.length};
  const top = Math.max(0, Math.floor((regions.rows - 1 - size.rows) / 2));
  const left = Math.max(0, Math.floor((regions.columns - size.columns) / 2));
  return (
    <Box position="absolute" top={top} left={left} flexDirection="column">
      <Canvas {...size} paint={() => paintBlock(getState(), regions, theme) ?? []} />
    </Box>
  );
}

function WholeHelp({getState, regions: {columns, rows}, theme}: Props) {
  return (
    <Box position="absolute" top={0} left={0} flexDirection="column" width={columns} height={rows - 1}>
      <Box position="absolute" top={0} left={0} flexDirection="column">
        <Lines lines={Array.from({length: rows - 1}, () => blankLine(columns))} />
      </Box>
      <Box position="absolute" top={0} left={0}>
        <Help state={getState()} columns={columns} rows={rows - 1} theme={theme} />
      </Box>
    </Box>
  );
}
