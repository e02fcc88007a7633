import type {LogEntry} from '../model/log.ts';
import {cursorIndexOf, cursorLineOf, type FoundEntries, findEntries, type LogShare} from '../model/logView.ts';
import type {Millis} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {Line} from '../terminal/cells.ts';
import {paintBody} from './body.ts';
import {paintEvent} from './events.ts';
import {formatMoment} from './moment.ts';
import {type Brush, fitBlock, fitLine, formatCount, restyle, rule, span, spread, wrapWords} from './paint.ts';
import {paintPromptLine} from './prompt.ts';
import {LOG_FOOT_BARE, type Regions} from './regions.ts';
import type {Theme} from './theme.ts';

/** The event log over the whole body of the screen, newest first. */
export const paintEventLog = (state: State, regions: Regions, theme: Theme): readonly Line[] =>
  paintBody('Events', regions, theme, (_, brush) => paintLog(state, regions, brush));

function paintLog(state: State, {logRows, logFootRows}: Regions, brush: Brush): readonly Line[] {
  const found = findEntries(state);
  const index = cursorIndexOf(found, state.logView);
  const top = index - cursorLineOf(found.size, index, state.logView.line, logRows);
  const lines = Array.from({length: logRows}, (_, line) =>
    paintLine(found.at(top + line), top + line === index, brush),
  );
  return [
    paintTitle(state, found, index, brush),
    ...(found.size === 0 ? fitBlock([[], paintNothing(state, brush)], brush.width, logRows) : lines),
    ...paintFoot(found.at(index), state, logFootRows, brush),
  ];
}

/** The cursor's line is one inverse bar, as in the list. */
function paintLine(entry: LogEntry | undefined, isCursor: boolean, brush: Brush): Line {
  if (!entry) return [];
  const line = paintEvent(entry, brush);
  return isCursor ? restyle(marked(line), {inverse: true}) : line;
}

/** Every entry leaves its first cell free for the mark. */
const marked = ([first = span(''), ...rest]: Line): Line => [span(first.text.replace(/^ /, '>')), ...rest];

const shares: readonly {readonly share: LogShare; readonly label: string; readonly count: (state: State) => number}[] =
  [
    {share: 'all', label: 'all', count: ({log}) => log.total},
    {share: 'mine', label: 'mine', count: ({log}) => log.mine},
    {share: 'errors', label: 'errors', count: ({log}) => log.errors},
  ];

/** What is looked at, and where the cursor is in it; or the prompt while it is open. */
function paintTitle(state: State, found: FoundEntries, index: number, brush: Brush): Line {
  const {width, theme} = brush;
  const {search, before, only} = state.logView;
  const dim = theme.styleOf('dim');
  const place = found.size === 0 ? '0' : `${formatCount(index + 1)} of ${formatCount(found.size)}`;
  if (before !== undefined) return paintPromptLine(search, `${place} `, brush);
  const counts = shares.map(({share, label, count}) => {
    const said = `${label} ${formatCount(count(state))}`;
    return share === only ? span(`[${said}] `, theme.styleOf('accent')) : span(` ${said}  `, dim);
  });
  const sought = search === '' ? [] : [span('search ', dim), span(search, theme.styleOf('accent'))];
  return spread([...counts, ...sought], [span(`  ${place} `, dim)], width);
}

function paintNothing({logView: {search, only}}: State, {theme}: Brush): Line {
  const what = {all: 'event', mine: 'event of your own', errors: 'error'}[only];
  const said = search === '' ? `no ${what} yet` : `no ${what} with "${search}": Esc clears the search`;
  return [span(` ${said}`, theme.styleOf('dim'))];
}

/** The entry under the cursor in full, as far as the lines reach. */
function paintFoot(entry: LogEntry | undefined, state: State, rows: number, brush: Brush): readonly Line[] {
  if (rows === 0) return [];
  const {width, theme} = brush;
  const lines = entry ? wrapWords(wordsOf(entry, state.wall), width - 2) : [];
  const ruled = rows > LOG_FOOT_BARE ? [rule([], brush)] : [];
  const room = rows - ruled.length;
  const shown = lines.slice(0, room).map((line) => fitLine([span(` ${line}`, theme.styleOf('dim'))], width));
  return [...ruled, ...fitBlock(shown, width, room)];
}

const sources: Readonly<Record<LogEntry['source'], string>> = {
  stream: 'told by the stream',
  snapshot: 'told by a snapshot of the stream',
  list: 'found by reading the list: no event told it',
  read: 'found by reading the sandbox',
  you: 'done here',
  client: 'said by hopx-top',
};

function wordsOf({wall, kind, id, text, source, status, requestId, change}: LogEntry, today: Millis): string {
  const answer = [
    ...wordsOfChange(change),
    status === undefined ? '' : `status ${status}`,
    requestId === undefined ? '' : `request ${requestId}`,
  ];
  const parts = [kind, id ?? '', text, `(${[sources[source], ...answer].filter((part) => part !== '').join(', ')})`];
  return `${formatMoment(wall, today)}  ${parts.filter((part) => part !== '').join('  ')}`;
}

/** Where nothing has changed, or nobody knows, there is no arrow; what it was before may be unknown. */
function wordsOfChange(change: LogEntry['change']): readonly string[] {
  if (!change) return [];
  const {before, after, latencyMs} = change;
  return [
    after === undefined || after === before ? '' : `${before ?? '?'} -> ${after}`,
    latencyMs === undefined ? '' : `answered in ${Math.round(latencyMs)} ms`,
  ];
}
