import type {Clock} from '../clock/clock.ts';
import {INVALID_TOKEN, REQUEST_ID_HEADER, rateLimitHeaders} from '../contract/envelope.ts';
import {sandboxEventNames} from '../contract/streams.ts';
import {createBirths} from './births.ts';
import {createChannel, createHeart} from './broadcast.ts';
import {createCatalogue} from './catalogue.ts';
import {startChurn} from './churn.ts';
import {createKeyCheck} from './keyCheck.ts';
import {createLimiter, type Limiter} from './limiter.ts';
import {createMetricsFeed} from './metricsFeed.ts';
import {calmChurn, type SimulatorOptions} from './options.ts';
import {createRandom, type Random} from './random.ts';
import {problem, type Reply, type Request, type Response, type Site, tooMany, wrongMethod} from './reply.ts';
import type {RequestLog} from './requestLog.ts';
import {matchRoute, type Route} from './routes.ts';
import {sandboxBody} from './sandbox.ts';
import {type Change, createWorld} from './world.ts';

/** A HopX control plane without sockets: requests in, answers out, time and chance as arguments. */
export type ControlPlane = {
  /** `reply` is called once, at once or when the machine asked for has got there. */
  readonly answer: (request: Request, reply: (response: Response) => void) => void;
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
    const {headers, body} = request;
    if (body === undefined) return problem(400, 'The body is too large');
    return match.route.reply(site, {params: match.params, query: new URLSearchParams(query), headers, body});
  };
  const admit = (cost: Exclude<Route['cost'], 'free'>, {headers}: Request): Reply | undefined => {
    const verdict = checkKey(headers);
    if (verdict === 'missing') return problem(401, 'An API key is required');
    if (verdict === 'wrong') return problem(401, 'The API key is not valid', INVALID_TOKEN);
    const retryAfter = limiter.admit(cost);
    return retryAfter === undefined ? undefined : tooMany(retryAfter);
  };

  return {
    answer(request, respond) {
      const requestId = `req_${requestIds.text(12)}`;
      const [path = '', query = ''] = request.target.split('?', 2);
      const settle = (reply: Reply) => {
        if ('later' in reply) return reply.later(settle);
        const status = 'open' in reply ? 200 : reply.status;
        log.add({
          time: new Date(clock.wall()).toISOString(),
          method: request.method,
          path,
          status,
          request_id: requestId,
        });
        respond(responseOf(reply, requestId, commonHeaders(clock, limiter, requestId)));
      };
      settle(decide(request, path, query));
    },
    close,
  };
}

function createSite(options: ControlPlaneOptions['options'], clock: Clock, random: Random) {
  const {hostile, quiet, sandboxes, metricsIntervalMs: intervalMs} = options;
  const heart = createHeart(clock);
  const sandboxChannel = createChannel(heart);
  const catalogue = createCatalogue(random.fork('catalogue'), hostile);
  const births = createBirths({random: random.fork('births'), catalogue, hostile, quiet});
  const metrics = createMetricsFeed({clock, find: (id) => world.get(id), heart, intervalMs, quiet});
  const told = (change: Change) => {
    sandboxChannel.publish(sandboxEventNames[change.type], eventBody(change, clock));
    metrics.changed(change);
  };
  const world = createWorld({clock, random: random.fork('delays'), births, sandboxes, quiet, told});
  const eventsPerSecond = quiet ? 0 : (options.churn ?? calmChurn(sandboxes));
  const stopChurn = startChurn({clock, random: random.fork('churn'), world, eventsPerSecond});
  const templates = catalogue.templates.map(([template]) => template);
  const site: Site = {
    world,
    templates,
    sandboxChannel,
    templateChannel: createChannel(heart),
    metrics,
    now: clock.wall,
  };
  const close = () => {
    stopChurn();
    world.close();
    metrics.close();
    heart.close();
  };
  return {site, close};
}

/** assumed: the payload of the sandbox stream is published nowhere. */
function eventBody({type, sandbox}: Change, clock: Clock): object {
  return {
    type: sandboxEventNames[type],
    timestamp: new Date(clock.wall()).toISOString(),
    sandbox: sandboxBody(sandbox),
  };
}

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

function responseOf(
  reply: Exclude<Reply, {later: unknown}>,
  requestId: string,
  common: Readonly<Record<string, string>>,
): Response {
  if ('open' in reply) {
    return {
      status: 200,
      headers: {...common, 'content-type': 'text/event-stream', 'cache-control': 'no-cache'},
      open: reply.open,
    };
  }
  const body = JSON.stringify({...reply.body, request_id: requestId});
  return {
    status: reply.status,
    headers: {...common, ...reply.headers, 'content-type': 'application/json'},
    body,
  };
}
