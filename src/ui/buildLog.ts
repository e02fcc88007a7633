import {type BuildLog, firstHeld, isFound, logLineAt} from '../model/buildLog.ts';
import {type Build, isFinal} from '../model/builds.ts';
import type {CellText, Tone} from '../model/columns.ts';
import {formatClock, formatPercent} from '../model/format.ts';
import {lastItems, ringSize} from '../model/ring.ts';
import type {State} from '../model/state.ts';
import type {BuildLogLine} from '../model/template.ts';
import {wallAt} from '../model/times.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {bodyRows, paintBody} from './body.ts';
import {elapsed, estimate, progressBar} from './buildTimes.ts';
import {lastAnswer} from './lastAnswer.ts';
import {type Brush, fitBlock, fitLine, formatCount, span, spread, toned} from './paint.ts';
import {paintPromptLine} from './prompt.ts';
import type {Regions} from './regions.ts';
import {buildTone} from './templates.ts';
import type {Theme} from './theme.ts';
import {cutCells} from './wrapCells.ts';

/** Title and progress. */
const CHROME_ROWS = 2;
const BAR_CELLS = 24;

/** The room for lines of the log. */
export const logRoom = (regions: Regions): {readonly rows: number; readonly width: number} => {
  const border = regions.framed ? 2 : 0;
  return {rows: Math.max(1, bodyRows(regions) - border - CHROME_ROWS), width: regions.columns - border};
};

/** The log of one build over the whole body of the screen. */
export const paintBuildLog = (state: State, log: BuildLog, regions: Regions, theme: Theme): readonly Line[] =>
  paintBody(`Build ${log.buildId}`, regions, theme, (_, brush) => {
    const {rows} = logRoom(regions);
    const {first, end} = logWindow(log, rows, brush.width);
    const numbers = Array.from({length: end - first}, (_value, index) => first + index);
    const lines = numbers.flatMap((number) => paintLogLine(log, number, brush));
    return [
      log.before === undefined ? paintTitle(state, log, end, brush) : paintPrompt(log, brush),
      paintProgress(state, log, brush),
      ...fitBlock(lines.length > 0 ? lines : paintNothing(log, brush), brush.width, rows),
    ];
  });

const paintPrompt = (log: BuildLog, brush: Brush): Line => paintPromptLine(log.search, 'Enter finds ', brush);

const phases: Readonly<Record<BuildLog['phase'], Tone>> = {opening: 'dim', live: 'good', lost: 'warn', ended: 'dim'};

function phaseOf({phase, reason}: BuildLog): CellText {
  const words = {opening: 'opening', live: 'LIVE', lost: 'LOST, it is tried again', ended: 'ENDED'}[phase];
  return {text: reason === undefined ? words : `${words}: ${reason}`, tone: phases[phase]};
}

function paintTitle(state: State, log: BuildLog, end: number, {width, theme}: Brush): Line {
  const build = state.builds.rows.get(log.buildId);
  const status = build?.status?.status;
  const dim = theme.styleOf('dim');
  const left = [
    span(` ${log.buildId}`, theme.styleOf('bold')),
    span(`  ${build?.name ?? '?'}  `),
    status === undefined ? span('?', dim) : toned({text: status, tone: buildTone(status)}, theme),
    span(asOfText(build, state), dim),
    ...(log.search === '' ? [] : paintSearch(log, theme)),
  ];
  const dropped = firstHeld(log) > 0 ? `, first ${formatCount(firstHeld(log))} dropped` : '';
  const place = `line ${formatCount(end)} of ${formatCount(log.total)}${dropped}`;
  return spread(left, [span(`  ${place}${isFollowing(log) ? ', following' : ''} `, dim)], width);
}

/** What has ended has nothing to follow. */
const isFollowing = ({from, phase}: BuildLog): boolean => from === undefined && phase !== 'ended';

/** The log may be ahead of the status, which is read. */
const asOfText = (build: Build | undefined, state: State): string =>
  build?.asOf === undefined || isFinal(build) ? '' : ` as of ${formatClock(wallAt(state, build.asOf))}`;

/** Thousands of lines, which are the same from frame to frame while none comes. */
const countFound = lastAnswer(
  (lines: BuildLog['lines'], search: string) =>
    lastItems(lines, ringSize(lines)).filter(({text}) => isFound({search}, text)).length,
);

function paintSearch(log: BuildLog, theme: Theme): Line {
  const count = countFound(log.lines, log.search);
  const dim = theme.styleOf('dim');
  return [
    span('  search ', dim),
    span(log.search, theme.styleOf('accent')),
    span(`  ${count === 1 ? '1 line' : `${formatCount(count)} lines`}`, dim),
  ];
}

/** Progress as the server told it; nothing is reckoned. */
function paintProgress(state: State, log: BuildLog, {width, theme}: Brush): Line {
  const build = state.builds.rows.get(log.buildId);
  const progress = build?.status?.progress;
  const right = [span('  '), toned(phaseOf(log), theme), span(' ')];
  const cells = Math.min(BAR_CELLS, Math.max(4, Math.floor(width / 4)));
  const {full, rest} = progressBar(progress ?? 0, cells);
  const step = build?.status?.step === undefined ? '' : `  ${build.status.step}`;
  const told =
    progress === undefined
      ? [span(' progress not told', theme.styleOf('dim'))]
      : [
          span(` ${full}`, theme.styleOf('accent')),
          span(rest, theme.styleOf('dim')),
          span(` ${formatPercent(progress)}`),
        ];
  return spread([...told, span(`${build ? estimate(build, state) + elapsed(build, state) : ''}${step}`)], right, width);
}

const paintNothing = ({phase}: BuildLog, {theme}: Brush): readonly Line[] => [
  [],
  [span(phase === 'opening' ? '  Opening the log' : '  The log has no lines yet.', theme.styleOf('dim'))],
];

/** What is shown: from the line that was scrolled to, or the end; no line is empty without need. */
export function logWindow(
  log: BuildLog,
  rows: number,
  width: number,
): {readonly first: number; readonly end: number; readonly lastFirst: number} {
  const lastFirst = firstBefore(log, log.total, rows, width);
  const first = Math.max(firstHeld(log), Math.min(log.from ?? lastFirst, lastFirst));
  let end = first;
  let left = rows;
  while (end < log.total && left > 0) {
    left -= heightOf(log, end, width);
    end += 1;
  }
  return {first, end, lastFirst};
}

/** The first line of a window that ends before `end`. */
export function firstBefore(log: BuildLog, end: number, rows: number, width: number): number {
  let first = end;
  let left = rows;
  while (first > firstHeld(log)) {
    left -= heightOf(log, first - 1, width);
    if (left < 0 && first < end) break;
    first -= 1;
  }
  return first;
}

function heightOf(log: BuildLog, number: number, width: number): number {
  const line = log.wraps ? logLineAt(log, number) : undefined;
  return line ? cutCells(line.text, width - headCells(log, line)).length : 1;
}

const TIME_CELLS = 10;
const LEVEL_CELLS = 6;

const headCells = ({showsTimes}: BuildLog, {level}: BuildLogLine): number =>
  1 + (showsTimes ? TIME_CELLS : 0) + (level === undefined ? 0 : LEVEL_CELLS);

const levelTones: readonly (readonly [RegExp, Tone])[] = [
  [/err|fatal|crit/i, 'danger'],
  [/warn/i, 'warn'],
  [/debug|trace/i, 'dim'],
];

function paintLogLine(log: BuildLog, number: number, {width, theme}: Brush): readonly Line[] {
  const line = logLineAt(log, number);
  if (!line) return [];
  const {level, text, at} = line;
  const tone = levelTones.find(([pattern]) => pattern.test(level ?? ''))?.[1] ?? 'plain';
  const found = isFound(log, text);
  const style = {...theme.styleOf(tone), ...(found ? {inverse: true} : {})};
  const clock = log.showsTimes ? fitCells(at === undefined ? '' : formatClock(at), TIME_CELLS) : '';
  const word = level === undefined ? '' : `${fitCells(level, LEVEL_CELLS - 1)} `;
  const cells = headCells(log, line);
  const texts = log.wraps ? cutCells(text, width - cells) : [text];
  return texts.map((piece, index) => {
    const head = index === 0 ? [span(` ${clock}`, theme.styleOf('dim')), span(word, theme.styleOf(tone))] : [];
    return fitLine([...(index === 0 ? head : [span(' '.repeat(cells))]), span(piece, style)], width);
  });
}
