import {getBuildLogs, getBuildStatus, startBuild} from './buildRoutes.ts';
import type {Cost} from './limiter.ts';
import type {Call, Reply, Site} from './reply.ts';
import {
  act,
  createSandbox,
  deleteSandbox,
  getSandbox,
  listSandboxes,
  refreshSandboxToken,
  setSandboxTimeout,
} from './sandboxRoutes.ts';
import {streamMetrics, streamSandboxes, streamTemplates} from './streamRoutes.ts';
import {deleteTemplate, getTemplate, listTemplates} from './templateRoutes.ts';
import {linkUpload, takeUpload} from './uploadRoutes.ts';
import {UPLOAD_PATH} from './uploads.ts';

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `:name` is one segment of any text. */
  readonly path: string;
  readonly does: string;
  /** `free`: no key, no budget. */
  readonly cost: Cost | 'free';
  readonly reply: (site: Site, call: Call) => Reply;
};

/** A free-form answer: the JS SDK's documentation shows `ok`. */
const health = (): Reply => ({status: 200, body: {status: 'ok'}});

/** TABLE of routes (docs.hopx.ai overview). The first that fits answers, so literal paths come first. */
export const routes: readonly Route[] = [
  {method: 'GET', path: '/health', does: 'says that it lives', cost: 'free', reply: health},
  {
    method: 'GET',
    path: '/v1/sandboxes/stream',
    does: 'streams sandbox events',
    cost: 'request',
    reply: streamSandboxes,
  },
  {method: 'GET', path: '/v1/sandboxes', does: 'lists sandboxes', cost: 'request', reply: listSandboxes},
  {method: 'POST', path: '/v1/sandboxes', does: 'creates a sandbox', cost: 'create', reply: createSandbox},
  {method: 'GET', path: '/v1/sandboxes/:id', does: 'reads a sandbox', cost: 'request', reply: getSandbox},
  {method: 'DELETE', path: '/v1/sandboxes/:id', does: 'deletes a sandbox', cost: 'request', reply: deleteSandbox},
  {method: 'POST', path: '/v1/sandboxes/:id/start', does: 'starts a stopped one', cost: 'request', reply: act('start')},
  {method: 'POST', path: '/v1/sandboxes/:id/stop', does: 'stops a running one', cost: 'request', reply: act('stop')},
  {method: 'POST', path: '/v1/sandboxes/:id/pause', does: 'pauses a running one', cost: 'request', reply: act('pause')},
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/resume',
    does: 'resumes a paused one',
    cost: 'request',
    reply: act('resume'),
  },
  {
    method: 'PUT',
    path: '/v1/sandboxes/:id/timeout',
    does: 'sets when it is destroyed, in seconds from now',
    cost: 'request',
    reply: setSandboxTimeout,
  },
  {
    method: 'POST',
    path: '/v1/sandboxes/:id/token/refresh',
    does: "renews the agent's token",
    cost: 'request',
    reply: refreshSandboxToken,
  },
  {
    method: 'GET',
    path: '/v1/sandboxes/:id/metrics/stream',
    does: 'streams metrics of a running one',
    cost: 'request',
    reply: streamMetrics,
  },
  {
    method: 'GET',
    path: '/v1/templates/stream',
    does: 'streams template events',
    cost: 'request',
    reply: streamTemplates,
  },
  {
    method: 'POST',
    path: '/v1/templates/files/upload-link',
    does: 'gives a link for the files of a COPY step',
    cost: 'request',
    reply: linkUpload,
  },
  {method: 'PUT', path: `${UPLOAD_PATH}:hash`, does: 'takes files under such a link', cost: 'free', reply: takeUpload},
  {method: 'POST', path: '/v1/templates/build', does: 'builds a template', cost: 'build', reply: startBuild},
  {
    method: 'GET',
    path: '/v1/templates/build/:buildID/status',
    does: 'says how far a build is',
    cost: 'request',
    reply: getBuildStatus,
  },
  {
    method: 'GET',
    path: '/v1/templates/build/:buildID/logs',
    does: 'streams or reads the log of a build',
    cost: 'request',
    reply: getBuildLogs,
  },
  {method: 'GET', path: '/v1/templates', does: 'lists templates', cost: 'request', reply: listTemplates},
  {method: 'GET', path: '/v1/templates/:name', does: 'reads a template', cost: 'request', reply: getTemplate},
  {
    method: 'DELETE',
    path: '/v1/templates/:templateID',
    does: 'deletes a template that nobody uses',
    cost: 'request',
    reply: deleteTemplate,
  },
];

export type Match =
  | {readonly route: Route; readonly params: Readonly<Record<string, string>>}
  | {readonly allowed: readonly string[]};

const compiled = routes.map((route) => ({
  route,
  segments: route.path.split('/'),
  /** Paths that differ in names alone are one. */
  shape: route.path.replaceAll(/:\w+/g, ':'),
}));

/** The route for a method and an encoded path; else the methods that the path knows (none: no such path). */
export function matchRoute(method: string, path: string): Match {
  const given = path.split('/').map(decodeSegment);
  const fitting = compiled.filter(({segments}) => fits(segments, given));
  // A literal path hides what the pattern behind it would allow: DELETE /v1/sandboxes/stream means no sandbox.
  const [first] = fitting;
  const candidates = fitting.filter(({shape}) => shape === first?.shape);
  const hit = candidates.find(({route}) => route.method === method);
  if (!hit) return {allowed: candidates.map(({route}) => route.method)};
  const named = hit.segments.flatMap((segment, at) =>
    segment.startsWith(':') ? [[segment.slice(1), given[at] ?? '']] : [],
  );
  return {route: hit.route, params: Object.fromEntries(named)};
}

function fits(segments: readonly string[], given: readonly (string | undefined)[]): boolean {
  if (segments.length !== given.length) return false;
  return segments.every((segment, at) => (segment.startsWith(':') ? Boolean(given[at]) : segment === given[at]));
}

/** Segment by segment, so that an encoded slash or `..` stays part of an id. Undefined: not decodable. */
function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
