import {EXTEND_BY_SECONDS} from '../model/actions.ts';
import {type CellText, columnOf} from '../model/columns.ts';
import {formatAge, formatBytes, formatExpiry} from '../model/format.ts';
import {disabledReason} from '../model/refusal.ts';
import type {Millis, Sandbox} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import type {RowView} from '../model/view.ts';
import {formatMinute, formatMoment} from './moment.ts';

/** One line of the record: a name, and what is known; several parts stand side by side. */
export type RecordField = {
  readonly label: string;
  readonly parts: (view: RowView, state: State) => readonly CellText[];
  /** False: what is known says itself what it is. */
  readonly isNamed?: false;
  /** Where fields follow one another, those that are needed most come first. */
  readonly need: number;
};

const notTold: CellText = {text: '?', tone: 'dim'};
const plain = (text: string): CellText => ({text, tone: 'plain'});
const dim = (text: string): CellText => ({text, tone: 'dim'});

/** The whole record of a sandbox, as the detail shows it. `?` is not told. */
export const recordFields: readonly RecordField[] = [
  {label: 'status', need: 1, isNamed: false, parts: statusParts},
  {label: 'template', need: 4, parts: ({row: {sandbox}}) => [told(sandbox.templateName ?? sandbox.templateId)]},
  {label: 'region', need: 5, parts: ({row: {sandbox}}) => [told(sandbox.region)]},
  {label: 'node', need: 6, parts: ({row: {sandbox}}) => [told(sandbox.nodeId)]},
  {label: 'size', need: 7, parts: ({row: {sandbox}}) => [sizeOf(sandbox)]},
  {label: 'created', need: 8, parts: createdParts},
  {label: 'expires', need: 2, parts: expiryParts},
  {label: 'timeout', need: 3, parts: timeoutParts},
  {label: 'token', need: 9, parts: tokenParts},
  {label: 'internet', need: 11, parts: ({row: {sandbox}}) => [choice(sandbox.internetAccess, 'on', 'off')]},
  {label: 'mode', need: 12, parts: ({row: {sandbox}}) => [choice(sandbox.liveMode, 'live', 'test')]},
  {label: 'host', need: 10, parts: ({row: {sandbox}}) => [told(sandbox.publicHost)]},
  {label: 'ids', need: 13, parts: ({row: {sandbox}}) => idParts(sandbox)},
];

export const fieldsByNeed: readonly RecordField[] = recordFields.toSorted((a, b) => a.need - b.need);

const told = (text: string | undefined): CellText => (text === undefined ? notTold : plain(text));

function choice(value: boolean | undefined, yes: string, no: string): CellText {
  return value === undefined ? notTold : plain(value ? yes : no);
}

function statusParts(view: RowView, state: State): readonly CellText[] {
  const {row} = view;
  const seen = state.wall - (state.now - row.asOf);
  const as = dim(`as of ${formatMoment(seen, state.wall)}`);
  const status = columnOf('status').cell(view);
  const {tombstone} = row;
  if (!tombstone) return [status, as];
  const died = formatMoment(state.wall - (state.now - tombstone.diedAt), state.wall);
  return [status, dim(`${tombstone.cause} ${died}${tombstone.inferred ? ' (inferred)' : ''}`)];
}

/** `2 vCPU  4.0G  10G`: memory, then disk. */
export function sizeOf({vcpu, memoryBytes, diskBytes}: Sandbox): CellText {
  if (vcpu === undefined && memoryBytes === undefined && diskBytes === undefined) return notTold;
  const bytes = (count: number | undefined) => (count === undefined ? '?' : formatBytes(count));
  return plain(`${vcpu ?? '?'} vCPU  ${bytes(memoryBytes)}  ${bytes(diskBytes)} disk`);
}

function createdParts(view: RowView, state: State): readonly CellText[] {
  const {createdAt} = view.row.sandbox;
  if (createdAt === undefined) return [notTold];
  return [plain(formatMoment(createdAt, state.wall)), dim(`${columnOf('age').cell(view).text} ago`)];
}

function expiryParts(view: RowView, state: State): readonly CellText[] {
  const {sandbox, tombstone} = view.row;
  const {expiresAt} = sandbox;
  if (tombstone || typeof expiresAt !== 'number') return [formatExpiry(view)];
  return [plain(formatMoment(expiresAt, state.wall)), formatExpiry(view), {text: 'DELETES DISK', tone: 'warn'}];
}

/** The timeout it was given, and what `e` would make of the expiry. */
function timeoutParts({row: {sandbox}}: RowView, state: State): readonly CellText[] {
  const {expiresAt, id} = sandbox;
  const canExtend = typeof expiresAt === 'number' && disabledReason(state, 'extend', id) === undefined;
  if (!canExtend) return [timeoutOf(sandbox)];
  const extended = formatMinute(expiresAt + EXTEND_BY_SECONDS * 1000);
  return [timeoutOf(sandbox), {text: `e +${EXTEND_BY_SECONDS / 60}m -> ${extended}`, tone: 'accent'}];
}

function timeoutOf({timeoutSeconds}: Sandbox): CellText {
  if (timeoutSeconds === undefined) return notTold;
  return timeoutSeconds === null ? dim('none') : plain(formatAge(timeoutSeconds * 1000));
}

function tokenParts({row: {sandbox}, serverNow}: RowView, {wall}: State): readonly CellText[] {
  const {tokenExpiresAt} = sandbox;
  if (tokenExpiresAt === undefined) return [notTold];
  return [plain(formatMoment(tokenExpiresAt, wall)), dim(leftOf(tokenExpiresAt, serverNow))];
}

const leftOf = (at: Millis, now: Millis) => (at <= now ? 'expired' : `in ${formatAge(at - now)}`);

function idParts({templateId, organizationId}: Sandbox): readonly CellText[] {
  return [dim(`template ${templateId ?? '?'}`), dim(`org ${organizationId ?? '?'}`)];
}
