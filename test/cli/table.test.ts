import {expect, test} from 'vitest';
import {jsonText, tableText} from '../../src/cli/print.ts';
import {cellWidth, sanitize} from '../../src/terminal/text.ts';
import {viewOfSandbox} from '../support/builders.ts';

const MOST_LINE = 40 * 3 + 60;

test('one name of 2,000 characters makes no line longer than it is', () => {
  const long = viewOfSandbox({id: 'sb_long', templateName: sanitize('x'.repeat(2000), 2000)});
  const usual = viewOfSandbox({id: 'sb_usual', templateName: 'python'});
  const lines = tableText([long, usual]).trimEnd().split('\n');
  for (const line of lines) expect(cellWidth(line)).toBeLessThan(MOST_LINE);
  expect(lines[1]).toContain(`${'x'.repeat(39)}…  us-east`);
  expect(lines[2]).toMatch(/^sb_usual {2}running {2}python {36}us-east/);
});

test('wide characters are cut by cells', () => {
  const wide = viewOfSandbox({id: 'sb_wide', templateName: '東'.repeat(30)});
  const lines = tableText([wide, viewOfSandbox({id: 'sb_usual'})])
    .trimEnd()
    .split('\n');
  expect(cellWidth(lines[1] ?? '')).toBe(cellWidth(lines[2] ?? ''));
});

test('a value of 40 cells is whole, and JSON has every one whole', () => {
  const id = 'x'.repeat(40);
  expect(tableText([viewOfSandbox({id})])).toContain(`${id} `);
  const name = 'y'.repeat(300);
  expect(jsonText([viewOfSandbox({templateName: name})], true)).toContain(name);
});
