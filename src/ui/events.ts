import {entriesOf} from '../model/focus.ts';
import {formatClock} from '../model/format.ts';
import {type LogEntry, latestEntries} from '../model/log.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {type Brush, fitBlock, fitLine, formatCount, lineWidth, span, spread} from './paint.ts';
import type {Theme} from './theme.ts';

const KIND_CELLS = 9;
/** From here on there is room to align the kinds. */
const ROOMY = 60;
const MOST_KIND_CELLS = 12;
const ID_CELLS = 18;
const WIDE_ID_CELLS = 20;
/** Of an id at the least, before the text is cut: ids that were made one after the other begin alike. */
const leastIdCells = (width: number) => (width >= WHOLE_ID ? 19 : 10);
/** From here on half a line is left for the text. */
const WHOLE_ID = 76;
const ID_GAP = '  ';
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

/** At most `most` lines on what happened to one sandbox, newest first, without its id. */
export const paintEventsOf = (id: string, {log}: State, most: number, brush: Brush): readonly Line[] =>
  entriesOf(log, id, most).map((entry) => paintEvent({...entry, id: undefined}, brush));

/** Counts for the title of the pane. */
export function paintEventCounts({log}: State, {theme}: Brush): Line {
  const dim = theme.styleOf('dim');
  const errors = span(`errors ${formatCount(log.errors)}`, theme.styleOf(log.errors > 0 ? 'danger' : 'dim'));
  return [span(`all ${formatCount(log.total)}   mine ${formatCount(log.mine)}   `, dim), errors];
}

/** One entry, a cell free before it. The text is what matters: the request makes way for it first, then what only aligns, then most of the id. */
export function paintEvent(entry: LogEntry, {width, theme}: Brush): Line {
  const fitting = layoutsOf(entry, width)
    .map(({kindCells, id, trace}) => ({left: paintLeft(entry, kindCells, id, theme), trace}))
    .find(({left, trace}) => lineWidth(left) + cellWidth(trace) <= width);
  if (!fitting) return fitLine(paintCut(entry, {width, theme}), width);
  const {left, trace} = fitting;
  return trace === '' ? fitLine(left, width) : spread(left, [span(trace, theme.styleOf('dim'))], width);
}

const kindCellsOf = (width: number): number => (width >= ROOMY ? KIND_CELLS : 0);

type Layout = {readonly kindCells: number; readonly id: string; readonly trace: string};

/** The fullest first. */
function layoutsOf({id, ...entry}: LogEntry, width: number): readonly Layout[] {
  const whole = id === undefined ? '' : `${id}${ID_GAP}`;
  const padded = id === undefined ? '' : `${fitCells(id, width >= WIDE ? WIDE_ID_CELLS : ID_CELLS)}${ID_GAP}`;
  // After what was done here the id stands wherever that ends.
  const aligned = entry.source === 'you' ? whole : padded;
  return [
    ...tracesOf(entry, width).map((trace) => ({kindCells: kindCellsOf(width), id: aligned, trace})),
    {kindCells: kindCellsOf(width), id: whole, trace: ''},
    {kindCells: 0, id: whole, trace: ''},
  ];
}

/** With as much of the id as the text leaves, but never less than tells it from others. */
function paintCut(entry: LogEntry, {width, theme}: Brush): Line {
  const {id} = entry;
  const kindCells = kindCellsOf(width);
  if (id === undefined) return paintLeft(entry, kindCells, '', theme);
  const others = lineWidth(paintLeft(entry, kindCells, '', theme)) + ID_GAP.length;
  const cells = Math.min(cellWidth(id), Math.max(leastIdCells(width), width - others));
  return paintLeft(entry, kindCells, `${fitCells(id, cells)}${ID_GAP}`, theme);
}

/** Time, kind, id and text; what was done here begins with `you`, and the text does not say again what it was. */
function paintLeft(entry: LogEntry, kindCells: number, id: string, theme: Theme): Line {
  const {wall, kind, source, tone, text} = entry;
  const clock = span(` ${formatClock(wall)}  `, theme.styleOf('dim'));
  const word = (said: string) => fitCells(said, Math.max(kindCells, Math.min(MOST_KIND_CELLS, cellWidth(said))));
  if (source !== 'you') return [clock, span(`${word(kind)} `, theme.styleOf(tone)), span(id), span(text)];
  const rest = text.startsWith(kind) ? text.replace(/^\w+ (?=.)/, '') : text;
  const done = span(`${kind} `, theme.styleOf(tone));
  return [clock, span(`${word('you')} `, theme.styleOf('accent')), done, span(id), span(rest)];
}

/** Where the news came from and how the server answered, the longest first. */
function tracesOf({source, status, requestId}: Pick<LogEntry, 'source' | 'status' | 'requestId'>, width: number) {
  const answer = [status, requestId].filter((part) => part !== undefined).join(' ');
  const from = width >= WIDE && source !== 'you' ? [source, answer] : [answer];
  const traces = [from.filter((part) => part !== '').join('  '), answer, String(status ?? '')];
  return [...traces.filter((trace) => trace !== '').map((trace) => `  ${trace} `), ''];
}
