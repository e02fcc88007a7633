import {entriesOf} from '../model/focus.ts';
import {formatClock} from '../model/format.ts';
import {type LogEntry, latestEntries} from '../model/log.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth, fitCells} from '../terminal/text.ts';
import {type Brush, fitBlock, fitLine, formatCount, lineWidth, span, spread} from './paint.ts';

/** From here on there is room for air between the parts. */
const ROOMY = 60;
/** What was done here has this before its verb, so that no colour is needed to tell it. */
const OWN = 'you';
const WITH_SECONDS = 44;
const KIND_CELLS = 9;
const NARROW_KIND_CELLS = 8;
/** Kinds are the server's words too. */
const MOST_KIND_CELLS = 12;
/** Ids of HopX take 17 or 18 cells. */
const ID_CELLS = 18;
const WIDE_ID_CELLS = 20;
/** Of an id at the least, before the text is cut: ids that were made one after the other begin alike. */
const LEAST_ID_CELLS = 19;
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

/**
 * One entry, a cell free before it: time, `you` where it was done here, kind, id and text, each in its column whoever tells
 * it. The text is what matters: where it comes from and the request make way for it first, then most of the id.
 */
export function paintEvent(entry: LogEntry, brush: Brush): Line {
  const {width, theme} = brush;
  const left = paintLeft(entry, brush);
  const trace = tracesOf(entry, width).find((each) => lineWidth(left) + cellWidth(each) <= width) ?? '';
  return trace === '' ? fitLine(left, width) : spread(left, [span(trace, theme.styleOf('dim'))], width);
}

/** Where lines are short the id is worth more than the seconds. */
const clockOf = ({wall}: LogEntry, width: number): string =>
  ` ${width >= WITH_SECONDS ? formatClock(wall) : formatClock(wall).slice(0, -3)} `;

function paintLeft(entry: LogEntry, {width, theme}: Brush): Line {
  const {source, tone, id} = entry;
  const {verb, rest} = wordsOf(entry);
  const kindCells = width >= ROOMY ? KIND_CELLS : NARROW_KIND_CELLS;
  const head = [
    span(clockOf(entry, width), theme.styleOf('dim')),
    span(`${source === 'you' ? OWN : ' '.repeat(OWN.length)} `, theme.styleOf('accent')),
    span(`${fitCells(verb, Math.max(kindCells, Math.min(MOST_KIND_CELLS, cellWidth(verb))))} `, theme.styleOf(tone)),
  ];
  if (id === undefined) return [...head, span(rest)];
  return [...head, span(idPart(id, lineWidth(head) + cellWidth(rest), width)), span(rest)];
}

/** With as much of the id as the text leaves, but never less than tells it from others. */
function idPart(id: string, others: number, width: number): string {
  const gap = width >= ROOMY ? ID_GAP : ' ';
  const left = width - others - gap.length;
  const shown = Math.min(cellWidth(id), Math.max(LEAST_ID_CELLS, left));
  const column = width >= WIDE ? WIDE_ID_CELLS : ID_CELLS;
  return `${fitCells(id, Math.max(shown, width >= ROOMY ? column : shown))}${gap}`;
}

/** What the text says of the verb is not said twice: `extend` and `extended 14:14 -> 14:44` are `extended`, then the times. */
function wordsOf({source, kind, text}: LogEntry): {readonly verb: string; readonly rest: string} {
  if (source !== 'you') return {verb: kind, rest: text};
  const action = many.exec(kind)?.[1];
  if (action !== undefined) return {verb: 'bulk', rest: `${action}  ${text}`};
  const [first = '', ...others] = text.split(' ');
  return first.startsWith(kind) ? {verb: first, rest: others.join(' ')} : {verb: kind, rest: text};
}

/** The kind of an act on many. */
const many = /^(\w+) many$/;

/** Where the news came from and how the server answered, the longest first. */
function tracesOf({source, status, requestId}: Pick<LogEntry, 'source' | 'status' | 'requestId'>, width: number) {
  const answer = [status, requestId].filter((part) => part !== undefined).join(' ');
  const from = width >= WIDE && source !== 'you' ? [source, answer] : [answer];
  const traces = [from.filter((part) => part !== '').join('  '), answer, String(status ?? '')];
  return [...traces.filter((trace) => trace !== '').map((trace) => `  ${trace} `), ''];
}
