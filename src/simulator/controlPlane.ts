import type {Clock} from '../clock/clock.ts';
import {INVALID_TOKEN, REQUEST_ID_HEADER, rateLimitHeaders} from '../contract/envelope.ts';
import {withFaults} from './faults.ts';
import {createKeyCheck} from './keyCheck.ts';
import {createLimiter, type Limiter} from './limiter.ts';
import type {SimulatorOptions} from './options.ts';
import {createRandom} from './random.ts';
import {type Answer, pathOf, problem, type Reply, type Request, type Response, tooMany, wrongMethod} from './reply.ts';
import type {RequestLog} from './requestLog.ts';
import {matchRoute, type Route} from './routes.ts';
import {createSite} from './site.ts';
import type {Speech} from './speech.ts';
import type {World} from './world.ts';

/** A HopX control plane without sockets: requests in, answers out, time and chance as arguments. */
export type ControlPlane = {
  /** `reply` is called once, at once or when the machine asked for has got there. */
  readonly answer: Answer;
  /** What is so, whatever is told of it: tests compare with it, and change it. */
  readonly world: World;
  /** Ends every stream and every timer. */
  readonly close: () => void;
};

export type ControlPlaneOptions = {
  readonly options: Omit<SimulatorOptions, 'port' | 'log'>;
  readonly clock: Clock;
  readonly log: RequestLog;
};

export function createControlPlane({options, clock, log}: ControlPlaneOptions): ControlPlane {
  const random = createRandom(String(options.seed));
  const {site, close} = createSite(options, clock, random);
  const limiter = createLimiter(clock, options.rateLimit);
  const checkKey = createKeyCheck(options.key);
  const requestIds = random.fork('requests');

  const decide = (request: Request, path: string, query: string): Reply => {
    const match = matchRoute(request.method, path);
    if ('allowed' in match)
      return match.allowed.length > 0 ? wrongMethod(match.allowed) : problem(404, 'No such route');
    const refusal = match.route.cost === 'free' ? undefined : admit(match.route.cost, request);
    if (refusal) return refusal;
    const {headers, body, received} = request;
    if (body === undefined) return problem(400, 'The body is too large');
    const missing = site.speech.missing[match.route.path];
    if (missing) return missing;
    return match.route.reply(site, {params: match.params, query: new URLSearchParams(query), headers, body, received});
  };
  const admit = (cost: Exclude<Route['cost'], 'free'>, {headers}: Request): Reply | undefined => {
    const verdict = checkKey(headers);
    if (verdict === 'missing') return problem(401, 'An API key is required');
    if (verdict === 'wrong') return problem(401, 'The API key is not valid', INVALID_TOKEN);
    const retryAfter = limiter.admit(cost);
    return retryAfter === undefined ? undefined : tooMany(retryAfter);
  };

  const answer: Answer = (request, respond) => {
    const requestId = `req_${requestIds.text(12)}`;
    const [path = '', query = ''] = request.target.split('?', 2);
    const settle = (reply: Reply) => {
      if ('later' in reply) return reply.later(settle);
      respond(responseOf(reply, {requestId, speech: site.speech, common: commonHeaders(clock, limiter, requestId)}));
    };
    settle(decide(request, path, query));
  };
  const faulty = withFaults(answer, options.faults, {clock, random, world: site.world});
  return {answer: logged(faulty, log, clock), world: site.world, close};
}

/** Written before the answer leaves, as it leaves: a fault's too. */
const logged =
  (answer: Answer, log: RequestLog, clock: Clock): Answer =>
  (request, respond) =>
    answer(request, (response) => {
      const {method} = request;
      const time = new Date(clock.wall()).toISOString();
      log.add({
        time,
        method,
        path: pathOf(request),
        status: response.status,
        request_id: response.headers[REQUEST_ID_HEADER] ?? '',
      });
      respond(response);
    });

function commonHeaders(clock: Clock, limiter: Limiter, requestId: string): Readonly<Record<string, string>> {
  const standing = limiter.standing();
  return {
    date: new Date(clock.wall()).toUTCString(),
    [REQUEST_ID_HEADER]: requestId,
    ...(standing && {
      [rateLimitHeaders.limit]: String(standing.limit),
      [rateLimitHeaders.remaining]: String(standing.remaining),
      [rateLimitHeaders.reset]: String(standing.reset),
    }),
  };
}

type Circumstances = {
  readonly requestId: string;
  readonly speech: Speech;
  readonly common: Readonly<Record<string, string>>;
};

function responseOf(reply: Exclude<Reply, {later: unknown}>, {requestId, speech, common}: Circumstances): Response {
  if ('open' in reply) {
    return {
      status: 200,
      headers: {...common, 'content-type': 'text/event-stream', 'cache-control': 'no-cache'},
      open: (sink) => reply.open({...sink, write: (text) => sink.write(spelled(text, speech))}),
    };
  }
  const {status} = reply;
  if (reply.body === undefined) return {status, headers: common, body: ''};
  const headers = {...common, ...reply.headers, 'content-type': 'application/json'};
  return {status, headers, body: JSON.stringify(bodyOf(status, reply.body, requestId, speech))};
}

function bodyOf(status: number, body: object, requestId: string, speech: Speech): object {
  // A bare list has no place for it.
  if (Array.isArray(body)) return body;
  const whole = {...body, request_id: requestId};
  return status >= 400 ? speech.problem(whole as Parameters<Speech['problem']>[0]) : whole;
}

const spelled = (text: string | Uint8Array, speech: Speech) => (typeof text === 'string' ? speech.spell(text) : text);
