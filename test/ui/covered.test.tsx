import {describe, expect, test} from 'vitest';
import {after, fleetState, idOf, patchOf, sampleAt} from '../../bench/fleet.ts';
import {type AppScreen, startAppScreen} from '../support/appScreen.ts';

const SIZE = {columns: 80, rows: 24};
const FLEET = 40;

const fleet = after(
  fleetState(FLEET),
  Array.from({length: FLEET}, (_, index) => ({type: 'metrics.opened' as const, at: 0, id: idOf(index)})),
);

/** Every sandbox sends a sample, and one more is paused. */
async function bringNews({advance, clock, store}: AppScreen, turn: number): Promise<void> {
  const at = clock.monotonic();
  for (let index = 0; index < FLEET; index += 1) {
    store.dispatch({type: 'metrics.sampled', id: idOf(index), sample: sampleAt(at, turn * 13 + index)});
  }
  const patch = patchOf(turn, {status: 'paused'});
  store.dispatch({type: 'list.page', at, asOf: at, run: 1, patches: [patch]});
  await advance(1000);
}

type Cells = ReturnType<AppScreen['seen']>;

/** The footer says other keys while something is open. */
const FOOTER = SIZE.rows - 1;

/** The box in the middle: its edges in cells. */
function boxOn(lines: readonly string[]) {
  const top = lines.findIndex((line) => line.includes('╭'));
  const bottom = lines.findIndex((line) => line.includes('╰'));
  const first = lines[top] ?? '';
  return {top, bottom, left: first.indexOf('╭'), right: first.indexOf('╮')};
}

/** The cells in the box and those around it, each at its place. */
function parts(cells: Cells, {top, bottom, left, right}: ReturnType<typeof boxOn>) {
  const isInside = (x: number, y: number) => y >= top && y <= bottom && x >= left && x <= right;
  const only = (wanted: boolean) =>
    cells.slice(0, FOOTER).map((row, y) => row.map((cell, x) => (isInside(x, y) === wanted ? cell : 'elsewhere')));
  return {inside: only(true), around: only(false)};
}

const covers = [
  {name: 'a question', key: 'D', word: 'Delete 1 sandbox'},
  {name: 'a question to say yes or no to', key: 'X', word: 'Stop 1 sandbox'},
  {name: 'the sort menu', key: 'o', word: 'Sort by'},
];

describe.each(covers)('under $name', ({key, word}) => {
  const startBoth = async () => {
    const covered = await startAppScreen(fleet, SIZE);
    const bare = await startAppScreen(fleet, SIZE);
    await covered.type(key);
    // Until it listens, and as late in the other.
    await covered.advance(1000);
    await bare.advance(1100);
    expect(covered.lines().join('\n')).toContain(word);
    return {
      covered,
      bare,
      [Symbol.dispose]() {
        covered[Symbol.dispose]();
        bare[Symbol.dispose]();
      },
    };
  };

  test('the list goes on around it, and never through it', async () => {
    using both = await startBoth();
    const {covered, bare} = both;
    for (let turn = 1; turn <= 5; turn += 1) {
      const box = boxOn(covered.lines());
      const [coverBefore, listBefore] = [parts(covered.seen(), box), parts(bare.seen(), box)];
      await bringNews(covered, turn);
      await bringNews(bare, turn);
      const [cover, list] = [parts(covered.seen(), box), parts(bare.seen(), box)];
      expect(list.around).not.toEqual(listBefore.around);
      expect(cover.around).toEqual(list.around);
      expect(cover.inside).toEqual(coverBefore.inside);
    }
  });

  test('closed, the list is whole again, with all that came in meanwhile', async () => {
    using both = await startBoth();
    const {covered, bare} = both;
    for (const turn of [1, 2]) {
      await bringNews(covered, turn);
      await bringNews(bare, turn);
    }
    expect(covered.seen()).not.toEqual(bare.seen());
    await covered.type('\u001b');
    await bare.advance(100);
    expect(covered.lines()).toEqual(bare.lines());
    expect(covered.seen()).toEqual(bare.seen());
  });
});

test('help covers all but the footer: no news is seen through it, and the list is whole after it', async () => {
  using covered = await startAppScreen(fleet, SIZE);
  using bare = await startAppScreen(fleet, SIZE);
  await covered.type('?');
  await bare.advance(100);
  const help = covered.seen();
  covered.take();
  for (const turn of [1, 2]) {
    await bringNews(covered, turn);
    await bringNews(bare, turn);
    expect(covered.seen()).toEqual(help);
    expect(covered.take()).toBe('');
  }
  await covered.type('\u001b');
  await bare.advance(100);
  expect(covered.lines()).toEqual(bare.lines());
  expect(covered.seen()).toEqual(bare.seen());
});
