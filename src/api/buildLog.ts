import type {Failure} from '../model/failure.ts';
import {isPlainId} from '../model/sandbox.ts';
import {readBody} from './body.ts';
import type {BuildSecrets} from './buildCalls.ts';
import {logIsComplete, pollBuildLog} from './buildLogPoll.ts';
import {decodeLogChunk, decodeLogMessage, type LogChunk} from './decodeBuild.ts';
import {failureOf} from './errors.ts';
import {type FollowSignal, followEventStream} from './eventStream.ts';
import type {Incoming} from './exchange.ts';
import {authHeaders, headerText} from './headers.ts';
import {type Door, type RequestContext, tellObserver} from './http.ts';
import {parseJson} from './json.ts';
import {endpointUrl} from './origin.ts';
import {createRedact} from './secret.ts';
import {listPolicy, type StreamPolicy} from './streamVerdict.ts';
import type {Api, BuildLogNews, StreamOptions, StreamSignal} from './types.ts';

/** However slowly it drips, an answer is whole by then. */
const LONGEST_ANSWER_MS = 30_000;

/** The form that is a stream before the form that is polled. */
const ACCEPT = 'text/event-stream, application/json;q=0.9';

const logPolicy: StreamPolicy = {...listPolicy, mostCharacters: 2 ** 20, gone: [404, 410]};

type LogContext = RequestContext & {readonly door: Door; readonly secrets: BuildSecrets};

/** How following under one id ended; `hasBegun`: the server knew the id. */
type End = {readonly failure: Failure; readonly hasBegun: boolean};

/**
 * The log of a build, by whichever of its two documented forms the server has: events until `done`, or JSON asked for
 * again from where the last one ended. After `opened` it begins from its first line.
 */
export function createBuildLog(context: LogContext): Api['followBuildLog'] {
  return async function* (buildId, templateId, options) {
    const ids = [buildId, templateId ?? buildId].filter(isPlainId);
    let last = failureOf('bad-request', 'no log for an id that is not plain text');
    for (const id of new Set(ids)) {
      const {failure, hasBegun} = yield* followOne(
        context,
        `/v1/templates/build/${encodeURIComponent(id)}/logs`,
        options,
      );
      last = failure;
      // The official SDKs ask for the log by the id of the template.
      if (failure.status !== 404 || hasBegun) break;
    }
    yield {type: 'ended', at: context.clock.monotonic(), failure: last};
  };
}

async function* followOne(
  context: LogContext,
  path: string,
  options: StreamOptions,
): AsyncGenerator<StreamSignal<BuildLogNews>, End> {
  const {origin, key, authHeader, userAgent, observer, secrets, ...rest} = context;
  const redact = createRedact(key, secrets.all());
  let first: LogChunk | undefined;
  let hasBegun = false;
  const signals = followEventStream({
    ...rest,
    ...options,
    policy: logPolicy,
    redact,
    url: endpointUrl(origin, path),
    headers: () => ({...authHeaders(key, authHeader), accept: ACCEPT, 'user-agent': userAgent}),
    answered: (headers) => observer && tellObserver(observer, headers, rest.clock),
    declined: async (answer) => {
      first = await readChunk({...context, redact}, path, answer);
    },
  });
  for await (const signal of signals) {
    if (signal.type === 'ended') {
      if (!first) return {failure: signal.failure, hasBegun};
      return {failure: yield* pollBuildLog({...context, path}, first, options), hasBegun: true};
    }
    hasBegun ||= signal.type === 'opened';
    const told = translate(signal, redact);
    if (told) yield told;
    if (told?.type === 'message' && told.value.kind === 'done') break;
  }
  return {failure: logIsComplete, hasBegun};
}

/** A comment is a heartbeat, `retry:` is the follower's own matter. */
function translate(signal: Exclude<FollowSignal, {type: 'ended'}>, redact: (text: string) => string) {
  if (signal.type === 'retry') return undefined;
  if (signal.type === 'comment') return {type: 'beat', at: signal.at} as const;
  if (signal.type !== 'message') return signal;
  const value = decodeLogMessage(redact(signal.event), redact(signal.data));
  return value && ({type: 'message', at: signal.at, value} as const);
}

/** The log as JSON, which came instead of a stream; undefined when it is something else. Never rejects. */
async function readChunk(
  {clock, redact, witness}: LogContext,
  path: string,
  {status, headers, body}: Incoming,
): Promise<LogChunk | undefined> {
  if (!/^(?:application|text)\/(?:[\w.-]+\+)?json\b/i.test(headerText(headers, 'content-type') ?? '')) return undefined;
  const stop = clock.after(LONGEST_ANSWER_MS, () => body.destroy());
  const text = redact(await readBody(body).catch(() => ''));
  stop();
  witness?.({what: 'answer', method: 'GET', path: redact(path), status, headers, body: text});
  return decodeLogChunk(parseJson(text));
}
