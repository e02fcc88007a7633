import {Buffer} from 'node:buffer';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {createOtherTemplates, type OtherTemplates, type TemplateHabits} from './otherTemplates.ts';

/**
 * A control plane written by somebody else: it shares no line with the simulator nor with the client, so that the
 * two cannot be right merely because they agree. Each habit below is something a real server does.
 */
export type Habits = TemplateHabits & {
  readonly lineEnd?: '\n' | '\r\n' | '\r';
  /** How a list is wrapped; `array` is not wrapped at all. */
  readonly list?: 'data' | 'array' | 'items' | 'sandboxes' | 'nulls';
  /** What the lifecycle stream says; `none`: there is none, and `stream` is taken for the id of a sandbox. */
  readonly stream?: 'named' | 'unnamed' | 'envelope' | 'whole list' | 'id only' | 'cut' | 'none';
  /** Answers `{error: title, message}` or `{error: {message, code}}`; 1 is the documented `{error, code}`. */
  readonly errorShape?: 1 | 2 | 3;
  readonly deleteStatus?: 200 | 204;
  /** The first so many lists are refused with 429 and not one header about when to come back. */
  readonly refusals?: number;
  /** Every path is answered with a redirect there first. */
  readonly redirect?: {readonly status: 301 | 307 | 308; readonly to: string};
  /** Stop and start are unknown here. */
  readonly withoutStop?: boolean;
};

export type WireRow = {readonly id: string | number; readonly status: string} & Readonly<Record<string, unknown>>;

type Seen = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
};

export type OtherServer = AsyncDisposable & {
  readonly url: string;
  readonly rows: () => readonly WireRow[];
  /** Creates or changes a row and tells the stream about it, in this server's way. */
  readonly put: (row: WireRow) => void;
  readonly remove: (id: string | number) => void;
  /** Ends every open stream; `mid-character` after two of the three bytes of a character. */
  readonly breakStreams: () => void;
  readonly builds: OtherTemplates;
  readonly seen: readonly Seen[];
};

type Verb = 'created' | 'changed' | 'deleted';

/** Bodies of lists. */
const listBodies: Readonly<Record<NonNullable<Habits['list']>, (rows: readonly WireRow[]) => unknown>> = {
  data: (rows) => ({object: 'list', data: rows, has_more: false, next_cursor: null}),
  array: (rows) => rows,
  items: (rows) => ({items: rows}),
  sandboxes: (rows) => ({sandboxes: rows, has_more: true}),
  nulls: (rows) => ({data: [null, ...rows, 42, {status: 'running'}], has_more: 'no', next_cursor: ''}),
};

type Message = {readonly name?: string; readonly body: unknown};

/** What one change is on the stream. */
const messages: Readonly<
  Record<NonNullable<Habits['stream']>, (verb: Verb, row: WireRow, rows: readonly WireRow[]) => Message>
> = {
  named: (verb, row) => ({name: `sandbox.${verb}`, body: {type: `sandbox.${verb}`, sandbox: row}}),
  unnamed: (verb, row) => ({body: verb === 'deleted' ? {...row, status: 'deleted'} : row}),
  envelope: (verb, row) => ({body: {event: verb, data: {object: 'event', sandbox: row}}}),
  'whole list': (_, __, rows) => ({body: rows}),
  'id only': (verb, row) => ({name: verb, body: {sandbox_id: row.id}}),
  cut: (verb, row) => ({name: verb, body: row}),
  none: (verb, row) => ({name: verb, body: row}),
};

const errorBodies = {
  1: (title: string, detail: string) => ({error: detail, code: title, request_id: 'other-1'}),
  2: (title: string, detail: string) => ({error: title, message: detail}),
  3: (title: string, detail: string) => ({error: {message: detail, code: title, request_id: 'other-3'}}),
} as const;

const transitions: Readonly<Record<string, string>> = {
  pause: 'paused',
  resume: 'running',
  stop: 'stopped',
  start: 'running',
};

export async function startOtherServer(first: readonly WireRow[], habits: Habits = {}): Promise<OtherServer> {
  const {lineEnd = '\n', stream = 'named', list = 'data', errorShape = 1, deleteStatus = 200} = habits;
  const rows = new Map(first.map((row) => [String(row.id), row]));
  const streams = new Set<ServerResponse>();
  const seen: Seen[] = [];
  let refusals = habits.refusals ?? 0;

  const json = (response: ServerResponse, status: number, body: unknown) => {
    response.writeHead(status, {'content-type': 'application/json; charset=utf-8'});
    response.end(JSON.stringify(body));
  };
  const fail = (response: ServerResponse, status: number, title: string, detail: string) =>
    json(response, status, errorBodies[errorShape](title, detail));
  const openStream = (response: ServerResponse) => {
    response.writeHead(200, {'content-type': 'text/event-stream'});
    response.write(`:hello${lineEnd}${lineEnd}`);
    streams.add(response);
    response.on('close', () => streams.delete(response));
  };
  const tell = (verb: Verb, row: WireRow) => {
    const {name, body} = messages[stream](verb, row, [...rows.values()]);
    const head = name ? `event:${name}${lineEnd}` : '';
    // A server that prints its JSON over several lines sends several `data` lines.
    const dataLines = JSON.stringify(body, null, 1)
      .split('\n')
      .map((line) => `data: ${line}`);
    const bytes = Buffer.from(`${head}${dataLines.join(lineEnd)}${lineEnd}${lineEnd}`);
    for (const response of streams) {
      if (stream === 'cut') cutInsideCharacter(response, bytes);
      else response.write(bytes);
    }
  };
  const put = (row: WireRow) => {
    const verb = rows.has(String(row.id)) ? 'changed' : 'created';
    rows.set(String(row.id), row);
    tell(verb, row);
  };
  const remove = (id: string | number) => {
    const row = rows.get(String(id));
    rows.delete(String(id));
    if (row) tell('deleted', row);
  };

  const create = (response: ServerResponse) => {
    put({id: 'made_1', status: 'creating'});
    return json(response, 201, {id: 'made_1', status: 'creating', auth_token: 'x'});
  };
  const answerList = (response: ServerResponse) => {
    if (refusals > 0) {
      refusals -= 1;
      return fail(response, 429, 'RATE_LIMIT_EXCEEDED', 'slow down');
    }
    return json(response, 200, listBodies[list]([...rows.values()]));
  };
  const change = (row: WireRow, verb: string, response: ServerResponse) => {
    const status = transitions[verb];
    const isUnknown = habits.withoutStop === true && (verb === 'stop' || verb === 'start');
    if (!status || isUnknown) return fail(response, 404, 'Not found', 'no such route');
    put({...row, status});
    return json(response, 200, {id: row.id, status});
  };
  const answerOne = (method: string, id: string, verb: string, response: ServerResponse) => {
    const row = rows.get(id);
    if (!row) return fail(response, 404, 'Not found', `no sandbox ${id}`);
    if (method === 'GET') return json(response, 200, row);
    if (method === 'DELETE') {
      remove(id);
      return deleteStatus === 204 ? response.writeHead(204).end() : json(response, 200, {});
    }
    const answer = lessActs[verb];
    return answer ? json(response, 200, answer(id)) : change(row, verb, response);
  };
  const builds = createOtherTemplates(habits, {lineEnd, deleteStatus, json, fail});
  const route = (request: IncomingMessage, response: ServerResponse) => {
    const {method = 'GET', url = '/'} = request;
    const [, , resource, ...segments] = (url.split('?')[0] ?? '').split('/').map(decodeURIComponent);
    const [id, verb = ''] = segments;
    if (resource === 'templates') return builds.answer({request, url: new URL(url, ANYWHERE), segments}, response);
    if (resource !== 'sandboxes') return fail(response, 404, 'Not found', 'no such route');
    if (id === undefined) return method === 'POST' ? create(response) : answerList(response);
    if (id === 'stream' && stream !== 'none') return openStream(response);
    return answerOne(method, id, verb, response);
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const {method = 'GET', url = '/', headers} = request;
    seen.push({method, path: url, headers});
    if (url.startsWith(BUCKET)) {
      const parsed = new URL(url, ANYWHERE);
      return builds.upload({request, url: parsed, segments: [parsed.pathname.slice(BUCKET.length)]}, response);
    }
    if (habits.redirect && !url.includes(REDIRECTED)) return redirect(response, url, habits.redirect);
    const hasKey = headers.authorization !== undefined || headers['x-api-key'] !== undefined;
    return hasKey ? route(request, response) : fail(response, 401, 'Unauthorized', 'no key');
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rows: () => [...rows.values()],
    put,
    remove,
    breakStreams: () => {
      for (const response of streams) response.destroy();
    },
    builds: builds.control,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Acts that leave the status as it is. */
const lessActs: Readonly<Record<string, (id: string) => object>> = {
  timeout: (id) => ({id, timeout_seconds: 3600, expires_at: '2030-01-01T00:00:00Z'}),
  token: () => ({auth_token: 'y', token_expires_at: '2030-01-01T01:00:00Z'}),
};

/** Where files are uploaded to. */
const BUCKET = '/bucket/';
/** Of a URL only path and query count here. */
const ANYWHERE = 'http://other';

/** Where a request ends up that has been sent on once. */
const REDIRECTED = 'redirected=1';

function redirect(response: ServerResponse, url: string, {status, to}: NonNullable<Habits['redirect']>): void {
  response.writeHead(status, {location: `${to}${url}${url.includes('?') ? '&' : '?'}${REDIRECTED}`}).end();
}

/** Sends all up to two bytes of the last three-byte character, then hangs up. */
function cutInsideCharacter(response: ServerResponse, bytes: Buffer): void {
  const start = bytes.findLastIndex((byte) => byte >= 0xe0 && byte < 0xf0);
  response.write(bytes.subarray(0, start < 0 ? bytes.length - 3 : start + 2), () => response.destroy());
}
