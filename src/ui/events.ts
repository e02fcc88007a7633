import {formatClock} from '../model/format.ts';
import {type LogEntry, latestEntries} from '../model/log.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {type Brush, fitBlock, fitLine, formatCount, span, spread} from './paint.ts';

const KIND_CELLS = 9;
const ID_CELLS = 18;
/** From here on there is room for where the news came from. */
const WIDE = 120;

/** The newest `height` entries of the log, newest first. */
export function paintEvents(state: State, height: number, brush: Brush): readonly Line[] {
  const entries = latestEntries(state.log, Math.max(0, height));
  return fitBlock(
    entries.map((entry) => paintEvent(entry, brush)),
    brush.width,
    height,
  );
}

/** Counts for the title of the pane. */
export function paintEventCounts({log}: State, {theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const errors = span(`errors ${formatCount(log.errors)}`, theme.styleOf(log.errors > 0 ? 'danger' : 'dim'));
  return [span(`all ${formatCount(log.total)}   mine ${formatCount(log.mine)}   `, dim), errors];
}

function paintEvent(entry: LogEntry, {width, theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const right = trace(entry, width);
  const left = [
    span(` ${formatClock(entry.wall)} `, dim),
    span(
      ` ${fitCells(entry.kind, Math.max(KIND_CELLS, Math.min(12, cellWidth(entry.kind))))} `,
      theme.styleOf(entry.tone),
    ),
    ...(entry.id === undefined
      ? []
      : [span(fitCells(entry.id, Math.max(ID_CELLS, width >= WIDE ? 20 : 0))), span('  ')]),
    span(entry.text),
  ];
  return right === '' ? fitLine(left, width) : spread(left, [span(`  ${right} `, dim)], width);
}

function trace({source, status, requestId}: LogEntry, width: number): string {
  const answer = [status, requestId].filter((part) => part !== undefined).join(' ');
  return width >= WIDE ? [source, answer].filter((part) => part !== '').join('  ') : answer;
}
