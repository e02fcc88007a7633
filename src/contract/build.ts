import * as v from 'valibot';
import {textOrNumber, told} from './told.ts';

/** POST /v1/templates/files/upload-link (OpenAPI FileUploadLinkResponse). When `present`, nothing is uploaded. */
export const wireUploadLink = v.object({
  present: told(v.boolean()),
  upload_url: told(v.string()),
  expires_at: told(textOrNumber),
  files_hash: told(v.string()),
});

/** POST /v1/templates/build (OpenAPI TemplateBuildResponse; ids may come as numbers, official SDK). */
export const wireBuildStarted = v.object({
  build_id: told(textOrNumber),
  template_id: told(textOrNumber),
  status: told(v.string()),
  logs_url: told(v.string()),
});

/** GET /v1/templates/build/:id/status (OpenAPI BuildStatusResponse). */
export const wireBuildStatus = v.object({
  build_id: told(textOrNumber),
  template_id: told(textOrNumber),
  status: told(v.string()),
  progress: told(v.number()),
  current_step: told(v.string()),
  started_at: told(textOrNumber),
  completed_at: told(textOrNumber),
  error_message: told(v.string()),
  estimated_completion: told(textOrNumber),
  build_duration_ms: told(v.number()),
});

/** GET /v1/templates/build/:id/logs, the JSON form that the official SDKs and CLIs poll: `logs` is text by lines. */
export const wireBuildLogs = v.object({
  logs: told(v.string()),
  offset: told(v.number()),
  status: told(v.string()),
  complete: told(v.boolean()),
});

/** The same as an event stream (OpenAPI; docs.hopx.dev get-template-build-logs). */
export const buildLogEvents = {line: 'log', done: 'done'} as const;

/** `data` of a `log` event. */
export const wireBuildLogLine = v.object({
  level: told(v.string()),
  message: told(v.string()),
  timestamp: told(textOrNumber),
});

/** Statuses after which a build changes no more (OpenAPI, official SDK build-flow; cancelled: assumed), in any case. */
export const finalBuildStatuses = [
  ...['active', 'failed', 'success', 'completed', 'error'],
  ...['cancelled', 'canceled'],
] as const;

/** What the control plane documents to send of a build (OpenAPI BuildStatusResponse). */
export type BuildStatusBody = {
  readonly build_id: string;
  readonly template_id: string;
  /** building, active or failed (docs.hopx.dev get-template-build-status). */
  readonly status: string;
  /** Percent, whole. */
  readonly progress: number;
  readonly current_step: string;
  readonly started_at: string;
  readonly estimated_completion?: string;
  readonly completed_at?: string;
  readonly error_message?: string;
  readonly build_duration_ms?: number;
};

/** Of a presigned upload (official SDK build-flow). */
export const UPLOAD_CONTENT_TYPE = 'application/gzip';

/** From, to: docs.hopx.ai build-template, official SDK's tests. */
export const buildLimits = {cpu: [1, 64], memory: [512, 64_000], diskGB: [1, 250]} as const;
