import {REQUEST_ID_HEADER} from '../contract/envelope.ts';
import {sanitize} from '../terminal/text.ts';
import {apiError} from './errors.ts';
import {isObject} from './json.ts';
import type {Redact, Secret} from './secret.ts';

/** As undici gives them: lower-case names, repeated ones as lists. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export type RequestHeaders = Readonly<Record<string, string>>;

/**
 * How the key is sent. docs.hopx.ai recommends Bearer; docs.hopx.dev, OpenAPI and the official SDK send X-API-Key;
 * docs.hopx.ai calls both equivalent.
 */
export type AuthHeader = 'bearer' | 'x-api-key';

const spellings: Readonly<Record<AuthHeader, (key: string) => RequestHeaders>> = {
  bearer: (key) => ({authorization: `Bearer ${key}`}),
  'x-api-key': (key) => ({'x-api-key': key}),
};

/** The only place where a key leaves its Secret. */
export function authHeaders(key: Secret | undefined, style: AuthHeader): RequestHeaders {
  if (!key) return {};
  const value = key.unwrap();
  if (!/^[\x21-\x7e]+$/.test(value)) {
    throw apiError('unauthorized', 'the API key is empty or holds characters that no request can carry');
  }
  return spellings[style](value);
}

/** A server may give back in a header what it was sent in one. */
export function redactHeaders(headers: AnswerHeaders, redact: Redact): AnswerHeaders {
  const clean = (value: string | string[] | undefined) =>
    Array.isArray(value) ? value.map(redact) : value && redact(value);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)]));
}

export function headerText(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.at(-1) : value;
}

/** The control plane's own name for a request: in the body (docs.hopx.ai errors) or in a header (official SDK). */
export function requestIdOf(headers: AnswerHeaders, body?: unknown): string | undefined {
  const told = isObject(body) ? body.request_id : undefined;
  const id = typeof told === 'string' && told !== '' ? told : headerText(headers, REQUEST_ID_HEADER);
  return id ? sanitize(id, 128) : undefined;
}
