import {manualClock} from '../../src/clock/manualClock.ts';
import type {Leave} from '../../src/simulator/broadcast.ts';
import {createControlPlane} from '../../src/simulator/controlPlane.ts';
import {type SimulatorOptions, simulatorDefaults} from '../../src/simulator/options.ts';
import type {Response} from '../../src/simulator/reply.ts';
import {type LoggedRequest, noRequestLog} from '../../src/simulator/requestLog.ts';
import type {Received} from '../../src/simulator/uploads.ts';

/** 2025-11-23T08:00:00Z: a whole minute, so that a rate window begins here. */
export const T0 = Date.UTC(2025, 10, 23, 8);
export const KEY = 'hopx_test_k1.secret';
const GZIP = {'content-type': 'application/gzip'};

type Body = Readonly<Record<string, unknown>>;
export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly text: string;
};

type Ask = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string | undefined;
};

function answeredBy(response: Response): Answered {
  const text = 'body' in response ? response.body : '';
  const {status, headers} = response;
  return {status, headers, text, body: text === '' ? {} : JSON.parse(text)};
}

/** A control plane without sockets, on a clock that stands until told. */
export function startPlane(changes: Partial<SimulatorOptions> = {}) {
  const clock = manualClock(T0);
  const logged: LoggedRequest[] = [];
  const options = {...simulatorDefaults, rateLimit: 0, churn: 0, ...changes};
  const log = {...noRequestLog, add: (request: LoggedRequest) => logged.push(request)};
  const plane = createControlPlane({options, clock, log});

  const request = (
    method: string,
    target: string,
    {body, headers = {}, ...rest}: Ask,
    reply: (r: Response) => void,
  ) => {
    const key = 'key' in rest ? rest.key : KEY;
    const auth = key === undefined ? {} : {authorization: `Bearer ${key}`};
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    plane.answer({method, target, headers: {...auth, ...headers}, body: text}, reply);
  };

  /** What is answered by the time the machine has got there; undefined while it has not. */
  const begin = (method: string, target: string, ask: Ask = {}) => {
    let answered: Answered | undefined;
    request(method, target, ask, (response) => {
      answered = answeredBy(response);
    });
    return () => answered;
  };

  /** Asks and lets at most two seconds go by, as long as an act may take. */
  const ask = (method: string, target: string, options_: Ask = {}): Answered => {
    const answered = begin(method, target, options_);
    for (let waited = 0; !answered() && waited < 2000; waited += 50) clock.advance(50);
    const found = answered();
    if (!found) throw new Error(`${method} ${target} was not answered`);
    return found;
  };

  /** PUTs what a presigned URL is for, as its sockets would have counted it. */
  const upload = (target: string, received: Received, headers: Readonly<Record<string, string>> = GZIP): Answered => {
    let answered: Answered | undefined;
    plane.answer({method: 'PUT', target, headers, body: '', received}, (response) => {
      answered = answeredBy(response);
    });
    if (!answered) throw new Error(`PUT ${target} was not answered`);
    return answered;
  };

  /** Opens a stream and keeps what it sends. */
  const listen = (target: string, headers: Readonly<Record<string, string>> = {}) => {
    let text = '';
    let hasEnded = false;
    let leave: Leave = () => undefined;
    request('GET', target, {headers}, (response) => {
      if (!('open' in response)) throw new Error(`${target}: ${response.status}`);
      const sink = {
        write: (chunk: string | Uint8Array) => {
          text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
        },
        end: () => {
          hasEnded = true;
        },
        cut: () => {
          hasEnded = true;
        },
      };
      leave = response.open(sink);
    });
    return {text: () => text, messages: () => readMessages(text), hasEnded: () => hasEnded, leave: () => leave()};
  };

  return {clock, plane, ask, begin, upload, listen, logged};
}

export type Message = {readonly id: string | undefined; readonly event: string | undefined; readonly data: Body};

/** The messages in a stream's text, comments and the opening left out. */
function readMessages(text: string): readonly Message[] {
  return text
    .split('\n\n')
    .map(
      (block) =>
        new Map(block.split('\n').map((line) => [line.split(': ')[0] ?? '', line.slice(line.indexOf(': ') + 2)])),
    )
    .filter((fields) => fields.has('data'))
    .map((fields) => ({id: fields.get('id'), event: fields.get('event'), data: JSON.parse(fields.get('data') ?? '')}));
}

type Plane = ReturnType<typeof startPlane>;

export type Row = {
  readonly id: string;
  readonly status: string;
  readonly region: string;
  readonly template_name: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly timeout_seconds: number | null;
};

/** Every sandbox the list tells of. */
export function everyRow({ask}: Plane, query = ''): readonly Row[] {
  const rows: Row[] = [];
  for (let cursor: unknown = ''; typeof cursor === 'string'; ) {
    const {body} = ask('GET', `/v1/sandboxes?limit=1000${query}${cursor && `&cursor=${cursor}`}`);
    rows.push(...(body.data as readonly Row[]));
    cursor = body.next_cursor;
  }
  return rows;
}

/** The first sandbox with this status. */
export function oneThatIs(plane: Plane, status: string): Row {
  const found = everyRow(plane).find((row) => row.status === status);
  if (!found) throw new Error(`no sandbox is ${status}`);
  return found;
}

/** A sandbox of the caller's own, running. */
export function created({ask}: Plane, wish: Body = {}): string {
  return String(ask('POST', '/v1/sandboxes', {body: {template_name: 'python', ...wish}}).body.id);
}
