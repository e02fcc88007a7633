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
    .findLast((line) => / \d\d:\d\d:\d\d (?:you| {3}) [a-z]/.test(line)) ?? '';

describe('one event', () => {
  test('what you did begins with `you`, is not said twice, and its figures are whole at 80 columns', () => {
    expect(eventLine(extended, 80, 24)).toMatch(
      /^ \d\d:\d\d:\d\d you extended {2}sb_a1c4d2f009 {7}14:14:00 -> 14:44:00 +200$/,
    );
  });

  test('the request is told where there is room for it', () => {
    const line = eventLine(extended, 160, 48);
    expect(line).toMatch(/you extended {2}sb_a1c4d2f009 {9}14:14:00 -> 14:44:00 {3,}200 req_ufr81hb2c0 │$/);
  });

  test('where there is room for no part of it, the text alone', () => {
    const line = eventLine({...extended, text: 'refused: it is too long a timeout'}, 80, 24);
    expect(line).toMatch(/extend {4}sb_a1c4d2f009 {7}refused: it is too long a timeout$/);
  });

  test('before the text the id makes way', () => {
    const line = eventLine({...extended, id: 'sb_a1c4d2f009e81b77c2d0'.padEnd(60, '7')}, 80, 24);
    expect(line).toMatch(/you extended {2}sb_a1c4d2f009e81b\S*… {2}14:14:00 -> 14:44:00$/);
  });

  test('at 80 columns the id is whole, however long the text is: ids that were made together begin alike', () => {
    const text = 'gone while out of touch: nobody saw why (inferred, found by re-read)';
    const line = eventLine(said({kind: 'gone', id: '1795854743vk190aa0', text, source: 'read'}), 80, 24);
    expect(line).toMatch(/gone +1795854743vk190aa0 {2}gone while out of touch.*…$/);
  });

  test('a text that does not fit at all is cut in its place', () => {
    const gap = said({id: undefined, kind: 'gap', text: 'stream lost: '.padEnd(100, 'x'), source: 'client'});
    expect(eventLine(gap, 80, 24)).toMatch(/^ \d\d:\d\d:\d\d {5}gap {7}stream lost: x+…$/);
  });

  test.each([
    ['paused', 'pause', 'you paused    sb_9f3a71c204'],
    ['pause did not happen', 'pause', 'you pause     sb_9f3a71c204       did not happen'],
    ['token renewed until 14:00:00', 'refresh', 'you refresh   sb_9f3a71c204       token renewed until 14:00:00'],
    ['deleted', 'delete', 'you deleted   sb_9f3a71c204'],
  ])('"%s" after %s reads "%s"', (text, kind, line) => {
    expect(eventLine(said({source: 'you', kind, text}), 80, 24)).toContain(line);
  });

  test('what the server told names its own kind, and where it comes from where there is room', () => {
    expect(eventLine(said({}), 80, 24)).toMatch(/ {5}created {3}sb_9f3a71c204 +agent-py311 us-east$/);
    expect(eventLine(said({}), 160, 48)).toMatch(/ {5}created {3}sb_9f3a71c204 +agent-py311 us-east {3,}stream │$/);
  });
});

describe('verb, id and text stand in their columns, whoever tells them', () => {
  const told = said({id: '17958646006rocqxau', kind: 'extended', text: 'expires 11:29:06 -> 12:25:14'});
  const own = {...extended, id: '1795861985obsget6'};
  const columnsOf = (line: string) =>
    [/extended/, /179586\d+/, /\d\d:\d\d:\d\d ->|expires/].map((part) => line.slice(9).search(part));

  test.each([
    [160, 48],
    [120, 40],
    [80, 24],
    [60, 15],
  ])('%ix%i', (columns, rows) => {
    const lines = (entry: Omit<LogEntry, 'seq'>) =>
      show(sketch({view: 'events', log: logOf(entry)}), columns, rows).split('\n');
    const [theirs, mine] = [lines(told), lines(own)].map((all) => all.find((line) => line.includes('extended')) ?? '');
    expect(columnsOf(mine ?? '')).toEqual(columnsOf(theirs ?? ''));
    expect(mine).toContain(' you extended ');
    expect(mine).toContain(own.id);
  });

  test('at 40x10 the ids are whole, and what has no room is told of the one under the cursor', () => {
    const bulk = said({kind: 'pause many', id: undefined, text: '178 done', source: 'you'});
    const screen = show(sketch({view: 'events', log: logOf(bulk, told, own)}), 40, 10);
    expect(screen.split('\n').slice(2, 10)).toMatchInlineSnapshot(`
      [
        "[all 3]  mine 2   errors 0       1 of 3",
        ">14:02 you extended 1795861985obsget6 1…",
        " 14:02     extended 17958646006rocqxau …",
        " 14:02 you bulk     pause  178 done",
        "",
        " 14:02:11  extend  1795861985obsget6",
        " extended 14:14:00 -> 14:44:00  (done",
        " Enter its sandbox  Esc back  ? help",
      ]
    `);
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
    expect(picture).toMatch(/ paused {1,4}running -> paused/);
    expect(picture).not.toContain('elsewhere');
  });

  test('beside a list of 120 columns its figures are whole', () => {
    const picture = show(sketch({log: logOf({...extended, id: 'sb_9f3a71c204'})}), 120, 40);
    expect(picture).toMatch(/││ \d\d:\d\d:\d\d you extended 14:14:00 -> 14:44:00 +│/);
  });

  test('the newest first', () => {
    const picture = detail(logOf(mine, said({kind: 'resumed', text: 'paused -> running'})), 80, 24);
    expect(picture.indexOf('resumed ')).toBeLessThan(picture.indexOf('paused  '));
  });

  test('what a busy fleet has pushed far back stands there all the same, as in the tab of events', () => {
    expect(detail(logOf(mine, ...others), 80, 24)).toContain('running -> paused');
    const own = {...extended, id: 'sb_9f3a71c204'};
    expect(detail(logOf(own, mine, ...others), 80, 24)).toMatch(/you extended {2}14:14:00 -> 14:44:00/);
  });
});
