import type {Clock} from '../clock/clock.ts';
import type {Leave, Sink} from './broadcast.ts';
import type {Random} from './random.ts';
import type {Answer, Request, Response} from './reply.ts';
import type {World} from './world.ts';

/** When a fault strikes; what is left out is as the row of the table has it. */
export type Occasion = {
  /** Seconds since the server began. */
  readonly after: number;
  /** Seconds from then on. */
  readonly for: number;
  /** At most so often. */
  readonly times: number;
  /** Each time with this probability. */
  readonly p: number;
  readonly route: RouteClass;
};

/** TABLE of what a fault may strike. */
export const routeClasses = {
  stream: /^GET \/v1\/sandboxes\/stream$/,
  metrics: /^GET \/v1\/sandboxes\/[^/]+\/metrics\/stream$/,
  streams: /^GET \/v1\/.*\/stream$/,
  list: /^GET \/v1\/sandboxes$/,
  sandbox: /^GET \/v1\/sandboxes\/(?!stream$)[^/]+$/,
  templates: /^GET \/v1\/templates$/,
  builds: /^(?:GET|POST) \/v1\/templates\/build(?:\/|$)/,
  logs: /^GET \/v1\/templates\/build\/[^/]+\/logs$/,
  uploads: /^PUT \/uploads\//,
  reads: /^GET \/v1\/(?!.*\/stream$)/,
  timeouts: /^PUT \/v1\/sandboxes\/[^/]+\/timeout$/,
  acts: /^(?!GET )/,
  all: /^/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type RouteClass = keyof typeof routeClasses;

/** What a fault is told of its server, and of its own chance. */
export type Scene = {
  readonly clock: Clock;
  readonly random: Random;
  readonly world: World;
  readonly value: string;
  /** Whether it is the time for it at all. */
  readonly isOn: () => boolean;
  /** Whether it strikes this once, which is then counted. */
  readonly strikes: () => boolean;
};

type Passed = {readonly request: Request; readonly next: Answer; readonly respond: (response: Response) => void};

export type Fault = {
  /** Completes "the server …". */
  readonly does: string;
  /** Which row of the matrix of faults it is, or what it stands for. */
  readonly source: string;
  /** What may stand after `=`: a number, or one of these words. */
  readonly value?: {readonly name: string; readonly usual: string; readonly words?: readonly string[]};
  readonly usual: Partial<Occasion> & {readonly route: RouteClass};
  readonly strike: (scene: Scene, passed: Passed) => void;
};

export type Strike = Fault['strike'];

/** Answers in place of the server, which never hears of the request. */
export function instead(make: (scene: Scene, request: Request) => Response): Strike {
  return (scene, {request, next, respond}) =>
    scene.strikes() ? respond(dated(make(scene, request), scene)) : next(request, respond);
}

/** Changes what the server has answered. */
export function afterwards(change: (response: Response, scene: Scene, request: Request) => Response): Strike {
  return (scene, {request, next, respond}) =>
    next(request, (response) => respond(scene.strikes() ? change(response, scene, request) : response));
}

/** Changes the JSON that the server has answered with success; what another fault has broken stays so. */
export function edited(edit: (body: WireBody, scene: Scene, request: Request) => WireBody): Strike {
  return afterwards((response, scene, request) => {
    const body = 'body' in response && response.status === 200 ? parsed(response.body) : undefined;
    return body ? {...response, body: JSON.stringify(edit(body, scene, request))} : response;
  });
}

function parsed(text: string): WireBody | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type WireBody = Readonly<Record<string, unknown>>;

/** A stream as a fault makes it: where it writes to, and what is to be cleared away once the client has gone. */
type Faulty = Sink & {readonly left?: Leave};

/** Stands between the server and the bytes of a stream. */
export function streaming(between: (sink: Sink, scene: Scene) => Partial<Faulty>): Strike {
  return (scene, {request, next, respond}) =>
    next(request, (response) => {
      if (!('open' in response)) return respond(response);
      const open = (sink: Sink): Leave => {
        const faulty = {...sink, ...between(sink, scene)};
        const leave = response.open(faulty);
        return () => {
          faulty.left?.();
          leave();
        };
      };
      respond({...response, open});
    });
}

/** Does something to single events; comments and the rest go through. */
export const perEvent = (between: (sink: Sink, scene: Scene) => (event: string) => void): Strike =>
  streaming((sink, scene) => {
    const strike = between(sink, scene);
    return {
      write: (text) => (typeof text === 'string' && isEvent(text) && scene.strikes() ? strike(text) : sink.write(text)),
    };
  });

export const isEvent = (text: string): boolean => /(?:^|[\r\n])data:/.test(text);

/** An answer of JSON. */
export const json = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response => ({
  status,
  headers: {'content-type': 'application/json', ...headers},
  body: JSON.stringify(body),
});

/** An answer of which not all arrives. */
export const broken = (response: Response, share: number): Response =>
  'body' in response
    ? {
        ...response,
        open(sink) {
          sink.write(response.body.slice(0, Math.floor(response.body.length * share)));
          sink.cut();
          return () => undefined;
        },
      }
    : response;

function dated(response: Response, {clock}: Scene): Response {
  return {...response, headers: {date: new Date(clock.wall()).toUTCString(), ...response.headers}};
}
