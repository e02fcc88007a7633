import type {FailureKind} from '../model/failure.ts';
import {sanitize} from '../terminal/text.ts';
import {type AnswerHeaders, headerText} from './headers.ts';

/** In what two kinds of streams differ. */
export type StreamPolicy = {
  /** The most UTF-16 units one event may hold. */
  readonly mostCharacters: number;
  /** After so many too large events in a row the stream is given up. */
  readonly mostTooLarge: number;
  /** Statuses that mean the thing watched has gone, rather than that there is no such stream. */
  readonly gone: readonly number[];
};

/** A list stream may send the whole list in one event. */
export const listPolicy: StreamPolicy = {mostCharacters: 16 * 2 ** 20, mostTooLarge: 2, gone: []};

export const metricsPolicy: StreamPolicy = {
  mostCharacters: 2 ** 20,
  mostTooLarge: Number.POSITIVE_INFINITY,
  gone: [404, 409, 410],
};

export type Verdict =
  | {readonly next: 'read'}
  /** Tried again later; the kind is that of the status. */
  | {readonly next: 'retry'}
  /** Given up. Without a `message` the server's own words are looked for. */
  | {readonly next: 'end'; readonly kind: FailureKind; readonly message?: string};

const end = (kind: FailureKind, message?: string): Verdict => ({next: 'end', kind, ...(message ? {message} : {})});

/** Statuses that mean something other than what `verdictOf` makes of their class. */
const byStatus: Readonly<Record<number, Verdict>> = {
  204: end('unsupported', 'the server ended the stream for good (204)'),
  401: end('unauthorized'),
  403: end('forbidden'),
  408: {next: 'retry'},
  425: {next: 'retry'},
  429: {next: 'retry'},
  501: end('unsupported'),
};

/**
 * What to do with an answer to a request for a stream. As in WHATWG HTML, only a 200 of the right type is one; unlike
 * there, a server in trouble is asked again.
 */
export function verdictOf(status: number, headers: AnswerHeaders, policy: StreamPolicy): Verdict {
  if (policy.gone.includes(status)) return end('not-found');
  if (status === 200) return verdictOfType(headers);
  return byStatus[status] ?? (status >= 500 ? {next: 'retry'} : end('unsupported'));
}

function verdictOfType(headers: AnswerHeaders): Verdict {
  const type = headerText(headers, 'content-type') ?? '';
  const essence = type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (essence !== 'text/event-stream') {
    return end('unsupported', `no event stream here, but ${sanitize(essence, 60) || 'something without a type'}`);
  }
  const encoding = headerText(headers, 'content-encoding')?.trim().toLowerCase() || 'identity';
  if (encoding === 'identity') return {next: 'read'};
  return end('unsupported', `the stream is compressed (${sanitize(encoding, 40)}) though that was refused`);
}
