import {expect, test} from 'vitest';
import {hostileTexts} from '../../src/simulator/hostile.ts';
import {created, everyRow, startPlane} from './support.ts';

const isPlain = (text: string) => /^[\w.:/-]+$/.test(text);
const share = (texts: readonly string[]) => texts.filter((text) => !isPlain(text)).length / texts.length;

test('a hostile fleet has every hostile text in its names and regions, and odd ids and statuses here and there', () => {
  const plane = startPlane({sandboxes: 400, hostile: true, quiet: true});
  const rows = everyRow(plane);
  const names = new Set(rows.map(({template_name}) => template_name));
  const regions = new Set(rows.map(({region}) => region));
  expect(hostileTexts.filter((text) => !names.has(text) || !regions.has(text))).toEqual([]);
  expect(share(rows.map(({status}) => status))).toBeGreaterThan(0.02);
  const oddIds = share(rows.map(({id}) => id));
  expect(oddIds).toBeGreaterThan(0.04);
  expect(oddIds).toBeLessThan(0.3);
});

test('what is hostile is still answered: by its encoded id, and on the stream as one line of JSON', () => {
  const plane = startPlane({sandboxes: 400, hostile: true, quiet: true});
  const stream = plane.listen('/v1/sandboxes/stream');
  // A lone surrogate cannot stand in a URL: such a sandbox is seen, and never touched.
  const rows = everyRow(plane).filter(({id}) => id.isWellFormed());
  for (const {id} of rows) {
    const path = `/v1/sandboxes/${encodeURIComponent(id)}`;
    expect(plane.ask('GET', path).body.id).toBe(id);
    expect(plane.ask('DELETE', path).body).toMatchObject({id, status: 'deleted'});
  }
  const deleted = stream.messages().map(({data}) => (data.sandbox as {id: string}).id);
  expect(deleted).toEqual(rows.map(({id}) => id));
  const control = [...stream.text()].filter((character) => character < ' ' && character !== '\n');
  expect(control).toEqual([]);
});

test('a create by a documented name still works there, and a fleet that is not hostile has nothing of it', () => {
  const plane = startPlane({sandboxes: 10, hostile: true, churn: 5});
  expect(plane.ask('GET', `/v1/sandboxes/${encodeURIComponent(created(plane))}`).status).toBe(200);
  plane.clock.advance(60_000);
  const texts = everyRow(startPlane({sandboxes: 400, quiet: true})).flatMap((row) => [row.id, row.status, row.region]);
  expect(share(texts)).toBe(0);
});

test('the log of every build there prints every hostile text, and is still one line of JSON an event', () => {
  const {listen} = startPlane({hostile: true, quiet: true});
  const log = listen('/v1/templates/build/118/logs', {accept: 'text/event-stream'});
  const printed = log.messages().map(({data}) => data.message);
  expect(printed).toEqual(expect.arrayContaining([...hostileTexts]));
  expect([...log.text()].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  expect(log.hasEnded()).toBe(true);
});
