import {expect, test} from 'vitest';
import {fleetState} from '../../bench/fleet.ts';
import {type AppScreen, startAppScreen} from '../support/appScreen.ts';
import {bytesOf} from '../support/keys.ts';

const fleet = fleetState(1000);

/** Seconds go by in which the stream says no more than that it is there. */
async function wait({advance, clock, store}: AppScreen, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    clock.advance(1000);
    store.dispatch({type: 'stream.heard', at: clock.monotonic()});
    store.dispatch({type: 'clock.ticked', at: clock.monotonic(), wall: clock.wall()});
    await advance(0);
  }
}

/** What is on the screen, the keys that bring it there, and whether an age can be seen. */
const places: readonly (readonly [string, readonly string[], boolean])[] = [
  ['the list', [], true],
  ['the end of the list', ['G'], true],
  ['the detail', ['enter'], true],
  ['a question', ['D'], true],
  ['the sort menu', ['o'], true],
  ['the prompt of the filter', ['/', 'p'], true],
  ['help', ['?'], false],
];

test.each(places)('a quiet fleet under %s costs no byte from one full minute to the next', async (_, keys, hasAges) => {
  using app = await startAppScreen(fleet, {columns: 80, rows: 24});
  await wait(app, 60);
  await app.type(...keys.map(bytesOf));
  await wait(app, 2);
  app.take();
  await wait(app, 55);
  expect(app.take()).toBe('');
  await wait(app, 5);
  expect(app.take() !== '').toBe(hasAges);
});
