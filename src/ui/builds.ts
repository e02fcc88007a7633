import {type Build, isFinal, type Sending} from '../model/builds.ts';
import type {CellText} from '../model/columns.ts';
import {formatAge, formatBytes, formatClock, formatPercent, formatStopwatch} from '../model/format.ts';
import type {State} from '../model/state.ts';
import {wallAt} from '../model/times.ts';
import type {Line} from '../terminal/cells.ts';
import {fitCells} from '../terminal/text.ts';
import {paintBody} from './body.ts';
import {paintBuildLog} from './buildLog.ts';
import {durationMs, elapsed, estimate, progressBar} from './buildTimes.ts';
import {formatMoment} from './moment.ts';
import {type Brush, fitBlock, fitLine, formatCount, span, toned, wrapWords} from './paint.ts';
import type {Regions} from './regions.ts';
import {
  type ListColumn,
  listRows,
  notTold,
  paintListHeadings,
  paintListRecord,
  paintListRows,
  paintShortTitle,
  plain,
  recordRows,
} from './shortList.ts';
import {buildTone, templatesFreshness} from './templates.ts';
import type {Theme} from './theme.ts';

const BAR_CELLS = 8;

const columns: readonly ListColumn<Build>[] = [
  {header: 'BUILD', cells: 12, goes: 0, cell: ({id}) => plain(id)},
  {header: 'TEMPLATE', cells: 16, goes: 2, cell: ({name, templateId}) => plain(name ?? templateId)},
  {header: 'STATUS', cells: 10, goes: 0, cell: statusOf},
  {header: 'PROGRESS', cells: BAR_CELLS + 5, goes: 1, cell: progressOf},
  {header: 'TIME', cells: 8, align: 'right', goes: 3, cell: timeOf},
  {header: 'STEP', cells: 22, goes: 4, cell: ({status}) => (status ? plain(status.step) : notTold)},
  {header: 'ERROR', cells: 24, goes: 5, cell: errorOf},
];

function statusOf({status, failure, isUnknown}: Build): CellText {
  if (status) return {text: status.status, tone: buildTone(status.status)};
  if (isUnknown) return {text: 'not found', tone: 'dim'};
  return failure === undefined ? notTold : {text: 'unread', tone: 'warn'};
}

function progressOf({status}: Build): CellText {
  if (status?.progress === undefined) return notTold;
  const {full, rest} = progressBar(status.progress, BAR_CELLS);
  return plain(`${full}${rest} ${fitCells(formatPercent(status.progress), 4, 'right')}`);
}

function timeOf(build: Build, state: State): CellText {
  const ms = durationMs(build, state);
  return ms === undefined ? notTold : plain(formatStopwatch(ms));
}

function errorOf({status, failure}: Build): CellText {
  if (status?.error !== undefined) return {text: status.error, tone: 'danger'};
  return failure === undefined ? {text: '', tone: 'plain'} : {text: failure, tone: 'warn'};
}

/** Lines that show builds: above them the title, what is being sent, the headings. */
export const buildRows = (regions: Regions): number => listRows(regions, 3);

/** The known builds over the whole body of the screen, or the log of one. */
export function paintBuilds(state: State, regions: Regions, theme: Theme): readonly Line[] {
  const {log} = state.builds;
  if (log) return paintBuildLog(state, log, regions, theme);
  return paintBody('Builds', regions, theme, (height, brush) => {
    const lines = buildRows(regions);
    const leaving = paintSending(state, brush);
    return [
      paintTitle(state, brush),
      ...leaving,
      paintListHeadings(columns, brush),
      ...fitBlock(paintRows(state, lines, brush), brush.width, lines + 1 - leaving.length),
      ...paintRecord(state, recordRows(height), brush),
    ];
  });
}

const paintRows = (state: State, lines: number, brush: Brush): readonly Line[] =>
  state.builds.rows.size === 0
    ? paintNone(brush)
    : paintListRows(columns, state.builds, state, {lines, isDim: false}, brush);

function paintNone({width, theme}: Brush): readonly Line[] {
  const advice =
    'The API lists no builds: here stand those that templates name, those started here with B, and those you name with :build ID.';
  const room = Math.max(8, Math.min(72, width - 4));
  const dim = theme.styleOf('dim');
  return [
    [],
    [span('  No builds are known.', theme.styleOf('bold'))],
    ...wrapWords(advice, room).map((line) => [span(`  ${line}`, dim)]),
  ];
}

function paintTitle(state: State, {width, theme}: Brush): Line {
  const all = [...state.builds.rows.values()];
  const running = all.filter((build) => build.status && !isFinal(build)).length;
  const left = [
    span(` ${formatCount(all.length)} builds known`),
    ...(running > 0 ? [span(`   ${running} under way`, theme.styleOf('busy'))] : []),
  ];
  const right = [span('  templates ', theme.styleOf('dim')), toned(templatesFreshness(state), theme), span(' ')];
  return paintShortTitle(left, right, width);
}

/** What leaves, and how far it is; a spec that is read sends nothing. At most one line. */
function paintSending(state: State, brush: Brush): readonly Line[] {
  const {sending, reading} = state.builds;
  if (sending) return [paintUpload(sending, state, brush)];
  if (reading === undefined) return [];
  return [fitLine([span(` reading ${reading}: nothing is sent yet`, brush.theme.styleOf('dim'))], brush.width)];
}

const UPLOAD_CELLS = 20;

function paintUpload({name, until, sentBytes, totalBytes}: Sending, {now}: State, {width, theme}: Brush): Line {
  const head = span(` sending ${name}  `, theme.styleOf('accent'));
  if (until !== undefined && until > now)
    return fitLine([head, span(`waits ${formatAge(until - now)} for the request limit`, theme.styleOf('warn'))], width);
  if (totalBytes === 0) return fitLine([head, span('nothing has left yet', theme.styleOf('dim'))], width);
  const percent = (sentBytes / totalBytes) * 100;
  const {full, rest} = progressBar(percent, UPLOAD_CELLS);
  const text = ` ${formatPercent(percent)}  ${formatBytes(sentBytes)} of ${formatBytes(totalBytes)}`;
  return fitLine([head, span(full, theme.styleOf('accent')), span(rest, theme.styleOf('dim')), span(text)], width);
}

function paintRecord(state: State, rows: number, brush: Brush): readonly Line[] {
  const build = state.builds.rows.get(state.builds.cursor ?? '');
  const lines = build ? recordLines(build, state, brush) : [];
  return paintListRecord(build && `Build ${build.id}`, lines, rows, brush);
}

function recordLines(build: Build, state: State, brush: Brush): readonly Line[] {
  const {status, name, templateId, asOf} = build;
  const dim = brush.theme.styleOf('dim');
  const moment = (at: number | undefined) => (at === undefined ? '?' : formatMoment(at, state.wall));
  const read = asOf === undefined ? 'never read' : `as of ${formatClock(wallAt(state, asOf))}`;
  const error = errorOf(build);
  return [
    [toned(statusOf(build), brush.theme), span(`  ${read}   template ${name ?? '?'} (${templateId ?? '?'})`, dim)],
    [
      span(
        `started ${moment(status?.startedAt)}   completed ${moment(status?.completedAt)}${elapsed(build, state)}${estimate(build, state)}`,
      ),
    ],
    ...stepLine(build, brush.theme),
    ...wrapWords(error.text, brush.width - 2).map((text) => [toned({...error, text}, brush.theme)]),
  ].map((line) => fitLine([span(' '), ...line], brush.width));
}

/** Nothing where the error says it too; a step that calls itself one is not called so again. */
function stepLine({status}: Build, theme: Theme): readonly Line[] {
  const {step, error} = status ?? {};
  if (step !== undefined && error?.includes(step)) return [];
  const label = /^step\b/i.test(step ?? '') ? [] : [span('step ', theme.styleOf('dim'))];
  return [[...label, toned(plain(step), theme)]];
}
