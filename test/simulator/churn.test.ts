import {expect, test} from 'vitest';
import {calmChurn} from '../../src/simulator/options.ts';
import {created, everyRow, startPlane} from './support.ts';

type Told = {readonly id: string; readonly status: string};
const told = (stream: {
  messages: () => readonly {event: string | undefined; data: Readonly<Record<string, unknown>>}[];
}) => stream.messages().map(({event, data}) => ({event, ...(data.sandbox as Told)}));

/** What may follow what, in the words of the documents; a crash is the machine's own doing. */
const legal: Readonly<Record<string, readonly string[]>> = {
  creating: ['running', 'creating', 'deleted'],
  running: ['paused', 'stopped', 'error', 'running', 'deleted'],
  paused: ['running', 'stopped', 'paused', 'deleted'],
  stopped: ['running', 'stopped', 'deleted'],
  error: ['error', 'deleted'],
};

test('whatever churn does is legal, told in order, and ends at what the list says', () => {
  const plane = startPlane({sandboxes: 60, churn: 20});
  const stream = plane.listen('/v1/sandboxes/stream');
  const known = new Map(everyRow(plane).map(({id, status}) => [id, status]));
  plane.clock.advance(300_000);
  const illegal: string[] = [];
  for (const {event, id, status} of told(stream)) {
    const before = known.get(id) ?? 'unborn';
    const isLegal = event === 'sandbox.created' ? before === 'unborn' : legal[before]?.includes(status);
    if (!isLegal) illegal.push(`${event}: ${before} to ${status}`);
    if (status === 'deleted') known.delete(id);
    else known.set(id, status);
  }
  expect(illegal).toEqual([]);
  expect(new Map(everyRow(plane).map(({id, status}) => [id, status]))).toEqual(known);
});

test('about as many events come as were asked for, and the fleet keeps its size and its mixture', () => {
  const plane = startPlane({sandboxes: 200, churn: 5});
  const stream = plane.listen('/v1/sandboxes/stream');
  plane.clock.advance(1_200_000);
  const causes = told(stream).filter(({event, status}) => event !== 'sandbox.updated' || status !== 'creating').length;
  expect(causes / 1200).toBeGreaterThan(3);
  expect(causes / 1200).toBeLessThan(9);
  const rows = everyRow(plane);
  expect(Math.abs(rows.length - 200)).toBeLessThan(10);
  const running = rows.filter(({status}) => status === 'running').length;
  expect(running / rows.length).toBeGreaterThan(0.5);
  expect(running / rows.length).toBeLessThan(0.85);
});

test('what a client made or touched is left alone', () => {
  const plane = startPlane({sandboxes: 20, churn: 20});
  const own = Array.from({length: 5}, () => created(plane));
  const stream = plane.listen('/v1/sandboxes/stream');
  plane.clock.advance(300_000);
  expect(told(stream).filter(({id}) => own.includes(id))).toEqual([]);
  expect(told(stream).length).toBeGreaterThan(300);
});

test('without churn only time changes the fleet: boots, crashes and expiries', () => {
  const plane = startPlane({sandboxes: 40, churn: 0});
  const stream = plane.listen('/v1/sandboxes/stream');
  plane.clock.advance(3_600_000);
  const statuses = new Set(told(stream).map(({event, status}) => `${event} ${status}`));
  expect([...statuses].sort()).toEqual(['sandbox.deleted deleted', 'sandbox.updated error', 'sandbox.updated running']);
});

test('a long stop of the process is not made up for by a burst', () => {
  const plane = startPlane({sandboxes: 40, churn: 0.5});
  const stream = plane.listen('/v1/sandboxes/stream');
  plane.clock.advance(60_000);
  expect(told(stream).length).toBeGreaterThan(5);
  expect(told(stream).length).toBeLessThan(120);
});

test('the default rate is lively for a small fleet and readable for a large one', () => {
  expect(calmChurn(40)).toBeCloseTo(0.29);
  expect(calmChurn(10_000)).toBe(2);
});
