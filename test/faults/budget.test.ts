import {expect, test} from 'vitest';
import {reserved} from '../../src/model/limit.ts';
import type {DialectName} from '../../src/simulator/dialects.ts';
import {stir, type Way, watch} from './watching.ts';

/** All that asks the server for more than the list: many lines, many streams, turns of those that nobody sees. */
const greedy: Way = {sort: {column: 'cpu', descending: true}, listRows: 60, metricsLimit: 64};

const servers: readonly (readonly DialectName[])[] = [
  [],
  ['sparse-list'],
  ['sparse-list', 'page-100'],
  ['no-streams'],
  ['id-only'],
  ['hints', 'page-cut'],
  ['no-heartbeats', 'sparse-events'],
];

test.each(
  [60, 100, 300].flatMap((limit) =>
    servers.map((dialects) => ({limit, dialects, server: dialects.join('+') || 'usual'})),
  ),
)('$limit requests a minute, $server: never one too many, and the reserve is kept', async ({limit, dialects}) => {
  await using watching = await watch({rateLimit: limit, dialects, sandboxes: 260}, greedy);
  const least: number[] = [];
  const look = () => least.push(watching.state().budget?.remaining ?? limit);
  await stir(watching, 30, look);
  await watching.pass(150, {look});
  expect(watching.requests.filter(({status}) => status === 429)).toEqual([]);
  expect(Math.min(...least)).toBeGreaterThanOrEqual(reserved(limit));
  // Not by asking nothing.
  expect(watching.requests.length).toBeGreaterThan(limit / 4);
  expect(watching.state().listing.endedAt).toBeDefined();
});
