import {expect, test} from 'vitest';
import {dialectNames} from '../../src/simulator/dialects.ts';
import {stir, watch, wronglyDead} from './watching.ts';

const STIRRED_SECONDS = 16;
/** A list that heals what no event told is read once a minute. */
const HEALED_SECONDS = 90;

test.each(dialectNames)('%s: the screen is right once the fleet is quiet', async (name) => {
  await using watching = await watch({dialects: [name], sandboxes: 130});
  const dead: string[] = [];
  const look = () => dead.push(...wronglyDead(watching.state(), watching.world));
  await watching.pass(5, {until: () => watching.state().listing.endedAt !== undefined});
  await stir(watching, STIRRED_SECONDS, look);
  await watching.pass(HEALED_SECONDS, {until: () => watching.wrong().length === 0, look});
  expect(watching.wrong()).toEqual([]);
  expect(dead).toEqual([]);
});
