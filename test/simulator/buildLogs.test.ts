import {expect, test} from 'vitest';
import {build, logsOf} from './builds.ts';
import {startPlane} from './support.ts';

test('a log as text goes on from the offset it gave', () => {
  const plane = startPlane();
  build(plane);
  const first = logsOf(plane, 490).body;
  expect(first).toMatchObject({
    logs: 'Building my-app\nStep 1/2: FROM python:3.12-slim\n',
    status: 'building',
    complete: false,
  });
  expect(logsOf(plane, 490, `?offset=${first.offset}`).body).toMatchObject({logs: '', offset: first.offset});
  plane.clock.advance(60_000);
  const rest = logsOf(plane, 490, `?offset=${first.offset}`).body;
  expect(rest).toMatchObject({
    logs: [
      'Pulled python:3.12-slim',
      'Step 2/2: RUN make',
      'done in 3.0 s',
      'Publishing the template',
      'Template my-app is active',
      '',
    ].join('\n'),
    status: 'active',
    complete: true,
  });
  expect(`${first.logs}${rest.logs}`).toBe(logsOf(plane, 490).body.logs);
  expect(logsOf(plane, 490, '?offset=-1').status).toBe(400);
  expect(logsOf(plane, 'none').status).toBe(404);
});

const asStream = {accept: 'text/event-stream, application/json;q=0.9'};

test('a log as a stream begins with its first line, goes on live, and ends with the build', () => {
  const plane = startPlane();
  build(plane);
  plane.clock.advance(1000);
  const log = plane.listen('/v1/templates/build/490/logs', asStream);
  expect(log.messages().map(({event, data}) => [event, data])).toEqual([
    ['log', {level: 'INFO', message: 'Building my-app', timestamp: '2025-11-23T08:00:00.000Z'}],
    ['log', {level: 'INFO', message: 'Step 1/2: FROM python:3.12-slim', timestamp: '2025-11-23T08:00:00.000Z'}],
  ]);
  plane.clock.advance(1000);
  expect(log.messages().map(({data}) => data.message)).toContain('Step 2/2: RUN make');
  expect(log.hasEnded()).toBe(false);
  plane.clock.advance(5000);
  expect(log.messages().at(-1)).toMatchObject({event: 'done', data: {status: 'active'}});
  expect(log.hasEnded()).toBe(true);
  const again = plane.listen('/v1/templates/build/490/logs', asStream);
  expect(again.messages()).toEqual(log.messages());
  expect(again.hasEnded()).toBe(true);
});

test.each([
  ['text/event-stream', true],
  ['text/event-stream;q=0.5, application/json;q=0.9', false],
  ['application/json', false],
  ['*/*', false],
  [undefined, false],
])('whoever accepts %s gets a stream: %s', (accept, isStream) => {
  const {ask} = startPlane();
  const answer = ask('GET', '/v1/templates/build/118/logs', {headers: accept === undefined ? {} : {accept}});
  expect(answer.headers['content-type'] === 'text/event-stream').toBe(isStream);
});

test('in a dialect a log is text alone, or a stream alone', () => {
  const type = (name: 'text-logs' | 'stream-logs', accept: string) =>
    startPlane({dialects: [name]}).ask('GET', '/v1/templates/build/118/logs', {headers: {accept}}).headers[
      'content-type'
    ];
  expect(type('text-logs', 'text/event-stream')).toBe('application/json');
  expect(type('stream-logs', 'application/json')).toBe('text/event-stream');
});

test('whoever leaves a log, and a build that is done, leave nothing behind that waits', () => {
  const plane = startPlane({sandboxes: 0});
  const idle = plane.clock.waiting();
  build(plane);
  plane.listen('/v1/templates/build/490/logs', asStream).leave();
  plane.listen('/v1/templates/build/490/logs', asStream);
  plane.clock.advance(60_000);
  expect(plane.clock.waiting()).toBe(idle);
});

test('a fault may strike builds, their logs or uploads alone', () => {
  const struck = (route: 'builds' | 'logs' | 'uploads' | 'templates') => {
    const plane = startPlane({faults: [{name: 'status', value: '503', when: {route, p: 1}}]});
    const paths = [
      '/v1/templates',
      '/v1/templates/118',
      '/v1/templates/build/118/status',
      '/v1/templates/build/118/logs',
    ];
    const puts = plane.upload('/uploads/abcdef0123456789', {bytes: 1, isGzip: true}).status;
    return [...paths.map((path) => plane.ask('GET', path).status), puts];
  };
  expect(struck('templates')).toEqual([503, 200, 200, 200, 403]);
  expect(struck('builds')).toEqual([200, 200, 503, 503, 403]);
  expect(struck('logs')).toEqual([200, 200, 200, 503, 403]);
  expect(struck('uploads')).toEqual([200, 200, 200, 200, 503]);
});

test('a log is cut like any stream, and whoever comes back reads it from its first line', () => {
  const plane = startPlane({faults: [{name: 'cut', value: '1', when: {route: 'logs', times: 1}}]});
  build(plane);
  const first = plane.listen('/v1/templates/build/490/logs', asStream);
  plane.clock.advance(1500);
  expect(first.hasEnded()).toBe(true);
  first.leave();
  const second = plane.listen('/v1/templates/build/490/logs', asStream);
  plane.clock.advance(10_000);
  expect(second.messages().slice(0, 2)).toEqual(first.messages());
  expect(second.messages().at(-1)).toMatchObject({event: 'done', data: {status: 'active'}});
});
