import {entriesOf} from '../model/focus.ts';
import type {EventLog, LogEntry} from '../model/log.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {cellWidth} from '../terminal/text.ts';
import {paintEvent} from './events.ts';
import type {FocusPage} from './focusPage.ts';
import {lastAnswer} from './lastAnswer.ts';
import {type Brush, fitLine, formatCount, span, wrapWords} from './paint.ts';
import {wrapCells} from './wrapCells.ts';

/** One line of the page: an entry, or a further part of what did not fit beside its time. */
type Part = {readonly entry: LogEntry} | {readonly more: string};

/** Time, kind and the spaces between. */
const HEAD_CELLS = 24;
/** What goes on below an entry stands under its kind, where there is room to align. */
const INDENT = '           ';
const NARROW_INDENT = '   ';
const ROOMY = 60;

/** All that the log holds of the sandbox in focus, newest first, every request id whole. */
export function eventsPage(state: State, width: number): FocusPage {
  const {entries, partsEach, parts} = laidOut(state.log, state.cursor.id, width);
  const newer = entries.findIndex(({seq}) => seq <= state.focus.topAt);
  return {
    about: ({theme}) => [span(` ${aboutText(entries.length)}`, theme.styleOf('dim'))],
    size: parts.length,
    added: partsEach.slice(0, newer < 0 ? undefined : newer).reduce((sum, count) => sum + count, 0),
    paint: (line, brush) => paintPart(parts[line], brush),
  };
}

/** A log of thousands is looked through and wrapped once, not with every frame and every key. */
const laidOut = lastAnswer((log: EventLog, id: string | undefined, width: number) => {
  const entries = id === undefined ? [] : entriesOf(log, id);
  const each = entries.map((entry) => partsOf(entry, width));
  return {entries, partsEach: each.map(({length}) => length), parts: each.flat()};
});

const aboutText = (count: number): string =>
  count === 0 ? 'no events of it yet' : `${formatCount(count)} held, newest first`;

function partsOf(entry: LogEntry, width: number): readonly Part[] {
  const bare = {...entry, id: undefined};
  const {text, kind, status, requestId} = entry;
  const trace = [status, requestId].filter((part) => part !== undefined).join(' ');
  const isWhole = HEAD_CELLS + cellWidth(kind) + cellWidth(text) + cellWidth(trace) <= width;
  if (isWhole) return [{entry: bare}];
  const indent = width >= ROOMY ? INDENT : NARROW_INDENT;
  const room = Math.max(1, width - cellWidth(indent) - 1);
  const answer = trace === '' ? [] : wrapCells(`answer ${trace}`, room);
  // The text has a line of its own only where it does not fit beside the time.
  const isTextWhole = HEAD_CELLS + cellWidth(kind) + cellWidth(text) <= width;
  const words = isTextWhole ? [] : wrapWords(text, room);
  const head = {...bare, text: isTextWhole ? text : '', status: undefined, requestId: undefined};
  return [{entry: head}, ...[...words, ...answer].map((line) => ({more: indent + line}))];
}

function paintPart(part: Part | undefined, brush: Brush): Line {
  if (!part) return [];
  if ('entry' in part) return paintEvent(part.entry, brush);
  return fitLine([span(part.more, brush.theme.styleOf('dim'))], brush.width);
}
