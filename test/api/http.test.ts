import {describe, expect, test, vi} from 'vitest';
import {usualTimeouts} from '../../src/api/exchange.ts';
import type {Api} from '../../src/api/types.ts';
import {systemClock} from '../../src/clock/clock.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import type {Budget} from '../../src/model/failure.ts';
import {apiOn, failureOf} from './apiOn.ts';
import {sendJson, startServer} from './server.ts';

const ok = {id: 'a', status: 'running'};

const writes: readonly (readonly [string, (api: Api) => Promise<unknown>])[] = [
  ['createSandbox', (api) => api.createSandbox({templateName: 'base'})],
  ['pauseSandbox', (api) => api.pauseSandbox('a')],
  ['resumeSandbox', (api) => api.resumeSandbox('a')],
  ['startSandbox', (api) => api.startSandbox('a')],
  ['stopSandbox', (api) => api.stopSandbox('a')],
  ['deleteSandbox', (api) => api.deleteSandbox('a')],
  ['setTimeout', (api) => api.setTimeout('a', 60)],
  ['refreshToken', (api) => api.refreshToken('a')],
];

describe('read-only', () => {
  test.each(writes)('%s throws before a socket is opened', async (_name, call) => {
    const server = await startServer((_request, response) => sendJson(response, 200, ok));
    const failure = await failureOf(call(apiOn(server.url, {readonly: true})));
    expect(failure).toMatchObject({kind: 'read-only', mayHaveHappened: false});
    expect(server.sockets()).toBe(0);
  });

  test('reading goes on', async () => {
    const server = await startServer((_request, response) => sendJson(response, 200, ok));
    expect((await apiOn(server.url, {readonly: true}).getSandbox('a')).value).toEqual(ok);
  });
});

describe('a GET', () => {
  test.each([500, 502, 503, 504])('is tried three times on %i', async (status) => {
    const server = await startServer((_request, response, count) =>
      count < 3 ? sendJson(response, status, {}) : sendJson(response, 200, ok),
    );
    expect((await apiOn(server.url).getSandbox('a')).value).toEqual(ok);
    const always = await startServer((_request, response) => sendJson(response, status, {error: 'busy'}));
    expect(await failureOf(apiOn(always.url).getSandbox('a'))).toMatchObject({kind: 'server', message: 'busy', status});
    expect(always.seen).toHaveLength(3);
  });

  test.each([400, 401, 402, 403, 404, 405, 408, 409, 410, 422, 425, 429, 501])(
    'is tried once on %i',
    async (status) => {
      const server = await startServer((_request, response) => sendJson(response, status, {}));
      expect(await failureOf(apiOn(server.url).getSandbox('a'))).toMatchObject({status, mayHaveHappened: false});
      expect(server.seen).toHaveLength(1);
    },
  );

  test('is not tried before the server wants it', async () => {
    const server = await startServer((_request, response) => sendJson(response, 503, {}, {'retry-after': '20'}));
    expect(await failureOf(apiOn(server.url).getSandbox('a'))).toMatchObject({kind: 'server', retryAfterMs: 20_000});
    expect(server.seen).toHaveLength(1);
  });

  test('is tried again after a reset and after silence', async () => {
    const server = await startServer((_request, response, count) => {
      if (count === 1) response.socket?.resetAndDestroy();
      if (count === 3) sendJson(response, 200, ok);
    });
    expect((await apiOn(server.url).getSandbox('a')).value).toEqual(ok);
  });

  test('pauses with jitter between tries', async () => {
    const server = await startServer((_request, response) => sendJson(response, 500, {}));
    const manual = manualClock();
    const waits: number[] = [];
    const after: typeof manual.after = (ms, run) => {
      waits.push(ms);
      return manual.after(ms, run);
    };
    const failed = failureOf(apiOn(server.url, {clock: {...manual, after}, random: () => 0.5}).getSandbox('a'));
    const patience = 120_000;
    await vi.waitFor(() => expect(waits).toEqual([patience, 250]));
    manual.advance(250);
    await vi.waitFor(() => expect(waits).toEqual([patience, 250, patience, 500]));
    expect(server.seen).toHaveLength(2);
    manual.advance(500);
    expect(await failed).toMatchObject({kind: 'server'});
    expect(server.seen).toHaveLength(3);
    expect(manual.waiting()).toBe(0);
  });

  test('that was cancelled says so, and its socket is closed', async () => {
    const server = await startServer(() => undefined);
    const stop = new AbortController();
    const failed = failureOf(apiOn(server.url, {timeouts: usualTimeouts}).getSandbox('a', stop.signal));
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    stop.abort();
    expect(await failed).toMatchObject({kind: 'cancelled', mayHaveHappened: false});
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
  });
});

describe('a request that changes something is sent exactly once', () => {
  test.each(writes)('%s, though the server resets the connection', async (_name, call) => {
    const server = await startServer((_request, response) => response.socket?.resetAndDestroy());
    expect(await failureOf(call(apiOn(server.url)))).toMatchObject({kind: 'unreachable', mayHaveHappened: true});
    expect(server.seen).toHaveLength(1);
  });

  test.each([
    [500, 'server', true],
    [503, 'server', true],
    [302, 'bad-answer', true],
    [429, 'rate-limited', false],
    [409, 'conflict', false],
    [404, 'not-found', false],
    [402, 'payment', false],
  ])('%i: %s, may have happened: %s', async (status, kind, mayHaveHappened) => {
    const server = await startServer((_request, response) => sendJson(response, status, {}, {location: '/elsewhere'}));
    expect(await failureOf(apiOn(server.url).pauseSandbox('a'))).toMatchObject({kind, mayHaveHappened});
    expect(server.seen).toHaveLength(1);
  });

  test('silence: timed out, and may have happened', async () => {
    const server = await startServer(() => undefined);
    expect(await failureOf(apiOn(server.url).pauseSandbox('a'))).toMatchObject({
      kind: 'timed-out',
      mayHaveHappened: true,
    });
    expect(server.seen).toHaveLength(1);
  });

  test('an answer that stops half-way: may have happened', async () => {
    const server = await startServer((_request, response) => response.writeHead(200).write('{"id":'));
    expect(await failureOf(apiOn(server.url).pauseSandbox('a'))).toMatchObject({
      kind: 'timed-out',
      mayHaveHappened: true,
    });
  });

  test('nobody there: cannot have happened', async () => {
    const api = apiOn(new URL('http://127.0.0.1:1'));
    expect(await failureOf(api.pauseSandbox('a'))).toMatchObject({kind: 'unreachable', mayHaveHappened: false});
  });
});

describe('what an error says', () => {
  const id = 'req_9';
  const said = {message: 'Sandbox not found', code: 'RESOURCE_NOT_FOUND', requestId: id, status: 404};
  test.each([
    ['{error, code, request_id}', {error: said.message, code: said.code, request_id: id}, {}, said],
    ['{error, message}', {error: 'Gone', message: said.message}, {'x-request-id': id}, {...said, code: undefined}],
    ['{error: {…}}', {error: {message: said.message, code: said.code, request_id: id}}, {}, said],
    ['nothing', {}, {}, {message: 'the server does not know it', code: undefined, requestId: undefined}],
    ['a hostile text', {error: '\u001b[2J\u0007'}, {}, {message: '␛[2J␇'}],
  ])('%s', async (_name, body, headers, expected) => {
    const server = await startServer((_request, response) => sendJson(response, 404, body, headers));
    expect(await failureOf(apiOn(server.url).getSandbox('a'))).toMatchObject(expected);
  });

  test('plain words are words, a page is not', async () => {
    const words = await startServer((_request, response) =>
      response.writeHead(400, {'content-type': 'text/plain'}).end('no such region\n'),
    );
    expect((await failureOf(apiOn(words.url).health())).message).toBe('no such region');
    const page = await startServer((_request, response) =>
      response.writeHead(400, {'content-type': 'text/html'}).end('<h1>Bad</h1>'),
    );
    expect((await failureOf(apiOn(page.url).health())).message).toBe('the server answered 400');
  });

  test.each([
    [{code: 'RESOURCE_LIMIT_ERROR'}, 'quota'],
    [{code: 'RATE_LIMIT_EXCEEDED'}, 'rate-limited'],
    [{}, 'rate-limited'],
  ])('429 %j is %s', async (body, kind) => {
    const server = await startServer((_request, response) => sendJson(response, 429, {error: 'no', ...body}));
    expect((await failureOf(apiOn(server.url).getSandbox('a'))).kind).toBe(kind);
  });
});

describe('the answer’s size and time', () => {
  test('beyond 32 MiB it is dropped', async () => {
    const server = await startServer((_request, response) => {
      const chunk = Buffer.alloc(2 ** 20, 32);
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', pour);
      };
      pour();
    });
    const api = apiOn(server.url, {timeouts: usualTimeouts});
    const failure = await failureOf(api.pauseSandbox('a'));
    expect(failure.message).toContain('larger than');
    expect(failure.mayHaveHappened).toBe(true);
    expect(await failureOf(api.getSandbox('a'))).toMatchObject({kind: 'bad-answer', mayHaveHappened: false});
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
  }, 20_000);

  test('however it drips, it is given up in the end', async () => {
    const clock = manualClock();
    const server = await startServer((_request, response) => response.writeHead(200).write(' '));
    const failed = failureOf(apiOn(server.url, {clock, timeouts: {...usualTimeouts, bodyMs: 0}}).pauseSandbox('a'));
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    clock.advance(120_000);
    expect(await failed).toMatchObject({kind: 'timed-out', mayHaveHappened: true});
  });
});

describe('what every answer tells besides', () => {
  test.each([200, 404, 429])('the budget and the server’s clock, with a %i too', async (status) => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const headers = {date, 'x-ratelimit-limit': '100', 'x-ratelimit-remaining': '58', 'x-ratelimit-reset': '30'};
    const server = await startServer((_request, response) => sendJson(response, status, ok, headers));
    const budgets: Budget[] = [];
    const skews: number[] = [];
    const observer = {
      budgetChanged: (budget: Budget) => budgets.push(budget),
      serverDated: (ms: number) => skews.push(ms),
    };
    const before = systemClock.monotonic();
    await apiOn(server.url, {observer})
      .getSandbox('a')
      .catch(() => undefined);
    expect(budgets).toMatchObject([{limit: 100, remaining: 58}]);
    expect(budgets[0]?.resetAt).toBeGreaterThanOrEqual(before + 30_000);
    expect(skews[0]).toBeLessThanOrEqual(3_600_000);
    expect(skews[0]).toBeGreaterThan(3_590_000);
  });
});
