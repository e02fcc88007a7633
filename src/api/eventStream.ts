import {Buffer} from 'node:buffer';
import type {Readable} from 'node:stream';
import type {Dispatcher} from 'undici';
import type {Clock} from '../clock/clock.ts';
import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {answerFailure} from './answerFailure.ts';
import {type BackOff, clampRetry, pauseMs, usualBackOff} from './backoff.ts';
import {readBody} from './body.ts';
import {ApiError, failureOf} from './errors.ts';
import {exchange, type Incoming} from './exchange.ts';
import type {AnswerHeaders, RequestHeaders} from './headers.ts';
import type {Redact} from './secret.ts';
import {createSseDecoder, type SseItem} from './sse.ts';
import {listPolicy, type StreamPolicy, verdictOf} from './streamVerdict.ts';
import {transportFailure} from './transportFailure.ts';
import type {ConnectionSignal} from './types.ts';
import {pauseFor, untilAborted, watchBody} from './waiting.ts';
import {type Witness, witnessLines} from './witness.ts';

/** What happens to a followed stream, its pieces as they were sent. */
export type FollowSignal = ConnectionSignal | (SseItem & {readonly at: Stamp});

export type FollowOptions = {
  readonly url: URL;
  /** Stops it: the last signal is then `ended`, of kind `cancelled`. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: () => number;
  /** `createDispatcher(streamTimeouts)`: one whose body time-out is off. */
  readonly dispatcher: Dispatcher;
  /** Asked before every connect, so that a key is not kept in these options. */
  readonly headers?: () => RequestHeaders;
  /** Sent with the first connect already. */
  readonly lastEventId?: string;
  readonly policy?: StreamPolicy;
  readonly backOff?: BackOff;
  /** Without a byte for so long, comments included, the connection counts as lost. Default: never. */
  readonly silenceMs?: number;
  readonly redact?: Redact;
  /** Waited for before every connect. */
  readonly admit?: () => Promise<void>;
  /** Asked for in every pause; resolves to end it. */
  readonly hurry?: () => Promise<void>;
  /** Asked for on every connection; resolves to drop it and connect anew. */
  readonly restart?: () => Promise<void>;
  /** Told the headers of every answer. */
  readonly answered?: (headers: AnswerHeaders) => void;
  /** Given a 200 that is no stream, before it counts as a refusal; may read the body. Must not reject. */
  readonly declined?: (answer: Incoming) => Promise<void>;
  /** Told every answer that is a stream, and its lines. */
  readonly witness?: Witness | undefined;
};

/** What one connection leaves behind for the next. */
type Memory = {lastEventId: string; retryMs: number | undefined; failures: number; tooLarge: number};

type Outcome = {readonly type: 'lost' | 'ended'; readonly failure: Failure; readonly wasHealthy?: boolean};

const HEARD_EVERY_MS = 1_000;

/** What is read of an answer that is no stream, and for how long. */
const MOST_REFUSAL_BYTES = 65_536;
const LONGEST_REFUSAL_MS = 5_000;

/** A longer id would not fit into a request. */
const MOST_ID_BYTES = 4_096;

const unchanged: Redact = (text) => text;

const tooLarge = failureOf('bad-answer', 'event too large');

/**
 * Follows one event stream for as long as it makes sense: connects, decodes, and connects again with `Last-Event-ID`
 * after a pause. Usable alone. Leaving the loop (`break`) or aborting the signal closes the connection.
 */
export async function* followEventStream(options: FollowOptions): AsyncGenerator<FollowSignal, void> {
  const {clock, signal, backOff = usualBackOff, policy = listPolicy} = options;
  const memory: Memory = {lastEventId: options.lastEventId ?? '', retryMs: undefined, failures: 0, tooLarge: 0};
  while (!signal.aborted) {
    await untilAborted(options.admit, signal);
    if (signal.aborted) break;
    yield {type: 'connecting', at: clock.monotonic(), attempt: memory.failures + 1};
    const outcome = yield* connectOnce(options, memory);
    if (signal.aborted) break;
    const last = learn(memory, outcome, policy);
    if (last) return yield {type: 'ended', at: clock.monotonic(), failure: last};
    const {failure} = outcome;
    const pause = {failures: memory.failures, retryMs: memory.retryMs, retryAfterMs: failure.retryAfterMs};
    const retryInMs = pauseMs(pause, backOff, options.random);
    yield {type: 'lost', at: clock.monotonic(), failure, attempt: memory.failures, retryInMs};
    await pauseFor(clock, retryInMs, {signal, hurry: options.hurry});
  }
  yield {type: 'ended', at: clock.monotonic(), failure: failureOf('cancelled', 'cancelled')};
}

/** Counts the failure; answers it when it was the last one. */
function learn(
  memory: Memory,
  {type, failure, wasHealthy}: Outcome,
  {mostTooLarge}: StreamPolicy,
): Failure | undefined {
  memory.failures = wasHealthy ? 1 : memory.failures + 1;
  memory.tooLarge = failure === tooLarge ? memory.tooLarge + 1 : 0;
  if (memory.tooLarge >= mostTooLarge) return {...failure, kind: 'unsupported'};
  return type === 'ended' ? failure : undefined;
}

async function* connectOnce(options: FollowOptions, memory: Memory): AsyncGenerator<FollowSignal, Outcome> {
  const {clock, backOff = usualBackOff, policy = listPolicy, redact = unchanged} = options;
  const answer = await open(options, memory);
  if ('failure' in answer) return answer;
  try {
    options.answered?.(answer.headers);
    const verdict = verdictOf(answer.status, answer.headers, policy);
    if (verdict.next !== 'read') {
      const said = verdict.next === 'end' ? verdict.message : undefined;
      if (answer.status === 200) await options.declined?.(answer);
      const refusal = await readRefusal(options, answer, said);
      if (verdict.next === 'retry') return {type: 'lost', failure: refusal};
      return {type: 'ended', failure: {...refusal, kind: verdict.kind}};
    }
    const {status, headers} = answer;
    options.witness?.({what: 'opened', path: redact(options.url.pathname), status, headers});
    const openedAt = clock.monotonic();
    yield {type: 'opened', at: openedAt};
    const failure = yield* readStream(options, memory, answer.body);
    const wasHealthy = clock.monotonic() - openedAt >= backOff.healthyMs;
    return {type: failure.kind === 'cancelled' ? 'ended' : 'lost', failure, wasHealthy};
  } finally {
    answer.body.destroy();
  }
}

async function open(options: FollowOptions, {lastEventId}: Memory): Promise<Incoming | Outcome> {
  const {url, dispatcher, signal, redact = unchanged} = options;
  try {
    const headers = {
      accept: 'text/event-stream',
      'cache-control': 'no-cache',
      'accept-encoding': 'identity',
      ...options.headers?.(),
      ...lastEventIdHeader(lastEventId),
    };
    return await exchange({dispatcher, url, method: 'GET', headers, signal, redact});
  } catch (error) {
    const thrown = transportFailure(error, {method: 'GET', host: url.host, signal});
    const failure = {...thrown, message: redact(thrown.message)};
    if (failure.kind === 'cancelled') return {type: 'ended', failure};
    if (!(error instanceof ApiError)) return {type: 'lost', failure};
    // Refused by us: a redirect that may not be followed, or a key that cannot be sent.
    return {type: 'ended', failure: failure.kind === 'bad-answer' ? {...failure, kind: 'unsupported'} : failure};
  }
}

/** UTF-8 as bytes (WHATWG HTML); undici writes one byte for each character. An id that no header can carry stays. */
function lastEventIdHeader(id: string): RequestHeaders {
  const bytes = Buffer.from(id).toString('latin1');
  const isSendable = bytes.length <= MOST_ID_BYTES && /^[\t\x20-\x7e\x80-\xff]+$/.test(bytes);
  return isSendable ? {'last-event-id': bytes} : {};
}

/** `said` when it is known what to say: a body of the wrong type is not worth waiting for. */
async function readRefusal(options: FollowOptions, answer: Incoming, said: string | undefined): Promise<Failure> {
  const {clock, redact = unchanged} = options;
  const stop = clock.after(LONGEST_REFUSAL_MS, () => answer.body.destroy());
  const text = said ? '' : redact(await readBody(answer.body, MOST_REFUSAL_BYTES).catch(() => ''));
  stop();
  const failure = answerFailure({...answer, text}, {method: 'GET', wall: clock.wall(), redact});
  return said ? {...failure, message: said} : failure;
}

/** Reads until the connection ends, and says how it ended. */
async function* readStream(
  options: FollowOptions,
  memory: Memory,
  body: Readable,
): AsyncGenerator<FollowSignal, Failure> {
  const {clock, url, signal, silenceMs, restart, policy = listPolicy, witness, redact = unchanged} = options;
  const decoder = createSseDecoder({mostCharacters: policy.mostCharacters, lastEventId: memory.lastEventId});
  const watch = watchBody(clock, body, {silenceMs, restart});
  const tell = witness && witnessLines(witness, redact(url.pathname), redact);
  let toldAt = Number.NEGATIVE_INFINITY;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      const at = clock.monotonic();
      watch.heard();
      tell?.(chunk);
      const items = decoder.feed(chunk);
      memory.lastEventId = decoder.lastEventId();
      if (at - toldAt >= HEARD_EVERY_MS) {
        toldAt = at;
        yield {type: 'heard', at};
      }
      for (const item of items) {
        if (item.type === 'retry') memory.retryMs = clampRetry(item.ms);
        yield {...item, at};
      }
      if (decoder.isOverflown()) return tooLarge;
    }
    return failureOf('unreachable', 'the server closed the stream');
  } catch (error) {
    return watch.reason() ?? transportFailure(error, {method: 'GET', host: url.host, signal});
  } finally {
    watch.stop();
  }
}
