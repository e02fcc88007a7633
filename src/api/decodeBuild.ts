import * as v from 'valibot';
import {
  buildLogEvents,
  finalBuildStatuses,
  wireBuildLogLine,
  wireBuildLogs,
  wireBuildStarted,
  wireBuildStatus,
} from '../contract/build.ts';
import {objectKeys} from '../contract/streams.ts';
import type {BuildLogLine, BuildStatus} from '../model/template.ts';
import {sanitize} from '../terminal/text.ts';
import {isObject, type JsonObject, parseJson} from './json.ts';
import {readAmount, readText, readTime, told} from './read.ts';
import type {BuildLogNews, BuildStarted} from './types.ts';
import {levelsOf} from './unwrap.ts';

/** A longer line of a log is nobody's to read. */
const MOST_LINE_CELLS = 4_096;

const LEVEL_CELLS = 16;

/** The object of an answer that has this field, inside its wrappers or not. */
export function levelWith(body: unknown, field: string): JsonObject | undefined {
  if (!isObject(body)) return undefined;
  return levelsOf(body, objectKeys).findLast((level) => level[field] !== undefined && level[field] !== null);
}

export function decodeBuildStarted(body: unknown): BuildStarted | undefined {
  const parsed = v.safeParse(wireBuildStarted, levelWith(body, 'build_id'));
  const buildId = parsed.success ? told(parsed.output.build_id, readText) : undefined;
  if (!parsed.success || !buildId) return undefined;
  return {
    buildId,
    templateId: told(parsed.output.template_id, readText) ?? undefined,
    status: told(parsed.output.status, readText) ?? undefined,
  };
}

/** What an answer says of the build that was asked for; undefined without a status. */
export function decodeBuildStatus(buildId: string, body: unknown): BuildStatus | undefined {
  const parsed = v.safeParse(wireBuildStatus, levelWith(body, 'status'));
  const status = parsed.success ? told(parsed.output.status, readText) : undefined;
  if (!parsed.success || !status) return undefined;
  const wire = parsed.output;
  const completedAt = told(wire.completed_at, readTime) ?? undefined;
  return {
    buildId,
    templateId: told(wire.template_id, readText) ?? undefined,
    status,
    progress: told(wire.progress, percent) ?? undefined,
    step: told(wire.current_step, readText) ?? undefined,
    startedAt: told(wire.started_at, readTime) ?? undefined,
    completedAt,
    isFinal: completedAt !== undefined || isFinal(status),
    estimatedAt: told(wire.estimated_completion, readTime) ?? undefined,
    durationMs: told(wire.build_duration_ms, readAmount) ?? undefined,
    error: told(wire.error_message, readText) ?? undefined,
  };
}

const percent = (value: number): number | undefined =>
  Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : undefined;

/** One answer of the JSON form of a log. */
export type LogChunk = {
  readonly lines: readonly BuildLogLine[];
  /** Where the next one begins; undefined: not told. */
  readonly offset: number | undefined;
  readonly status: string | undefined;
  readonly isFinal: boolean;
};

export function decodeLogChunk(body: unknown): LogChunk | undefined {
  const level = ['logs', 'offset', 'complete', 'status'].map((field) => levelWith(body, field)).find(isObject);
  const parsed = v.safeParse(wireBuildLogs, level);
  if (!parsed.success) return undefined;
  const wire = parsed.output;
  const status = told(wire.status, readText) ?? undefined;
  return {
    lines: linesOf(wire.logs ?? '').map((text) => ({level: undefined, text, at: undefined})),
    offset: readAmount(wire.offset),
    status,
    isFinal: wire.complete === true || isFinal(status),
  };
}

/** One message of the log as a stream; undefined when it says nothing. What is no JSON is a line as it stands. */
export function decodeLogMessage(event: string, data: string): BuildLogNews | undefined {
  const body = parseJson(data);
  if (!isObject(body)) {
    if (event === buildLogEvents.done) return {kind: 'done', status: undefined};
    return news(linesOf(data).map((text) => ({level: undefined, text, at: undefined})));
  }
  const status = typeof body.status === 'string' ? readText(body.status) : undefined;
  if (event === buildLogEvents.done || (body.message === undefined && isFinal(status))) return {kind: 'done', status};
  const parsed = v.safeParse(wireBuildLogLine, body);
  if (!parsed.success || typeof parsed.output.message !== 'string') return undefined;
  const {level, message, timestamp} = parsed.output;
  const shared = {
    level: told(level, (text) => sanitize(text, LEVEL_CELLS) || undefined) ?? undefined,
    at: told(timestamp, readTime) ?? undefined,
  };
  return news(linesOf(message).map((text) => ({...shared, text})));
}

const news = (lines: readonly BuildLogLine[]): BuildLogNews | undefined =>
  lines.length === 0 ? undefined : {kind: 'lines', lines};

/** A last line end begins no line. */
function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => sanitize(line, MOST_LINE_CELLS));
}

const isFinal = (status: string | undefined): boolean =>
  status !== undefined && finalBuildStatuses.some((each) => each === status.toLowerCase());
