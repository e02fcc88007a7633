import type {Template} from '../model/template.ts';
import {sanitize} from '../terminal/text.ts';
import {decodeSandboxPage, pagingOf} from './decodePage.ts';
import {decodeRecord} from './decodeRecord.ts';
import {decodeOwnSandbox} from './decodeReply.ts';
import {decodeTemplateList, decodeTemplateObject} from './decodeTemplate.ts';
import type {Call, Door, Reply} from './http.ts';
import {isObject} from './json.ts';
import {answerOf, plainSegment, sandboxPath, understood} from './reply.ts';
import type {Answer, Api, ListQuery} from './types.ts';

export type ReadingCalls = Pick<
  Api,
  'health' | 'listSandboxes' | 'getSandbox' | 'getRecord' | 'listTemplates' | 'getTemplate'
>;

/** A guard, not a limit anybody meets: the documented page holds 50 templates (docs.hopx.ai pagination). */
const MOST_TEMPLATE_PAGES = 20;

/** Every call that changes nothing. */
export function createReadingCalls(door: Door): ReadingCalls {
  const get = async <T>(call: Omit<Call, 'method'>, decode: (body: unknown) => T | undefined): Promise<Answer<T>> => {
    const reply = await door({...call, method: 'GET'});
    return answerOf(reply, understood(decode(reply.body), reply, false));
  };
  return {
    async health(signal) {
      const reply = await door({method: 'GET', path: '/health', isAnonymous: true, signal});
      return answerOf(reply, {status: healthIn(reply)});
    },
    listSandboxes: (query, signal) => get({path: '/v1/sandboxes', query: queryOf(query), signal}, decodeSandboxPage),
    getSandbox: async (id, signal) => get({path: sandboxPath(id), signal}, (body) => decodeOwnSandbox(id, body)),
    getRecord: async (id, signal) =>
      get({path: sandboxPath(id), signal}, (body) => {
        const text = decodeRecord(body);
        return text && {patch: decodeOwnSandbox(id, body), text};
      }),
    getTemplate: async (nameOrId, signal) =>
      get({path: `/v1/templates/${plainSegment(nameOrId)}`, signal}, decodeTemplateObject),
    listTemplates: (signal) => listTemplates(door, signal),
  };
}

/** Free-form in OpenAPI; `{"status": "ok"}` in the SDKs, the bare word elsewhere. */
function healthIn({body, text}: Reply): string | undefined {
  const status = isObject(body) ? body.status : text.trim();
  return typeof status === 'string' && status !== '' ? sanitize(status, 40) : undefined;
}

function queryOf(query: ListQuery): Readonly<Record<string, string>> {
  const told = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(told.map(([name, value]) => [name, String(value)]));
}

/** All pages, in order. A cursor that comes back ends it: a server that repeats itself has no more to tell. */
async function listTemplates(door: Door, signal: AbortSignal | undefined): Promise<Answer<readonly Template[]>> {
  const seen = new Set<string>();
  const templates: Template[] = [];
  for (let query: Readonly<Record<string, string>> = {}; ; ) {
    const reply = await door({method: 'GET', path: '/v1/templates', query, signal});
    templates.push(...understood(decodeTemplateList(reply.body), reply, false));
    const {hasMore, nextCursor} = pagingOf(reply.body);
    const isLast = !hasMore || nextCursor === undefined || seen.has(nextCursor) || seen.size >= MOST_TEMPLATE_PAGES;
    if (isLast) return answerOf(reply, templates);
    seen.add(nextCursor);
    query = {cursor: nextCursor};
  }
}
