import {streamPaths} from '../contract/streams.ts';
import type {Sample} from '../model/sample.ts';
import {isPlainId, type Stamp} from '../model/sandbox.ts';
import type {Template} from '../model/template.ts';
import {decodeSample} from './decodeMetrics.ts';
import {decodeSandboxNews} from './decodeNews.ts';
import {decodeTemplateNews} from './decodeTemplate.ts';
import {failureOf} from './errors.ts';
import {type FollowSignal, followEventStream} from './eventStream.ts';
import {authHeaders} from './headers.ts';
import {type RequestContext, tellObserver} from './http.ts';
import {endpointUrl} from './origin.ts';
import type {Redact} from './secret.ts';
import {listPolicy, metricsPolicy, type StreamPolicy} from './streamVerdict.ts';
import type {Api, StreamOptions, StreamSignal} from './types.ts';

export type Streams = Pick<Api, 'streamSandboxes' | 'streamMetrics' | 'streamTemplates'>;

/** What a message means; undefined for one that means nothing to us. `data` is redacted already. */
type Decode<T> = (event: string, data: string, at: Stamp) => T | undefined;

type Opening<T> = {readonly path: string; readonly policy: StreamPolicy; readonly decode: Decode<T>};

const decodeMetricsMessage: Decode<Sample> = (_event, data, at) => decodeSample(data, at);
const decodeTemplateMessage: Decode<readonly Template[]> = (_event, data) => decodeTemplateNews(data);

export function createStreams(context: RequestContext): Streams {
  const {origin, key, authHeader, userAgent, observer, redact, ...rest} = context;
  const {clock} = rest;

  const open = <T>({path, policy, decode}: Opening<T>, asked: StreamOptions) => {
    const signals = followEventStream({
      ...rest,
      ...asked,
      policy,
      redact,
      url: endpointUrl(origin, path),
      headers: () => ({...authHeaders(key, authHeader), 'user-agent': userAgent}),
      answered: (headers) => observer && tellObserver(observer, headers, clock),
    });
    return translate(signals, decode, redact);
  };

  return {
    streamSandboxes: (asked) =>
      open({path: streamPaths.sandboxes, policy: listPolicy, decode: decodeSandboxNews}, asked),
    streamTemplates: (asked) =>
      open({path: streamPaths.templates, policy: listPolicy, decode: decodeTemplateMessage}, asked),
    streamMetrics: (id, asked) =>
      isPlainId(id)
        ? open({path: streamPaths.metrics(id), policy: metricsPolicy, decode: decodeMetricsMessage}, asked)
        : refuse(clock.monotonic()),
  };
}

async function* refuse(at: Stamp): AsyncGenerator<StreamSignal<Sample>> {
  yield {type: 'ended', at, failure: failureOf('bad-request', 'no stream for an id that is not plain text')};
}

/** A comment is a heartbeat, `retry:` is the follower's own matter. */
async function* translate<T>(
  signals: AsyncIterable<FollowSignal>,
  decode: Decode<T>,
  redact: Redact,
): AsyncGenerator<StreamSignal<T>> {
  for await (const signal of signals) {
    if (signal.type === 'retry') continue;
    if (signal.type === 'comment') {
      yield {type: 'beat', at: signal.at};
      continue;
    }
    if (signal.type !== 'message') {
      yield signal;
      continue;
    }
    const value = decode(redact(signal.event), redact(signal.data), signal.at);
    if (value !== undefined) yield {type: 'message', at: signal.at, value};
  }
}
