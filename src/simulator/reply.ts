import {errorCodes} from '../contract/envelope.ts';
import type {Channel, Leave, Sink} from './broadcast.ts';
import type {Builds} from './builds.ts';
import type {RequestHeaders} from './keyCheck.ts';
import type {MetricsFeed} from './metricsFeed.ts';
import type {Registry} from './registry.ts';
import type {Speech} from './speech.ts';
import type {Received, Uploads} from './uploads.ts';
import type {World} from './world.ts';

/** An HTTP request, free of sockets. */
export type Request = {
  readonly method: string;
  /** As it came: encoded, with its query. */
  readonly target: string;
  readonly headers: RequestHeaders;
  /** Undefined: larger than is read, 1 MiB. */
  readonly body: string | undefined;
  /** Of an upload this much is known and nothing kept; its body is then empty. */
  readonly received?: Received;
};

/** An HTTP answer, free of sockets: a whole body, or a stream that writes to whatever it is given. */
export type Response = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
} & (
  | {readonly body: string}
  | {readonly open: (sink: Sink) => Leave}
  /** None at all: the connection is reset, or nothing ever comes. The status is then 0. */
  | {readonly lost: 'reset' | 'silence'}
);

/** Without its query. */
export const pathOf = ({target}: Pick<Request, 'target'>): string => target.split('?', 1)[0] ?? '';

export type Answer = (request: Request, reply: (response: Response) => void) => void;

/** What a route makes of a request, before ids and headers are added. */
export type Reply =
  /** Without a body: nothing follows the headers. */
  | {readonly status: number; readonly body: object | undefined; readonly headers?: Readonly<Record<string, string>>}
  | {readonly open: (sink: Sink) => Leave}
  /** Comes when the machine has got there; `settle` is called once. */
  | {readonly later: (settle: (reply: Reply) => void) => void};

export type Call = {
  /** Named parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: RequestHeaders;
  readonly body: string;
  readonly received: Received | undefined;
};

/** What the routes act on. */
export type Site = {
  readonly world: World;
  readonly templates: Registry;
  readonly builds: Builds;
  readonly uploads: Uploads;
  readonly sandboxChannel: Channel;
  readonly templateChannel: Channel;
  readonly metrics: MetricsFeed;
  readonly speech: Speech;
  /** Wall clock. */
  readonly now: () => number;
  readonly monotonic: () => number;
};

/** Where the client reached this server: for the URLs that it is given. */
export function originOf({host = ''}: RequestHeaders): string {
  return `http://${/^[\w.:[\]-]+$/.test(host) ? host : '127.0.0.1'}`;
}

type Problem = keyof typeof errorCodes;

/** Shape 1 of the documented errors: `{error, code, request_id}` (docs.hopx.ai errors). */
export function problem(status: Problem, message: string, code: string = errorCodes[status]): Reply {
  return {status, body: {error: message, code}};
}

/** assumed: 405 has no documented code. `Allow` is RFC 9110. */
export function wrongMethod(allowed: readonly string[]): Reply {
  const body = {error: `Method not allowed; allowed: ${allowed.join(', ')}`, code: 'METHOD_NOT_ALLOWED'};
  return {status: 405, body, headers: {allow: allowed.join(', ')}};
}

/** docs.hopx.ai rate-limits: the body says it in seconds, and so does the header. */
export function tooMany(retryAfterSeconds: number): Reply {
  const body = {error: 'Rate limit exceeded', code: errorCodes[429], retry_after: retryAfterSeconds};
  return {status: 429, body, headers: {'retry-after': String(retryAfterSeconds)}};
}

/** The envelope of every list (docs.hopx.ai overview, pagination; `url` from OpenAPI). */
export function list({speech}: Site, page: Parameters<Speech['list']>[0]): Reply {
  return {status: 200, body: speech.list(page)};
}
