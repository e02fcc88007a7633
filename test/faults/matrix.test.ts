import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {dialectNames} from '../../src/simulator/dialects.ts';
import {faultNames} from '../../src/simulator/faults.ts';
import {matrix} from './matrix.ts';

const LAST_ROW = 55;

const chaos = ['trials/chaos.ts', 'trials/liveRows.ts'].map((file) => readFileSync(file, 'utf8')).join('');

/** A title stands as a string of its own, and is no single word that could stand anywhere. */
const hasTest = (file: string, title: string): boolean =>
  / /.test(title) && ["'", '"', '`'].some((quote) => readFileSync(file, 'utf8').includes(quote + title));

test('every row of the matrix is there, in order', () => {
  expect(matrix.map(({row}) => row)).toEqual(Array.from({length: LAST_ROW}, (_, index) => index + 1));
});

test.each(matrix)('row $row ($fault): what shows it exists', ({row, watched = [], tests = [], isInChaos, left}) => {
  for (const name of watched) expect([...faultNames, ...dialectNames]).toContain(name);
  for (const [file, title] of tests) expect(hasTest(file, title), title).toBe(true);
  if (isInChaos) expect(chaos).toContain(`{row: ${row},`);
  expect(watched.length > 0 || tests.length > 0 || isInChaos || left !== undefined).toBe(true);
});

test('every fault of the simulator stands in a row', () => {
  const named = new Set(matrix.flatMap(({watched = []}) => watched));
  expect(faultNames.filter((name) => !named.has(name) && name !== 'status')).toEqual([]);
});
