import {expect, onTestFinished, test} from 'vitest';
import type {BuildLogNews, StreamSignal} from '../../src/api/types.ts';
import {manualClock} from '../../src/clock/manualClock.ts';
import {settle} from '../support/settle.ts';
import {apiOn} from './apiOn.ts';
import {type Answerer, beginStream, type Seen, sendJson, startServer} from './server.ts';

/** Follows the log of build 7 of template 3 to its end, time passing as fast as it is waited for. */
async function logOf(answer: Answerer, {templateId = '3', until}: {templateId?: string; until?: string} = {}) {
  const server = await startServer(answer);
  const clock = manualClock();
  const stop = new AbortController();
  const timer = setInterval(() => clock.advance(500), 1);
  onTestFinished(() => clearInterval(timer));
  const signals: StreamSignal<BuildLogNews>[] = [];
  for await (const signal of apiOn(server.url, {clock}).followBuildLog('7', templateId, {signal: stop.signal})) {
    signals.push(signal);
    if (signal.type === until) stop.abort();
  }
  clearInterval(timer);
  await settle();
  return {signals, paths: server.seen.map(({path}) => path), seen: server.seen, said: saidIn(signals)};
}

/** Lines as text, everything else by its name. */
const saidIn = (signals: readonly StreamSignal<BuildLogNews>[]) =>
  signals
    .flatMap((signal): readonly string[] => {
      if (signal.type === 'ended') return [`ended: ${signal.failure.message}`];
      if (signal.type !== 'message') return [signal.type];
      const {value} = signal;
      return value.kind === 'done' ? [`done ${value.status}`] : value.lines.map((line) => line.text);
    })
    .filter((word) => word !== 'heard' && word !== 'connecting');

const events = (...blocks: readonly string[]) => `${blocks.join('\n\n')}\n\n`;

test('as a stream: lines with their levels and times, until done', async () => {
  const {signals, said, seen} = await logOf((_request, response) =>
    beginStream(response).write(
      events(
        'event: log\ndata: {"level":"INFO","message":"step 1\\nstep 2","timestamp":"2025-11-14T14:00:00Z"}',
        ': still here',
        'data: words that are no JSON',
        'event: log\ndata: {"level":"ERROR","message":"\\u001b[2Jbad"}',
        'event: done\ndata: {"status":"active"}',
        'event: log\ndata: {"message":"too late"}',
      ),
    ),
  );
  expect(said).toEqual([
    'opened',
    'step 1',
    'step 2',
    'beat',
    'words that are no JSON',
    '␛[2Jbad',
    'done active',
    'ended: the log is complete',
  ]);
  expect(signals.find((signal) => signal.type === 'message')).toMatchObject({
    value: {lines: [{level: 'INFO', at: Date.UTC(2025, 10, 14, 14)}, {level: 'INFO'}]},
  });
  expect(seen[0]?.headers.accept).toBe('text/event-stream, application/json;q=0.9');
});

test('as JSON: asked for again from where it ended, until it is complete', async () => {
  const answers = [
    {logs: 'one\ntwo\n', offset: 8, status: 'building', complete: false},
    {logs: '', offset: 8, status: 'building'},
    {logs: 'three\n❌ four', offset: 20, status: 'building'},
    {logs: null, offset: 20, status: 'active', complete: true},
  ];
  const {said, paths, signals} = await logOf((_request, response, count) =>
    sendJson(response, 200, answers[count - 1]),
  );
  expect(said).toEqual(['opened', 'one', 'two', 'three', '❌ four', 'done active', 'ended: the log is complete']);
  const path = '/v1/templates/build/7/logs';
  expect(paths).toEqual([path, `${path}?offset=8`, `${path}?offset=8`, `${path}?offset=20`]);
  // No level is made up.
  expect(JSON.stringify(signals)).not.toContain('"level"');
});

test('JSON is read every two seconds', async () => {
  const {signals} = await logOf((_request, response, count) =>
    sendJson(response, 200, {logs: `${count}\n`, offset: count, complete: count === 3}),
  );
  const lines = signals.filter((signal) => signal.type === 'message' && signal.value.kind === 'lines');
  const [first = 0, second = 0, third = 0] = lines.map(({at}) => at);
  expect(second - first).toBeGreaterThanOrEqual(2_000);
  expect(third - second).toBeGreaterThanOrEqual(2_000);
});

test.each(['active', 'failed', 'success', 'completed', 'error'])(
  '%s ends it, though nobody says complete',
  async (status) => {
    const {said} = await logOf((_request, response) => sendJson(response, 200, {logs: 'x', offset: 1, status}));
    expect(said).toEqual(['opened', 'x', `done ${status}`, 'ended: the log is complete']);
  },
);

test('a server that tells no offset sends all of it each time: it is told anew, and only when it changed', async () => {
  const logs = ['a\n', 'a\n', 'a\nb\n', 'a\nb\n'];
  const {said, paths} = await logOf((_request, response, count) =>
    sendJson(response, 200, {logs: logs[count - 1], status: 'building', complete: count === 4}),
  );
  expect(said).toEqual(['opened', 'a', 'opened', 'a', 'b', 'done building', 'ended: the log is complete']);
  expect(paths.at(-1)).toMatch(/offset=0$/);
});

test('a build id that is not known is tried once as the id of the template', async () => {
  const only3: Answerer = ({path}, response) =>
    path.includes('/3/')
      ? sendJson(response, 200, {logs: 'x', offset: 1, complete: true})
      : sendJson(response, 404, {error: 'Build not found'});
  expect((await logOf(only3)).said).toEqual(['opened', 'x', 'done undefined', 'ended: the log is complete']);
  const neither = await logOf(only3, {templateId: '4'});
  expect(neither.paths).toEqual(['/v1/templates/build/7/logs', '/v1/templates/build/4/logs']);
  expect(neither.said).toEqual(['ended: Build not found']);
  const same = await logOf(only3, {templateId: '7'});
  expect(same.paths).toHaveLength(1);
});

test('a reading that fails is tried again, and what was told stays', async () => {
  const hurt = new Set([2, 3, 4]);
  const {said} = await logOf((_request, response, count) =>
    hurt.has(count)
      ? sendJson(response, 503, {error: 'busy'})
      : sendJson(response, 200, {logs: `line ${count}\n`, offset: count, complete: count === 5}),
  );
  expect(said).toEqual(['opened', 'line 1', 'lost', 'line 5', 'done undefined', 'ended: the log is complete']);
});

test('a key that is not accepted any more ends it', async () => {
  const {said} = await logOf((_request, response, count) =>
    count === 1 ? sendJson(response, 200, {logs: 'a', offset: 1}) : sendJson(response, 401, {error: 'expired'}),
  );
  expect(said).toEqual(['opened', 'a', 'ended: expired']);
});

test('something that is neither is no log', async () => {
  const {said} = await logOf((_request, response) =>
    response.writeHead(200, {'content-type': 'text/html'}).end('<html>'),
  );
  expect(said).toEqual(['ended: no event stream here, but text/html']);
});

test('a long line is cut', async () => {
  const {signals} = await logOf((_request, response) =>
    sendJson(response, 200, {logs: 'x'.repeat(20_000), offset: 1, complete: true}),
  );
  const [lines] = signals.flatMap((signal) =>
    signal.type === 'message' && signal.value.kind === 'lines' ? [signal.value.lines] : [],
  );
  expect(lines?.[0]?.text).toMatch(/^x{4095}…$/);
});

test('it stops when told to, in either form', async () => {
  const asJson = await logOf((_request, response) => sendJson(response, 200, {logs: 'a', offset: 1}), {
    until: 'opened',
  });
  const asEvents = await logOf((_request, response) => beginStream(response), {until: 'opened'});
  expect([asJson.said.at(-1), asEvents.said.at(-1)]).toEqual(['ended: cancelled', 'ended: cancelled']);
});

test('an id that is not plain text opens no socket', async () => {
  const server = await startServer((_request: Seen, response) => sendJson(response, 200, {}));
  const types: string[] = [];
  const options = {signal: new AbortController().signal};
  for await (const {type} of apiOn(server.url).followBuildLog('../x y', undefined, options)) types.push(type);
  expect([types, server.sockets()]).toEqual([['ended'], 0]);
});
