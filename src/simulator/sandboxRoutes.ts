import {documentedStatuses} from '../contract/sandbox.ts';
import {type Call, list, problem, type Reply, type Site} from './reply.ts';
import {readCreateRequest, readTimeoutRequest} from './requestBodies.ts';
import {type Sandbox, sandboxBody} from './sandbox.ts';
import type {Speech} from './speech.ts';
import {needsToken, tokenBody} from './token.ts';
import type {ActName} from './transitions.ts';
import type {Ending} from './world.ts';

/** GET /v1/sandboxes (docs.hopx.ai list-sandboxes). Rows are whole objects, as OpenAPI types them. */
export function listSandboxes(site: Site, {query}: Call): Reply {
  const {world, speech} = site;
  const limit = readLimit(query.get('limit'), speech.pages);
  if (limit === undefined) return problem(400, `limit must be a whole number from 1 to ${speech.pages.most}`);
  const status = query.get('status') || undefined;
  if (status && !isDocumented(status)) return problem(400, `status must be one of ${documentedStatuses.join(', ')}`);
  const cursor = query.get('cursor') || undefined;
  const place = cursor === undefined ? {} : speech.readCursor(cursor);
  if (place === undefined) return problem(400, 'cursor is not one this server gave out');
  const region = query.get('region') || undefined;
  const matches = (sandbox: Sandbox) =>
    (status === undefined || sandbox.status === status) && (region === undefined || sandbox.region === region);
  const {sandboxes, next} = world.page({limit, ...place, matches});
  const told = (place.skip ?? 0) + sandboxes.length;
  return list(site, {
    url: '/v1/sandboxes',
    rows: sandboxes.map((sandbox) => speech.row(sandbox, 'list')),
    hasMore: next !== undefined,
    cursor: next === undefined ? null : speech.writeCursor({lastNumber: next, told}),
  });
}

/** POST /v1/sandboxes: answered when the sandbox runs, as the documents' example has it. */
export function createSandbox(site: Site, {body}: Call): Reply {
  const asked = readCreateRequest(body);
  if ('mistake' in asked) return problem(400, asked.mistake);
  const {template_id, template_name, region, timeout_seconds, internet_access} = asked.value;
  const wanted = template_id ?? template_name;
  if (!wanted) return problem(400, 'Either template_id or template_name must be provided');
  const template = site.templates.find(wanted);
  if (!template) return problem(404, 'Template not found');
  // assumed: nothing says what a create from a template that is not built yet comes to.
  if (!template.is_active) return problem(400, `Template is not active: it is ${template.status}`);
  const wish = {
    template,
    region: region ?? undefined,
    timeoutSeconds: timeout_seconds ?? undefined,
    internetAccess: internet_access ?? undefined,
  };
  return {
    later: (settle) =>
      site.world.create(wish, (ending) => settle(outcome(site, ending, ({id}) => whole(site, 201, id)))),
  };
}

/** GET /v1/sandboxes/:id */
export function getSandbox(site: Site, {params: {id = ''}}: Call): Reply {
  return whole(site, 200, id);
}

/** DELETE /v1/sandboxes/:id: in any status. */
export function deleteSandbox({world, speech}: Site, {params: {id = ''}}: Call): Reply {
  return world.destroy(id) ? speech.deleted(id) : notFound;
}

/** POST /v1/sandboxes/:id/pause and its like: answered when the machine has got there. */
export function act(name: ActName): (site: Site, call: Call) => Reply {
  return (site, {params: {id = ''}}) => ({
    later(settle) {
      site.world.touch(id);
      site.world.act(id, name, (ending) =>
        settle(outcome(site, ending, ({status}) => ({status: 200, body: {id, status}}))),
      );
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

function outcome({speech}: Site, ending: Ending, told: (sandbox: Sandbox) => Reply): Reply {
  switch (ending.is) {
    case 'done':
      return told(ending.sandbox);
    case 'refused':
      return problem(speech.wrongState, ending.reason);
    case 'gone':
      return notFound;
  }
}

/** The object with the agent's token, which OpenAPI has in the model and lists leave out. */
function whole({world, now, speech}: Site, status: number, id: string): Reply {
  const held = world.get(id);
  const sandbox = held && needsToken(held, now()) ? world.issueToken(id) : held;
  return sandbox ? {status, body: {...speech.row(sandbox, 'answer'), ...tokenBody(sandbox)}} : notFound;
}

function readLimit(text: string | null, {usual, most, tooLarge}: Speech['pages']): number | undefined {
  if (!text) return usual;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit > most && tooLarge === 'cut') return most;
  return limit >= 1 && limit <= most ? limit : undefined;
}

const isDocumented = (status: string) => documentedStatuses.some((documented) => documented === status);
