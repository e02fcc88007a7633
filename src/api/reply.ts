import {isPlainId} from '../model/sandbox.ts';
import {sanitize} from '../terminal/text.ts';
import {apiError} from './errors.ts';
import type {Reply} from './http.ts';
import type {Answer} from './types.ts';

export function answerOf<T>({status, requestId, sentAt}: Reply, value: T): Answer<T> {
  return {value, status, requestId, sentAt};
}

/** A success nobody can read is a failure, and of an act nobody knows whether it happened. */
export function understood<T>(value: T | undefined, {status, requestId}: Reply, mayHaveHappened: boolean): T {
  if (value !== undefined) return value;
  throw apiError('bad-answer', 'the answer could not be understood', {status, requestId, mayHaveHappened});
}

/**
 * The body of an accepted act: undefined for an empty one, or for words. A page of HTML does not come from a control
 * plane (a captive portal, a proxy), so nobody knows whether the act arrived.
 */
export function acceptedBody(reply: Reply): unknown {
  return understood(reply.text.trimStart().startsWith('<') ? undefined : {body: reply.body}, reply, true).body;
}

/** A path segment from an id or a name. Refused when it is not plain text: nothing is guessed about other characters. */
export function plainSegment(id: string): string {
  if (isPlainId(id)) return encodeURIComponent(id);
  throw apiError('bad-request', `not sent: ${sanitize(id, 40)} is not a plain id`);
}

export const sandboxPath = (id: string): string => `/v1/sandboxes/${plainSegment(id)}`;
