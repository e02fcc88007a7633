import {describe, expect, test} from 'vitest';
import {emptyLog, type LogEntry, withLogEntry} from '../../src/model/log.ts';
import {T0, WALL0} from '../support/builders.ts';
import {sketch} from './fleet.ts';
import {show} from './show.tsx';

const said = (entry: Partial<LogEntry>): Omit<LogEntry, 'seq'> => ({
  at: T0,
  wall: WALL0,
  kind: 'created',
  id: 'sb_9f3a71c204',
  text: 'agent-py311 us-east',
  source: 'stream',
  requestId: undefined,
  status: undefined,
  tone: 'plain',
  ...entry,
});

const extended = said({
  kind: 'extend',
  id: 'sb_a1c4d2f009',
  text: 'extended 14:14:00 -> 14:44:00',
  source: 'you',
  requestId: 'req_ufr81hb2c0',
  status: 200,
  tone: 'good',
});

const logOf = (...entries: readonly Omit<LogEntry, 'seq'>[]) => entries.reduce(withLogEntry, emptyLog);

const eventLine = (entry: Omit<LogEntry, 'seq'>, columns: number, rows: number) =>
  show(sketch({log: logOf(entry)}), columns, rows)
    .split('\n')
    .findLast((line) => / \d\d:\d\d:\d\d {2}[a-z]/.test(line)) ?? '';

describe('one event', () => {
  test('what you did begins with `you`, is not said twice, and its figures are whole at 80 columns', () => {
    expect(eventLine(extended, 80, 24)).toMatch(
      /^ \d\d:\d\d:\d\d {2}you {7}extend sb_a1c4d2f009 {2}14:14:00 -> 14:44:00 +200$/,
    );
  });

  test('the request is told where there is room for it', () => {
    const line = eventLine(extended, 160, 48);
    expect(line).toMatch(/you {7}extend sb_a1c4d2f009 {2}14:14:00 -> 14:44:00 {3,}200 req_ufr81hb2c0 │$/);
  });

  test('where there is room for no part of it, the text alone', () => {
    const line = eventLine({...extended, text: 'refused: it is too long a timeout'}, 80, 24);
    expect(line).toMatch(/extend sb_a1c4d2f009 {2}refused: it is too long a timeout$/);
  });

  test('before the text the id makes way', () => {
    const line = eventLine({...extended, id: 'sb_a1c4d2f009e81b77c2d0'.padEnd(60, '7')}, 80, 24);
    expect(line).toMatch(/you {7}extend sb_a1c4d2f009e81b\S*… {2}14:14:00 -> 14:44:00$/);
  });

  test('at 80 columns the id is whole, however long the text is: ids that were made together begin alike', () => {
    const text = 'gone while out of touch: nobody saw why (inferred, found by re-read)';
    const line = eventLine(said({kind: 'gone', id: '1795854743vk190aa0', text, source: 'read'}), 80, 24);
    expect(line).toMatch(/gone +1795854743vk190aa0 {2}gone while out of touch.*…$/);
  });

  test('a text that does not fit at all is cut in its place', () => {
    const gap = said({id: undefined, kind: 'gap', text: 'stream lost: '.padEnd(100, 'x'), source: 'client'});
    expect(eventLine(gap, 80, 24)).toMatch(/^ \d\d:\d\d:\d\d {2}gap {7}stream lost: x+…$/);
  });

  test.each([
    ['paused', 'pause', 'pause sb_9f3a71c204  paused'],
    ['pause did not happen', 'pause', 'pause sb_9f3a71c204  did not happen'],
    ['accepted', 'pause', 'pause sb_9f3a71c204  accepted'],
  ])('"%s" after %s reads "%s"', (text, kind, line) => {
    expect(eventLine(said({source: 'you', kind, text}), 80, 24)).toContain(line);
  });

  test('what the server told names its own kind, and where it comes from where there is room', () => {
    expect(eventLine(said({}), 80, 24)).toMatch(/ {2}created {3}sb_9f3a71c204 +agent-py311 us-east$/);
    expect(eventLine(said({}), 160, 48)).toMatch(/ {2}created {3}sb_9f3a71c204 +agent-py311 us-east {3,}stream │$/);
  });
});

describe('the events of one sandbox', () => {
  const others = Array.from({length: 300}, () => said({id: 'sb_other'}));
  const mine = said({text: 'running -> paused', kind: 'paused'});
  const detail = (log: ReturnType<typeof logOf>, columns: number, rows: number) =>
    show(sketch({detailOpen: true, log}), columns, rows);

  test.each([
    [80, 24],
    [80, 23],
    [120, 40],
    [160, 48],
  ])('stand under its charts or beside them at %ix%i, without its id', (columns, rows) => {
    const picture = detail(logOf(mine, said({id: 'sb_other', text: 'elsewhere'})), columns, rows);
    expect(picture).toMatch(/ {2}paused {1,4}running -> paused/);
    expect(picture).not.toContain('elsewhere');
  });

  test('beside a list of 120 columns its figures are whole', () => {
    const picture = show(sketch({log: logOf({...extended, id: 'sb_9f3a71c204'})}), 120, 40);
    expect(picture).toMatch(/││ \d\d:\d\d:\d\d {2}you extend 14:14:00 -> 14:44:00 +│/);
  });

  test('the newest first', () => {
    const picture = detail(logOf(mine, said({kind: 'resumed', text: 'paused -> running'})), 80, 24);
    expect(picture.indexOf('resumed ')).toBeLessThan(picture.indexOf('paused  '));
  });

  test('what a busy fleet has pushed far back stands there all the same, as in the tab of events', () => {
    expect(detail(logOf(mine, ...others), 80, 24)).toContain('running -> paused');
    const own = {...extended, id: 'sb_9f3a71c204'};
    expect(detail(logOf(own, mine, ...others), 80, 24)).toMatch(/paused +running -> paused\n.*you {7}extend 14:14:00/);
  });
});
