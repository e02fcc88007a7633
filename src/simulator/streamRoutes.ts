import {type Call, problem, type Reply, type Site} from './reply.ts';
import {notFound} from './sandboxRoutes.ts';

/** GET /v1/sandboxes/stream: every change of the fleet, from now on or from `Last-Event-ID` on. */
export function streamSandboxes({sandboxChannel}: Site, {headers}: Call): Reply {
  return {open: (sink) => sandboxChannel.open(sink, headers['last-event-id'])};
}

/** GET /v1/templates/stream: every change of a template, in the same way. */
export function streamTemplates({templateChannel}: Site, {headers}: Call): Reply {
  return {open: (sink) => templateChannel.open(sink, headers['last-event-id'])};
}

/** GET /v1/sandboxes/:id/metrics/stream: ends when the sandbox leaves `running`. */
export function streamMetrics({world, metrics}: Site, {params: {id = ''}}: Call): Reply {
  const sandbox = world.get(id);
  if (!sandbox) return notFound;
  if (sandbox.status !== 'running') return problem(409, `No metrics: the sandbox is ${sandbox.status}`);
  return {open: (sink) => metrics.open(id, sink)};
}
