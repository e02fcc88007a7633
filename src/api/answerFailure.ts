import * as v from 'valibot';
import {RESOURCE_LIMIT_ERROR, wireError} from '../contract/envelope.ts';
import type {Failure, FailureKind} from '../model/failure.ts';
import type {Millis} from '../model/sandbox.ts';
import {sanitize} from '../terminal/text.ts';
import {failureOf} from './errors.ts';
import {type AnswerHeaders, headerText, requestIdOf} from './headers.ts';
import {isObject, parseJson} from './json.ts';
import {resetInMs, retryAfterHeaderMs, secondsToWait} from './limits.ts';
import type {Redact} from './secret.ts';

/** An answer that was not what was asked for. */
export type RefusedAnswer = {readonly status: number; readonly headers: AnswerHeaders; readonly text: string};

export type AnswerContext = {readonly method: string; readonly wall: Millis; readonly redact: Redact};

/** What an HTTP status means here (docs.hopx.ai errors; 410: the official SDK reads it as expired). */
const kinds: Readonly<Record<number, FailureKind>> = {
  401: 'unauthorized',
  402: 'payment',
  403: 'forbidden',
  404: 'not-found',
  405: 'unsupported',
  406: 'unsupported',
  408: 'timed-out',
  409: 'conflict',
  410: 'not-found',
  425: 'server',
  429: 'rate-limited',
  501: 'unsupported',
};

/** Said when the server gave no words of its own. */
const sentences: Partial<Record<FailureKind, string>> = {
  unauthorized: 'the API key was not accepted',
  payment: 'the account has no balance left',
  forbidden: 'the API key may not do this',
  'not-found': 'the server does not know it',
  'rate-limited': 'too many requests',
};

function kindOfStatus(status: number): FailureKind {
  const known = kinds[status];
  if (known) return known;
  if (status >= 500) return 'server';
  return status >= 400 ? 'bad-request' : 'bad-answer';
}

/**
 * Reads any of the three documented error shapes, or none. A 4xx was refused as it stood; anything else that is no
 * success may have been carried out.
 */
export function answerFailure({status, headers, text}: RefusedAnswer, {method, wall, redact}: AnswerContext): Failure {
  const body = readError(text);
  const inner = typeof body.error === 'object' ? body.error : undefined;
  const title = typeof body.error === 'string' ? body.error : inner?.message;
  const clean = (value: string | null | undefined) => (value ? sanitize(redact(value)) : undefined);
  const code = clean(body.code ?? inner?.code);
  const kind = status === 429 && code === RESOURCE_LIMIT_ERROR ? 'quota' : kindOfStatus(status);
  const words = clean(body.message) ?? clean(title) ?? plainWords(headers, text, redact);
  return failureOf(kind, words ?? sentences[kind] ?? `the server answered ${status}`, {
    status,
    code,
    requestId: clean(body.request_id ?? inner?.request_id) ?? requestIdOf(headers),
    retryAfterMs:
      retryAfterHeaderMs(headers, wall) ??
      secondsToWait(body.retry_after ?? inner?.details?.retry_after_seconds) ??
      (kind === 'rate-limited' ? resetInMs(headers, wall) : undefined),
    mayHaveHappened: method !== 'GET' && (status < 400 || status >= 500),
  });
}

function readError(text: string): Partial<v.InferOutput<typeof wireError>> {
  const body = parseJson(text);
  return isObject(body) ? v.parse(wireError, body) : {};
}

/** A short text/plain answer is words too; a page of HTML is not. */
function plainWords(headers: AnswerHeaders, text: string, redact: Redact): string | undefined {
  const isPlain = headerText(headers, 'content-type')?.startsWith('text/plain') ?? false;
  return isPlain && text.trim() !== '' ? sanitize(redact(text.trim()), 200) : undefined;
}
