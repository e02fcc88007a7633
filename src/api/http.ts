import type {Dispatcher} from 'undici';
import {type Clock, wait} from '../clock/clock.ts';
import type {Stamp} from '../model/sandbox.ts';
import {answerFailure} from './answerFailure.ts';
import {readBody} from './body.ts';
import {ApiError, apiError} from './errors.ts';
import {exchange, type Incoming, type Outgoing} from './exchange.ts';
import {type AnswerHeaders, type AuthHeader, authHeaders, redactHeaders, requestIdOf} from './headers.ts';
import {parseJson} from './json.ts';
import {budgetOf, serverDate} from './limits.ts';
import {endpointUrl} from './origin.ts';
import {createRedact, type Redact, type Secret} from './secret.ts';
import {transportFailure} from './transportFailure.ts';
import type {ApiObserver} from './types.ts';
import type {Witness} from './witness.ts';

/** What every request of one client shares, those for streams included. */
export type RequestContext = {
  readonly origin: URL;
  readonly key: Secret | undefined;
  readonly authHeader: AuthHeader;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly observer: ApiObserver | undefined;
  readonly dispatcher: Dispatcher;
  readonly redact: Redact;
  /** Told all that comes. */
  readonly witness?: Witness | undefined;
};

export type DoorOptions = RequestContext & {readonly readonly: boolean};

export type Call = {
  readonly method: Outgoing['method'];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Without the key. */
  readonly isAnonymous?: boolean;
  /** Values in the body that are secrets: they are taken out of whatever comes back, errors included. */
  readonly secrets?: readonly string[];
  /** Takes a secret out of the answer as it came; everybody else sees the answer without it. */
  readonly keeps?: (body: unknown) => Kept | undefined;
};

/** A secret of an answer, and all by which it would be given away. */
export type Kept = {readonly secret: Secret; readonly spelled: readonly string[]};

/** A success, its body read and redacted. */
export type Reply = {
  readonly status: number;
  readonly requestId: string | undefined;
  readonly sentAt: Stamp;
  readonly text: string;
  /** The text as JSON; undefined when it is none. */
  readonly body: unknown;
  /** What `keeps` took. */
  readonly kept: Secret | undefined;
};

/** The one door: every request that is no stream passes here. Rejects with an ApiError only. */
export type Door = (call: Call) => Promise<Reply>;

/** A GET is tried this often in all; nothing else is ever sent twice. */
const MOST_TRIES = 3;
const FIRST_PAUSE_MS = 250;

/** However slowly it drips, an answer is whole by then. */
const LONGEST_ANSWER_MS = 120_000;

export function createDoor(options: DoorOptions): Door {
  return async (call) => {
    refuseIfReadonly(options, call.method);
    for (let tries = 1; ; tries += 1) {
      try {
        return await callOnce(options, call);
      } catch (error) {
        if (!isWorthAnotherTry(error, call, tries)) throw error;
      }
      await wait(options.clock, options.random() * FIRST_PAUSE_MS * 2 ** tries, call.signal);
    }
  };
}

/** Called before a socket is opened, by whatever sends anything but a stream. */
export function refuseIfReadonly({readonly}: Pick<DoorOptions, 'readonly'>, method: Outgoing['method']): void {
  if (!readonly || method === 'GET') return;
  throw apiError('read-only', 'read-only: nothing is sent that could change a sandbox');
}

/** A 4xx never heals by itself, and a server that says when to come back is not asked before. */
function isWorthAnotherTry(error: unknown, {method, signal}: Call, tries: number): boolean {
  if (!(error instanceof ApiError) || method !== 'GET' || tries >= MOST_TRIES || signal?.aborted) return false;
  const {kind, status, retryAfterMs} = error.failure;
  if (retryAfterMs !== undefined) return false;
  if (status !== undefined) return status >= 500 && status !== 501;
  return kind === 'unreachable' || kind === 'timed-out';
}

async function callOnce(options: DoorOptions, call: Call): Promise<Reply> {
  const {origin, clock, dispatcher} = options;
  const redact = call.secrets?.length ? createRedact(options.key, call.secrets) : options.redact;
  const url = endpointUrl(origin, call.path, call.query);
  const tooLate = new AbortController();
  const stop = clock.after(LONGEST_ANSWER_MS, () => tooLate.abort());
  const signal = call.signal ? AbortSignal.any([call.signal, tooLate.signal]) : tooLate.signal;
  const sentAt = clock.monotonic();
  try {
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const headers = requestHeaders(options, call);
    const answer = await exchange({dispatcher, url, method: call.method, headers, body, signal, redact});
    return await readReply({...options, redact}, call, {answer, sentAt});
  } catch (error) {
    const isWrite = call.method !== 'GET';
    if (tooLate.signal.aborted) throw apiError('timed-out', 'the answer took too long', {mayHaveHappened: isWrite});
    const failure = transportFailure(error, {method: call.method, host: url.host, signal});
    const mayHaveHappened = isWrite && failure.mayHaveHappened;
    throw new ApiError({...failure, mayHaveHappened, message: redact(failure.message)});
  } finally {
    stop();
  }
}

function requestHeaders({key, authHeader, userAgent}: DoorOptions, call: Call) {
  return {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': userAgent,
    ...(call.body === undefined ? {} : {'content-type': 'application/json'}),
    ...(call.isAnonymous ? {} : authHeaders(key, authHeader)),
  };
}

type Answered = {readonly answer: Incoming; readonly sentAt: Stamp};

async function readReply(options: DoorOptions, call: Call, {answer, sentAt}: Answered): Promise<Reply> {
  const {clock, observer, witness} = options;
  const {method, path} = call;
  const {status} = answer;
  if (observer) tellObserver(observer, answer.headers, clock);
  const raw = await readBody(answer.body);
  const kept = call.keeps?.(parseJson(raw));
  const redact = kept ? createRedact(options.key, [...(call.secrets ?? []), ...kept.spelled]) : options.redact;
  const headers = kept ? redactHeaders(answer.headers, redact) : answer.headers;
  const text = redact(raw);
  witness?.({what: 'answer', method, path: redact(path), status, headers, body: text});
  if (status < 200 || status > 299) {
    throw new ApiError(answerFailure({status, headers, text}, {method, wall: clock.wall(), redact}));
  }
  const json = parseJson(text);
  return {status, requestId: requestIdOf(headers, json), sentAt, text, body: json, kept: kept?.secret};
}

/** Tells the budget and the server's clock, where the answer carried them. */
export function tellObserver(observer: ApiObserver, headers: AnswerHeaders, clock: Clock): void {
  const budget = budgetOf(headers, clock);
  if (budget) observer.budgetChanged(budget);
  const date = serverDate(headers);
  if (date !== undefined) observer.serverDated(date - clock.wall());
}
