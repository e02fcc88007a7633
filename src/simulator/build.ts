import type {BuildStatusBody} from '../contract/build.ts';
import type {TemplateBody} from '../contract/template.ts';
import type {BuildPlan, Moment, Phase} from './buildPlan.ts';
import {timeText} from './sandbox.ts';

/** One build. Its times are milliseconds. */
export type Build = {
  readonly id: string;
  /** What the template becomes when it is done. */
  readonly template: TemplateBody;
  readonly plan: BuildPlan;
  /** Wall clock. */
  readonly startedAt: number;
  /** Monotonic clock. */
  readonly beganAt: number;
  /** How many moments of its plan have come about; at least one. */
  readonly reached: number;
};

const lastMoment = ({plan, reached}: Build): Moment | undefined => plan.moments[reached - 1];

export const phaseOf = (build: Build): Phase => lastMoment(build)?.phase ?? 'building';

export const isFinal = (build: Build): boolean => ['active', 'failed'].includes(phaseOf(build));

/** What is said of it: docs.hopx.dev get-template-build-status knows building, active and failed. */
export function buildStatus(build: Build): string {
  return isFinal(build) ? phaseOf(build) : 'building';
}

/** OpenAPI BuildStatusResponse. `now`: monotonic clock. */
export function buildStatusBody(build: Build, now: number): BuildStatusBody {
  const {id, template, plan, startedAt, beganAt} = build;
  const last = lastMoment(build);
  const tookMs = last?.afterMs ?? 0;
  const phase = phaseOf(build);
  const share = (isFinal(build) ? tookMs : now - beganAt) / plan.expectedMs;
  return {
    build_id: id,
    template_id: template.id,
    status: buildStatus(build),
    progress: phase === 'active' ? 100 : Math.min(99, Math.floor(share * 100)),
    current_step: last?.step ?? '',
    started_at: timeText(startedAt),
    ...(isFinal(build)
      ? {completed_at: timeText(startedAt + tookMs), build_duration_ms: tookMs}
      : {estimated_completion: timeText(startedAt + plan.expectedMs)}),
    ...(phase === 'failed' && plan.error !== undefined && {error_message: plan.error}),
  };
}

export type LogLine = {readonly level: string; readonly message: string; readonly timestamp: string};

/** The lines so far, without the first `told`. */
export function logLines({plan, reached, startedAt}: Build, told = 0): readonly LogLine[] {
  return plan.moments.slice(told, reached).map(({afterMs, level, message}) => ({
    level,
    message,
    timestamp: new Date(startedAt + afterMs).toISOString(),
  }));
}

/** The same as text. It has no levels: the official SDK looks for ERROR in a line. */
export function logText(build: Build): string {
  return logLines(build)
    .map(({level, message}) => (level === 'ERROR' ? `ERROR ${message}\n` : `${message}\n`))
    .join('');
}
