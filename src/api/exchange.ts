import {lookup} from 'node:dns';
import type {LookupFunction} from 'node:net';
import type {Readable} from 'node:stream';
import type {buildConnector as BuildConnector, Dispatcher} from 'undici';
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import {sanitize} from '../terminal/text.ts';
import {apiError} from './errors.ts';
import {type AnswerHeaders, headerText, type RequestHeaders, redactHeaders} from './headers.ts';
import {namingIssuer} from './issuer.ts';
import type {Redact} from './secret.ts';
import {tunnelled} from './tunnel.ts';

export type Timeouts = {
  readonly connectMs: number;
  /** From the end of the request to the end of the answer's headers. */
  readonly headersMs: number;
  /** Between two chunks of the answer; 0: any silence is accepted. */
  readonly bodyMs: number;
};

export const usualTimeouts: Timeouts = {connectMs: 10_000, headersMs: 15_000, bodyMs: 30_000};

/** Streams are silent for as long as nothing happens. */
export const streamTimeouts: Timeouts = {...usualTimeouts, bodyMs: 0};

export type Outgoing = {
  readonly dispatcher: Dispatcher;
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers: RequestHeaders;
  readonly body?: string | Readable | undefined;
  readonly signal: AbortSignal;
  readonly redact: Redact;
};

/** An answer, its headers redacted, whose body has not been read: whoever gets it reads or destroys the body. */
export type Incoming = {readonly status: number; readonly headers: AnswerHeaders; readonly body: Readable};

const MOST_REDIRECTS = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Over IPv6 the API has been seen to stall for minutes (comment in the official SDK), so IPv4 goes first. */
const ipv4First: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, {...options, order: 'ipv4first'}, callback);

export type DispatcherOptions = {
  /** Null: as many as there are requests. */
  readonly connections?: number | null;
  /** On the way to every server. */
  readonly proxy?: URL | undefined;
  /** Asked before every connection; default: IPv4 first. */
  readonly lookup?: LookupFunction | undefined;
};

/**
 * A pool of HTTP/1.1 connections. Requests and streams need one each: in a shared one, open streams would keep an
 * act waiting.
 */
export function createDispatcher(timeouts: Timeouts, options: DispatcherOptions = {}): Dispatcher {
  const {connections = null, proxy, lookup: resolve = ipv4First} = options;
  const direct = namingIssuer(buildConnector({...connectOptions(timeouts), lookup: resolve}));
  const tunnel = {timeoutMs: timeouts.connectMs, lookup: resolve};
  return new Agent({
    allowH2: false,
    connections,
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.bodyMs,
    connect: proxy ? tunnelled(direct, {...tunnel, proxy}) : direct,
  });
}

const connectOptions = ({connectMs}: Timeouts): BuildConnector.BuildOptions => ({
  allowH2: false,
  autoSelectFamily: true,
  timeout: connectMs,
  keepAliveInitialDelay: 15_000,
  // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not hand the key to anybody.
  rejectUnauthorized: true,
});

/** One request, and for a GET its redirects: undici's own would send `X-API-Key` to another origin. */
export async function exchange(outgoing: Outgoing): Promise<Incoming> {
  let url = outgoing.url;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const answer = await send({...outgoing, url});
    if (outgoing.method !== 'GET' || !redirects.has(answer.status)) {
      return {...answer, headers: redactHeaders(answer.headers, outgoing.redact)};
    }
    answer.body.destroy();
    url = redirectTarget(url, answer, outgoing.redact);
  }
  throw apiError('bad-answer', `the server redirects in a circle, more than ${MOST_REDIRECTS} times`);
}

async function send({dispatcher, url, method, headers, body, signal}: Outgoing): Promise<Incoming> {
  const {origin, pathname, search} = url;
  const answer = await request.call(dispatcher, {
    origin,
    path: `${pathname}${search}`,
    ...{method, headers, signal},
    body: body ?? null,
  });
  // A body that is destroyed says so as an error, which without a listener would end the process.
  answer.body.on('error', () => undefined);
  return {status: answer.statusCode, headers: answer.headers, body: answer.body};
}

function redirectTarget(from: URL, {status, headers}: Incoming, redact: Redact): URL {
  const location = headerText(headers, 'location');
  if (!location || !URL.canParse(location, from.href)) {
    throw apiError('bad-answer', `the server redirects (${status}) without saying where to`, {status});
  }
  const target = new URL(location, from);
  if (target.origin === from.origin) return target;
  // A URL's host is in lower case, where a token is not told from a name any more: what held one is not shown at all.
  const isClean = redact(location) === location && redact(target.origin) === target.origin;
  const shown = isClean ? sanitize(target.origin, 80) : 'another host';
  throw apiError('bad-answer', `the server redirects to ${shown}: refused, the key stays with its host`, {status});
}
