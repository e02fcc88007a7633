import {errorCodes, rateLimitHeaders} from '../contract/envelope.ts';
import {afterwards, broken, edited, type Fault, instead, json, type WireBody} from './fault.ts';
import type {Response} from './reply.ts';

const SECOND = 1000;

const page = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`;

const html = (status: number, title: string): Response => ({
  status,
  headers: {'content-type': 'text/html; charset=utf-8'},
  body: page(title),
});

const trouble = (status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  json(status, {error: 'Something went wrong', code: codeOf(status), request_id: 'req_fault'}, headers);

const codeOf = (status: number) => (errorCodes as Readonly<Record<number, string>>)[status] ?? 'ERROR';

const nothing = {status: 0, headers: {}} as const;

/** How long a limit holds, in what is said of it. */
const HOLD_SECONDS = 5;

type Hint = {readonly headers?: Readonly<Record<string, string>>; readonly body?: object};

const reset = (at: string | number): Hint => ({
  headers: {
    [rateLimitHeaders.limit]: '100',
    [rateLimitHeaders.remaining]: '0',
    [rateLimitHeaders.reset]: String(at),
  },
});

/** TABLE of the forms in which a 429 says when to come back. */
const limitForms: Readonly<Record<string, (wall: number) => Hint>> = {
  seconds: () => ({headers: {'retry-after': String(HOLD_SECONDS)}}),
  date: (wall) => ({headers: {'retry-after': new Date(wall + HOLD_SECONDS * SECOND).toUTCString()}}),
  body: () => ({body: {retry_after: HOLD_SECONDS}}),
  reset: (wall) => reset(Math.ceil(wall / SECOND) + HOLD_SECONDS),
  'reset-ms': (wall) => reset(wall + HOLD_SECONDS * SECOND),
  'reset-delta': () => reset(HOLD_SECONDS),
  absurd: () => ({...reset('soon'), body: {retry_after: -1e300}}),
  past: (wall) => ({headers: {...reset(Math.floor(wall / SECOND) - 86_400).headers, 'retry-after': '0'}}),
  none: () => ({}),
};

function limited(form: string, wall: number): Response {
  const {headers = {}, body = {}} = limitForms[form]?.(wall) ?? {};
  return json(429, {error: 'Rate limit exceeded', code: errorCodes[429], request_id: 'req_fault', ...body}, headers);
}

const rowsOf = (body: WireBody) => (Array.isArray(body.data) ? body.data : []);
const cut = (body: WireBody, share: number): WireBody => ({
  ...body,
  data: rowsOf(body).slice(0, Math.floor(rowsOf(body).length * share)),
  has_more: false,
  next_cursor: null,
});

const isFirstPage = ({target}: {readonly target: string}) => !target.includes('cursor=');

/** In the query of what was redirected to. */
const REDIRECTED = 'redirected=1';

/** TABLE of where a redirect leads. */
const targets: Readonly<Record<string, (target: string) => Readonly<Record<string, string>>>> = {
  same: (target) => ({location: `${target}${target.includes('?') ? '&' : '?'}${REDIRECTED}`}),
  other: () => ({location: 'https://elsewhere.invalid/'}),
  loop: (target) => ({location: target}),
  nowhere: () => ({}),
};

const redirected = instead(({value}, {target}) => ({status: 307, headers: {...targets[value]?.(target)}, body: ''}));

/** TABLE of faults of answers. */
export const answerFaults = {
  'too-many': {
    does: 'says that there were too many requests, and when to come back in this form',
    source: 'reliability 15, 16, 17',
    value: {name: 'FORM', usual: 'seconds', words: Object.keys(limitForms)},
    usual: {route: 'list', times: 1},
    strike: instead(({value, clock}) => limited(value, clock.wall())),
  },
  quota: {
    does: 'answers acts with 429 for a quota, which no waiting heals',
    source: 'docs.hopx.ai errors, RESOURCE_LIMIT_ERROR',
    usual: {route: 'acts'},
    strike: instead(() => json(429, {error: 'Plan limit reached', code: 'RESOURCE_LIMIT_ERROR'})),
  },
  'key-revoked': {
    does: 'does not know the key any more',
    source: 'reliability 18',
    usual: {route: 'all'},
    strike: instead(() => json(401, {error: 'The API key is not valid', code: 'INVALID_TOKEN'})),
  },
  unavailable: {
    does: 'is out of service and says for how many seconds',
    source: 'reliability 19',
    value: {name: 'SECONDS', usual: '3'},
    usual: {route: 'all'},
    strike: instead(({value}) => trouble(503, {'retry-after': value})),
  },
  status: {
    does: 'answers with this status',
    source: 'reliability 34',
    value: {name: 'CODE', usual: '500'},
    usual: {route: 'reads', p: 0.5},
    strike: instead(({value}) => trouble(Number(value))),
  },
  'bad-gateway': {
    does: 'answers with pages of HTML and status 502, as a proxy does',
    source: 'reliability 21',
    usual: {route: 'all', p: 0.5},
    strike: instead(() => html(502, '502 Bad Gateway')),
  },
  portal: {
    does: 'answers everything with a page of HTML and status 200, as a captive portal does',
    source: 'reliability 21',
    usual: {route: 'all'},
    strike: instead(() => html(200, 'Sign in to Wi-Fi')),
  },
  'wrong-type': {
    does: 'calls its streams application/json',
    source: 'reliability 22',
    usual: {route: 'streams'},
    strike: afterwards((response) => ({
      ...response,
      headers: {...response.headers, 'content-type': 'application/json'},
    })),
  },
  'no-content': {
    does: 'ends streams for good, with 204',
    source: 'reliability 20',
    usual: {route: 'streams'},
    strike: instead(() => ({status: 204, headers: {}, body: ''})),
  },
  redirect: {
    does: 'redirects: to itself, to another host, in a circle, without saying where to',
    source: 'reliability 23',
    value: {name: 'WHERE', usual: 'same', words: Object.keys(targets)},
    usual: {route: 'all'},
    strike: (scene, passed) =>
      passed.request.target.includes(REDIRECTED)
        ? passed.next(passed.request, passed.respond)
        : redirected(scene, passed),
  },
  hang: {
    does: 'never sends the headers of an answer',
    source: 'reliability 32',
    usual: {route: 'reads', times: 1},
    strike: instead(() => ({...nothing, lost: 'silence'})),
  },
  refuse: {
    does: 'resets the connection instead of answering',
    source: 'reliability 2',
    usual: {route: 'reads', p: 0.5},
    strike: instead(() => ({...nothing, lost: 'reset'})),
  },
  slow: {
    does: 'answers so many seconds later',
    source: 'reliability 32',
    value: {name: 'SECONDS', usual: '2'},
    usual: {route: 'reads'},
    strike(scene, {request, next, respond}) {
      const {clock, value, strikes} = scene;
      if (!strikes()) return next(request, respond);
      next(request, (response) => clock.after(Number(value) * SECOND, () => respond(response)));
    },
  },
  'half-answer': {
    does: 'breaks off in the middle of an answer',
    source: 'reliability 2',
    usual: {route: 'reads', p: 0.5},
    strike: afterwards((response) => broken(response, 0.5)),
  },
  'cut-json': {
    does: 'answers with JSON that stops in the middle',
    source: 'reliability 24',
    usual: {route: 'reads', p: 0.5},
    strike: afterwards((response) =>
      'body' in response ? {...response, body: response.body.slice(0, response.body.length / 2)} : response,
    ),
  },
  'page-500': {
    does: 'fails on every page of a list but the first',
    source: 'reliability 11',
    usual: {route: 'list'},
    strike: afterwards((response, _, request) => (isFirstPage(request) ? response : trouble(500))),
  },
  'empty-list': {
    does: 'lists nothing, by mistake',
    source: 'reliability 12',
    usual: {route: 'list'},
    strike: edited((body) => cut(body, 0)),
  },
  'short-list': {
    does: 'lists half, and says that it is all',
    source: 'reliability 12',
    usual: {route: 'list'},
    strike: edited((body) => cut(body, 0.5)),
  },
  'same-cursor': {
    does: 'gives the same cursor on every page',
    source: 'reliability 13',
    usual: {route: 'list'},
    strike: edited((body) => ({...body, has_more: true, next_cursor: Buffer.from('before:20').toString('base64url')})),
  },
  'lost-cursor': {
    does: 'has more of the list and gives no cursor',
    source: 'reliability 13',
    usual: {route: 'list'},
    strike: edited((body) => ({...body, has_more: true, next_cursor: null})),
  },
  shift: {
    does: 'deletes the newest sandbox, and starts another, after each page of a list',
    source: 'reliability 9, 10; with the dialect offset-cursor a row may be skipped',
    usual: {route: 'list'},
    strike: edited((body, {world}) => {
      const [newest] = world.page({limit: 1, matches: () => true}).sandboxes;
      if (newest) world.destroy(newest.id);
      world.create({}, () => undefined);
      return body;
    }),
  },
  'long-ids': {
    does: 'lists one sandbox more, whose id is 10 kB long',
    source: 'hostile input',
    usual: {route: 'list'},
    strike: edited((body) => ({
      ...body,
      data: [...rowsOf(body), {id: 'x'.repeat(10_000), object: 'sandbox', status: 'running'}],
    })),
  },
  'lost-reply': {
    does: 'acts, and resets the connection instead of saying so',
    source: 'reliability 33',
    usual: {route: 'acts'},
    strike: afterwards(() => ({...nothing, lost: 'reset'})),
  },
  'refused-act': {
    does: 'refuses acts with this status: 402, 403, 404 or 409',
    source: 'reliability 34',
    value: {name: 'CODE', usual: '409', words: ['402', '403', '404', '409']},
    usual: {route: 'acts'},
    strike: instead(({value}) => trouble(Number(value))),
  },
} as const satisfies Readonly<Record<string, Fault>>;
