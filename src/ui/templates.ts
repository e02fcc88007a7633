import type {CellText, Tone} from '../model/columns.ts';
import {formatAge, formatBytes, formatClock} from '../model/format.ts';
import type {State} from '../model/state.ts';
import type {Template} from '../model/template.ts';
import {deleteRefusal, usageOf} from '../model/templateUse.ts';
import {serverAt, wallAt} from '../model/times.ts';
import type {Line} from '../terminal/cells.ts';
import {paintBody} from './body.ts';
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
import type {Theme} from './theme.ts';

const columns: readonly ListColumn<Template>[] = [
  {header: 'TEMPLATE', cells: 14, goes: 0, cell: ({name}) => plain(name)},
  {header: 'ACCESS', cells: 7, goes: 3, cell: visibility},
  {header: 'STATUS', cells: 10, goes: 0, cell: statusOf},
  {header: 'SIZE', cells: 10, most: 14, goes: 2, cell: (template) => plain(formatSize(template))},
  {header: 'UPDATED', cells: 10, goes: 4, cell: updated},
  {header: 'BUILD', cells: 10, most: 20, goes: 5, cell: ({buildId}) => plain(buildId)},
  {header: 'SANDBOXES', cells: 9, align: 'right', goes: 1, cell: (template, state) => formatUsage(state, template)},
];

function visibility({isPublic}: Template): CellText {
  return isPublic === undefined ? notTold : {text: isPublic ? 'public' : 'private', tone: isPublic ? 'dim' : 'plain'};
}

/** Documented statuses (OpenAPI, official SDK build-flow); a word nobody documents is shown as odd. */
const tones: ReadonlyMap<string, Tone> = new Map([
  ['active', 'good'],
  ['success', 'good'],
  ['completed', 'good'],
  ['building', 'busy'],
  ['publishing', 'busy'],
  ['pending', 'held'],
  ['failed', 'danger'],
  ['error', 'danger'],
  ['archived', 'dim'],
]);

export const buildTone = (status: string): Tone => tones.get(status.toLowerCase()) ?? 'odd';

const deletionWords = {grace: 'deleted soon', sent: 'deleting…', queued: 'waits…', unknown: 'deleted?'} as const;

/** What is under way first; without a status, whether it can be used. */
function statusOf({id, status, isActive}: Template, {templates}: State): CellText {
  const deletion = templates.deletions.get(id);
  if (deletion) return {text: deletionWords[deletion.phase], tone: 'accent'};
  if (status !== undefined) return {text: status, tone: buildTone(status)};
  return isActive === undefined ? notTold : {text: isActive ? 'active' : 'inactive', tone: isActive ? 'good' : 'dim'};
}

/** `2c/4G/10G`: cores, memory, disk. */
export function formatSize({vcpu, memoryBytes, diskBytes}: Template): string | undefined {
  if (vcpu === undefined && memoryBytes === undefined && diskBytes === undefined) return undefined;
  const bytes = (count: number | undefined) => (count === undefined ? '?' : formatBytes(count).replace('.0', ''));
  return `${vcpu ?? '?'}c/${bytes(memoryBytes)}/${bytes(diskBytes)}`;
}

function updated({updatedAt}: Template, state: State): CellText {
  return updatedAt === undefined ? notTold : plain(`${formatAge(serverAt(state, state.now) - updatedAt)} ago`);
}

/** `612`, `612+` where there may be more, `?` where nothing is known. */
function formatUsage(state: State, template: Template): CellText {
  const {count, isLeast} = usageOf(state, template);
  if (count === 0) return isLeast ? notTold : {text: '0', tone: 'dim'};
  return plain(`${formatCount(count)}${isLeast ? '+' : ''}`);
}

/** Lines that show templates: above them the title and the headings. */
export const templateRows = (regions: Regions): number => listRows(regions, 2);

/** The templates over the whole body of the screen. */
export const paintTemplates = (state: State, regions: Regions, theme: Theme): readonly Line[] =>
  paintBody('Templates', regions, theme, (height, brush) => {
    const lines = templateRows(regions);
    return [
      paintTitle(state, brush),
      paintListHeadings(columns, brush),
      ...fitBlock(paintRows(state, lines, brush), brush.width, lines),
      ...paintRecord(state, recordRows(height), brush),
    ];
  });

const paintRows = (state: State, lines: number, brush: Brush): readonly Line[] =>
  state.templates.rows.size === 0
    ? paintNone(state, brush)
    : paintListRows(columns, state.templates, state, {lines, isDim: isOld(state)}, brush);

function paintTitle(state: State, {width, theme}: Brush): Line {
  const all = [...state.templates.rows.values()];
  const building = all.filter(({status}) => status !== undefined && buildTone(status) === 'busy').length;
  const count = `${state.templates.asOf === undefined ? '?' : formatCount(all.length)} templates`;
  const left = [span(` ${count}`), ...(building > 0 ? [span(`   ${building} building`, theme.styleOf('busy'))] : [])];
  return paintShortTitle(left, [span('  '), toned(templatesFreshness(state), theme), span(' ')], width);
}

/** Polled, the list is at most so old; older than this it is not current. */
const POLLED_MS = 30_000;

/** Not as it is now, and shown dim. */
function isOld({templates, now}: State): boolean {
  const {phase, isOpen, asOf} = templates;
  if (phase === 'live') return !isOpen;
  return phase === 'failed' || (phase === 'polled' && asOf !== undefined && now - asOf > POLLED_MS);
}

/** How sure we are of the list. */
export function templatesFreshness(state: State): CellText {
  const {phase, asOf, reason} = state.templates;
  const because = reason === undefined ? '' : ` (${reason})`;
  const since = asOf === undefined ? '' : ` as of ${formatClock(wallAt(state, asOf))}`;
  if (phase === 'never') return {text: 'reading', tone: 'dim'};
  if (phase === 'failed') return {text: `FAILED${since}${because}`, tone: 'danger'};
  if (isOld(state)) return {text: `STALE${since}${because}`, tone: 'warn'};
  return phase === 'live' ? {text: 'LIVE', tone: 'good'} : {text: `POLL${because}`, tone: 'warn'};
}

function paintNone(state: State, {width, theme}: Brush): readonly Line[] {
  const [title, advice] = wordsOf(state);
  const room = Math.max(8, Math.min(72, width - 4));
  const told = (text: string, tone: Tone) =>
    text === '' ? [] : wrapWords(text, room).map((line) => [span(`  ${line}`, theme.styleOf(tone))]);
  return [[], ...told(title, state.templates.phase === 'failed' ? 'danger' : 'bold'), ...told(advice, 'dim')];
}

function wordsOf({templates, link, session}: State): readonly [title: string, advice: string] {
  if (link.phase === 'auth') return [`${session.host} does not accept the API key.`, 'Nothing is asked for.'];
  if (templates.phase === 'failed')
    return ['The templates cannot be read.', `${templates.reason ?? ''}. Press r to try again.`];
  if (templates.phase === 'never') return [`Reading the templates from ${session.host}`, ''];
  return ['No templates.', 'Press B to build one from a spec file; r reads the list again.'];
}

/** Everything known of the template under the cursor. */
function paintRecord(state: State, rows: number, brush: Brush): readonly Line[] {
  const template = state.templates.rows.get(state.templates.cursor ?? '');
  const lines = template ? recordLines(template, state, rows - 1, brush) : [];
  return paintListRecord(template?.name, lines, rows, brush);
}

function recordLines(template: Template, state: State, rows: number, brush: Brush): readonly Line[] {
  const {displayName, category, language, id, buildId, createdAt, updatedAt} = template;
  const moment = (at: number | undefined) => (at === undefined ? '?' : formatMoment(at, state.wall));
  const use = formatUsage(state, template).text;
  const facts = (told: Facts) => factSpans(told, brush.theme);
  const line = (told: Facts) => fitLine(facts(told), brush.width);
  const lines = [
    line({name: displayName, id, build: buildId}),
    fitLine([span(' '), toned(aboutOf(template, state), brush.theme)], brush.width),
    line({category, language, size: formatSize(template)}),
    line({created: moment(createdAt), updated: moment(updatedAt)}),
    fitLine(
      [...facts({access: visibility(template).text, sandboxes: use}), ...whyKept(id, state, brush.theme)],
      brush.width,
    ),
  ];
  return lines.slice(0, rows);
}

/** What went wrong with it, if that is known; else what it is for. */
function aboutOf({status = '', buildId, description}: Template, {builds}: State): CellText {
  const error = buildId === undefined ? undefined : builds.rows.get(buildId)?.status?.error;
  if (buildTone(status) === 'danger' && error !== undefined) return {text: error, tone: 'danger'};
  return {text: description ?? 'no description is told', tone: 'dim'};
}

/** Why it cannot be deleted, before the key is tried. */
function whyKept(id: string, state: State, theme: Theme): Line {
  const reason = deleteRefusal(state, id);
  return reason === undefined ? [] : [span(' D ', theme.styleOf('accent')), span(reason, theme.styleOf('dim'))];
}

type Facts = Readonly<Record<string, string | undefined>>;

const factSpans = (told: Facts, theme: Theme): Line =>
  Object.entries(told).flatMap(([name, text]) => [
    span(` ${name} `, theme.styleOf('dim')),
    span(`${text ?? '?'}  `, theme.styleOf(text === undefined ? 'dim' : 'plain')),
  ]);
