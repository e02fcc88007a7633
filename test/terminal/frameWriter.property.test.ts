import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createFrameWriter} from '../../src/terminal/frameWriter.ts';
import {createIdealWriter} from '../support/idealWriter.ts';
import {createScreen, write} from '../support/screen.ts';
import {readScreen} from '../support/wholeScreen.ts';
import {type Frame, film, lookOf, rowsOf, type Size, writtenPlainly} from './frames.ts';

test('whatever is painted, the terminal shows it', async () => {
  await fc.assert(
    fc.asyncProperty(film, async ({size, frames}) => {
      const writer = createFrameWriter(size);
      const shown = createScreen(size.columns, size.rows);
      const wanted = createScreen(size.columns, size.rows);
      await write(shown, 'what was there before');
      for (const frame of frames) {
        await write(shown, writer.write(rowsOf(frame, size.columns)));
        await write(wanted, writtenPlainly(frame));
        expect(lookOf(shown)).toEqual(lookOf(wanted));
      }
      expect(writer.write(rowsOf(frames.at(-1) ?? [], size.columns))).toBe('');
    }),
    {numRuns: 100},
  );
});

/** Modes taken back, cursor hidden, plain pen, all erased: what a first frame costs more. */
const CLEARING_BYTES = 36;

/** What a film of a few cells may cost more, where it is a large part: the marks around a frame, and a move. */
const SLACK_BYTES = 24;

/** On a screen of a few cells a byte more or less is a large part. */
const realFilm = film.filter(({size}) => size.columns >= 24);

/** The ideal tries every scroll, ours those that mostly pay. None of 3,000 films was above; one made for it may be. */
const MOST_ABOVE = 1;

test('frames take at most 1.2 times the bytes of an ideal writer', async () => {
  const costs = await Promise.all(fc.sample(realFilm, 100).map(costOf));
  const total = (of: 'ours' | 'best') => costs.reduce((sum, cost) => sum + cost[of], 0);
  const above = costs.filter(({ours, best}) => ours > 1.2 * best + SLACK_BYTES);
  expect(above.length, JSON.stringify(above)).toBeLessThanOrEqual(MOST_ABOVE);
  expect(total('ours')).toBeLessThanOrEqual(1.2 * total('best'));
});

/** Bytes of a whole film, and what was written for each of its frames, should it be too much. */
async function costOf({size, frames}: {readonly size: Size; readonly frames: readonly Frame[]}) {
  const writer = createFrameWriter(size);
  const ideal = createIdealWriter(size.columns, size.rows);
  const screen = createScreen(size.columns, size.rows);
  let [ours, best] = [-CLEARING_BYTES, 0];
  const written: string[] = [];
  for (const frame of frames) {
    const bytes = writer.write(rowsOf(frame, size.columns));
    await write(screen, bytes);
    ours += Buffer.byteLength(bytes);
    best += Buffer.byteLength(ideal.paint(readScreen(screen)));
    written.push(bytes);
  }
  return {ours, best, size, written};
}
