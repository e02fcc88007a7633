import {pageLimits} from '../contract/envelope.ts';
import {documentedStatuses} from '../contract/sandbox.ts';
import {decodeCursor, encodeCursor} from './cursor.ts';
import {type Call, list, problem, type Reply, type Site} from './reply.ts';
import {readCreateRequest, readTimeoutRequest} from './requestBodies.ts';
import {type Sandbox, sandboxBody} from './sandbox.ts';
import {findTemplate} from './templateRoutes.ts';
import {needsToken, tokenBody} from './token.ts';
import type {ActName} from './transitions.ts';
import type {Ending} from './world.ts';

/** GET /v1/sandboxes (docs.hopx.ai list-sandboxes). Rows are whole objects, as OpenAPI types them. */
export function listSandboxes({world}: Site, {query}: Call): Reply {
  const limit = readLimit(query.get('limit'));
  if (limit === undefined) return problem(400, `limit must be a whole number from 1 to ${pageLimits.most}`);
  const status = query.get('status') || undefined;
  if (status && !isDocumented(status)) return problem(400, `status must be one of ${documentedStatuses.join(', ')}`);
  const cursor = query.get('cursor') || undefined;
  const before = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor !== undefined && before === undefined) return problem(400, 'cursor is not one this server gave out');
  const region = query.get('region') || undefined;
  const matches = (sandbox: Sandbox) =>
    (status === undefined || sandbox.status === status) && (region === undefined || sandbox.region === region);
  const {sandboxes, next} = world.page({limit, before, matches});
  return list('/v1/sandboxes', sandboxes.map(sandboxBody), next === undefined ? null : encodeCursor(next));
}

/** POST /v1/sandboxes: answered when the sandbox runs, as the documents' example has it. */
export function createSandbox(site: Site, {body}: Call): Reply {
  const asked = readCreateRequest(body);
  if ('mistake' in asked) return problem(400, asked.mistake);
  const {template_id, template_name, region, timeout_seconds, internet_access} = asked.value;
  const wanted = template_id ?? template_name;
  if (!wanted) return problem(400, 'Either template_id or template_name must be provided');
  const template = findTemplate(site.templates, wanted);
  if (!template) return problem(404, 'Template not found');
  const wish = {
    template,
    region: region ?? undefined,
    timeoutSeconds: timeout_seconds ?? undefined,
    internetAccess: internet_access ?? undefined,
  };
  return {
    later: (settle) => site.world.create(wish, (ending) => settle(outcome(ending, ({id}) => whole(site, 201, id)))),
  };
}

/** GET /v1/sandboxes/:id */
export function getSandbox(site: Site, {params: {id = ''}}: Call): Reply {
  return whole(site, 200, id);
}

/** DELETE /v1/sandboxes/:id: in any status. */
export function deleteSandbox({world}: Site, {params: {id = ''}}: Call): Reply {
  return world.destroy(id) ? {status: 200, body: {id, status: 'deleted'}} : notFound;
}

/** POST /v1/sandboxes/:id/pause and its like: answered when the machine has got there. */
export function act(name: ActName): (site: Site, call: Call) => Reply {
  return ({world}, {params: {id = ''}}) => ({
    later(settle) {
      world.touch(id);
      world.act(id, name, (ending) => settle(outcome(ending, ({status}) => ({status: 200, body: {id, status}}))));
    },
  });
}

/** PUT /v1/sandboxes/:id/timeout: seconds from now, not added to what is left (docs.hopx.ai set-timeout). */
export function setSandboxTimeout({world}: Site, {params: {id = ''}, body}: Call): Reply {
  if (!world.get(id)) return notFound;
  const asked = readTimeoutRequest(body);
  if ('mistake' in asked) return problem(400, asked.mistake);
  world.touch(id);
  const sandbox = world.setTimeout(id, asked.value.timeout_seconds);
  if (!sandbox) return notFound;
  const {timeout_seconds, expires_at} = sandboxBody(sandbox);
  return {status: 200, body: {id, timeout_seconds, expires_at}};
}

/** POST /v1/sandboxes/:id/token/refresh */
export function refreshSandboxToken({world}: Site, {params: {id = ''}}: Call): Reply {
  const sandbox = world.issueToken(id);
  return sandbox ? {status: 200, body: {id, ...tokenBody(sandbox)}} : notFound;
}

export const notFound = problem(404, 'Sandbox not found');

function outcome(ending: Ending, told: (sandbox: Sandbox) => Reply): Reply {
  switch (ending.is) {
    case 'done':
      return told(ending.sandbox);
    case 'refused':
      return problem(409, ending.reason);
    case 'gone':
      return notFound;
  }
}

/** The object with the agent's token, which OpenAPI has in the model and lists leave out. */
function whole({world, now}: Site, status: number, id: string): Reply {
  const held = world.get(id);
  const sandbox = held && needsToken(held, now()) ? world.issueToken(id) : held;
  return sandbox ? {status, body: {...sandboxBody(sandbox), ...tokenBody(sandbox)}} : notFound;
}

function readLimit(text: string | null): number | undefined {
  if (!text) return pageLimits.default;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= pageLimits.most ? limit : undefined;
}

const isDocumented = (status: string) => documentedStatuses.some((documented) => documented === status);
