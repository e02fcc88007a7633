import {expect, test} from 'vitest';
import {columns} from '../../src/model/columns.ts';
import {filterFields} from '../../src/model/fields.ts';
import {keyRows} from '../../src/ui/commands.ts';
import {layHelp} from '../../src/ui/helpPages.ts';
import {session, sketch} from './fleet.ts';
import {show} from './show.tsx';

const page = (index: number, width: number, rows: number) =>
  show(sketch({overlay: {kind: 'help', index}}), width, rows);

const count = (width: number, rows: number, readonly = false) =>
  layHelp({session: {...session, readonly}, view: 'sandboxes'}, width, rows - 1).pages.length;

test('80x24: every key is on the first pages, with all of its sentence', () => {
  const keys = [page(0, 80, 24), page(1, 80, 24)];
  expect(keys[0]).toContain('page 1 of 3: Down');
  for (const row of keyRows('sandboxes')) expect(keys.join('\n')).toContain(` ${row.keys} `);
  for (const each of keys) expect(each.split('\n').slice(2, -1).join('')).not.toContain('…');
  expect(keys.join('\n')).toMatch(/ X +stop: memory lost \(y\/N\)/);
  expect(keys.join('\n')).toMatch(/ c +copy the id; h: its host/);
});

test('80x24: the filter and the columns are on the last', () => {
  const last = page(2, 80, 24);
  expect(last).toContain('page 3 of 3: Up');
  for (const {example} of filterFields) expect(last).toContain(example);
  for (const {header, description} of columns) {
    expect(last).toContain(` ${header} `);
    expect(last.replaceAll(/\n */g, ' ')).toContain(description);
  }
});

test('a wide screen has all of it on one page, every sentence whole', () => {
  expect(count(160, 48)).toBe(1);
  const all = page(0, 160, 48);
  expect(all).toContain('Help   Esc closes');
  for (const {keys, description} of keyRows('sandboxes')) {
    expect(all).toContain(` ${keys} `);
    expect(all).toContain(description);
  }
  for (const {example} of filterFields) expect(all).toContain(example);
});

test('a small screen has it in more pages, and nothing is left out', () => {
  const pages = Array.from({length: count(60, 15)}, (_, index) => page(index, 60, 15)).join('\n');
  for (const {keys} of keyRows('sandboxes')) expect(pages).toContain(` ${keys} `);
  for (const {header} of columns) expect(pages).toContain(` ${header} `);
});

test('read-only: no key that changes anything', () => {
  expect(show(sketch({session: {...session, readonly: true}, overlay: {kind: 'help', index: 0}}), 80, 24)).not.toMatch(
    /pause|delete/,
  );
  expect(count(80, 24, true)).toBe(3);
});

test('over the events it has the keys of the events', () => {
  const shown = show(sketch({view: 'events', overlay: {kind: 'help', index: 0}}), 80, 24);
  for (const {keys} of keyRows('events')) expect(shown).toContain(` ${keys} `);
  expect(shown).not.toContain('pause');
});
