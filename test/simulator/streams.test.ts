import {expect, test} from 'vitest';
import {REPLAY_EVENTS} from '../../src/simulator/broadcast.ts';
import {created, oneThatIs, startPlane} from './support.ts';

const STREAM = '/v1/sandboxes/stream';

test('a stream opens with its retry time, then events in the documented order, ids without a hole', () => {
  const plane = startPlane({sandboxes: 0});
  const stream = plane.listen(STREAM);
  expect(stream.text()).toMatch(/^retry: 3000\n\n/);
  const id = created(plane);
  plane.ask('POST', `/v1/sandboxes/${id}/pause`);
  plane.ask('DELETE', `/v1/sandboxes/${id}`);
  const messages = stream.messages();
  expect(messages.map((message) => message.id)).toEqual(['1', '2', '3', '4']);
  expect(messages.map(({event, data}) => [event, data.type, (data.sandbox as {status: string}).status])).toEqual([
    ['sandbox.created', 'sandbox.created', 'creating'],
    ['sandbox.updated', 'sandbox.updated', 'running'],
    ['sandbox.updated', 'sandbox.updated', 'paused'],
    ['sandbox.deleted', 'sandbox.deleted', 'deleted'],
  ]);
  expect(messages[0]?.data.timestamp).toBe('2025-11-23T08:00:00.000Z');
});

test('a comment every fifteen seconds, on every kind of stream, and no timer once all have left', () => {
  const plane = startPlane({sandboxes: 40, quiet: true});
  const idle = plane.clock.waiting();
  const {id} = oneThatIs(plane, 'running');
  const paths = [STREAM, '/v1/templates/stream', `/v1/sandboxes/${id}/metrics/stream`];
  const streams = paths.map((path) => plane.listen(path));
  plane.clock.advance(45_000);
  for (const stream of streams) expect(stream.text().split(': keep-alive\n\n')).toHaveLength(4);
  for (const stream of streams) stream.leave();
  expect(plane.clock.waiting()).toBe(idle);
});

test('whoever comes back with Last-Event-ID gets exactly what was missed', () => {
  const plane = startPlane({sandboxes: 0});
  const whole = plane.listen(STREAM);
  const first = plane.listen(STREAM);
  created(plane);
  first.leave();
  created(plane);
  const again = plane.listen(STREAM, {'last-event-id': first.messages().at(-1)?.id ?? ''});
  created(plane);
  expect([...first.messages(), ...again.messages()]).toEqual(whole.messages());
});

test.each(['0', '999', 'abc', '', '-1'])(
  'Last-Event-ID %j of some other story repeats what it can, never more',
  (id) => {
    const plane = startPlane({sandboxes: 0});
    created(plane);
    const repeated = plane.listen(STREAM, {'last-event-id': id}).messages();
    expect(repeated.map((message) => message.id)).toEqual(id === '0' ? ['1', '2'] : []);
  },
);

test('after more events than are held, the hole shows in the ids', () => {
  const plane = startPlane({sandboxes: 0});
  const id = created(plane);
  const extend = () => plane.ask('PUT', `/v1/sandboxes/${id}/timeout`, {body: {timeout_seconds: 600}});
  for (let event = 0; event < REPLAY_EVENTS + 5; event += 1) extend();
  const ids = plane
    .listen(STREAM, {'last-event-id': '2'})
    .messages()
    .map((message) => Number(message.id));
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([REPLAY_EVENTS, 8, REPLAY_EVENTS + 7]);
});

test('metrics come at once and then at the interval, unnamed, until the sandbox leaves running', () => {
  const plane = startPlane({sandboxes: 0, metricsIntervalMs: 1000});
  const id = created(plane);
  const stream = plane.listen(`/v1/sandboxes/${id}/metrics/stream`);
  plane.clock.advance(3000);
  const messages = stream.messages();
  expect(messages).toHaveLength(4);
  expect(messages[0]).toMatchObject({id: undefined, event: undefined});
  expect(Object.keys(messages[0]?.data ?? {})).toEqual([
    'uptime_seconds',
    'total_executions',
    'active_executions',
    'error_count',
    'system',
  ]);
  expect(stream.hasEnded()).toBe(false);
  plane.ask('POST', `/v1/sandboxes/${id}/pause`);
  expect(stream.hasEnded()).toBe(true);
});

test.each(['paused', 'stopped', 'creating', 'error'])('metrics of a sandbox that is %s are a 409', (status) => {
  const plane = startPlane({quiet: true});
  const {id} = oneThatIs(plane, status);
  expect(plane.ask('GET', `/v1/sandboxes/${id}/metrics/stream`)).toMatchObject({status: 409, body: {code: 'CONFLICT'}});
});

test('metrics of an unknown sandbox are a 404, and of one that was deleted they end', () => {
  const plane = startPlane({sandboxes: 0});
  expect(plane.ask('GET', '/v1/sandboxes/nobody/metrics/stream').status).toBe(404);
  const id = created(plane);
  const stream = plane.listen(`/v1/sandboxes/${id}/metrics/stream`);
  plane.ask('DELETE', `/v1/sandboxes/${id}`);
  expect(stream.hasEnded()).toBe(true);
});

test('a quiet fleet sends one sample, then comments only, and no event nobody asked for', () => {
  const plane = startPlane({sandboxes: 40, quiet: true, churn: 50});
  const {id} = oneThatIs(plane, 'running');
  const events = plane.listen(STREAM);
  const metrics = plane.listen(`/v1/sandboxes/${id}/metrics/stream`);
  plane.clock.advance(3_600_000);
  expect(events.messages()).toEqual([]);
  expect(metrics.messages()).toHaveLength(1);
  expect(metrics.text()).toContain(': keep-alive');
});

test('closing ends every stream and leaves no timer', () => {
  const plane = startPlane({sandboxes: 40, churn: 1});
  const streams = [
    plane.listen(STREAM),
    plane.listen(`/v1/sandboxes/${oneThatIs(plane, 'running').id}/metrics/stream`),
  ];
  plane.clock.advance(10_000);
  plane.plane.close();
  expect(streams.map((stream) => stream.hasEnded())).toEqual([true, true]);
  expect(plane.clock.waiting()).toBe(0);
});
