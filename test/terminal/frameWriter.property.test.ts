import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createFrameWriter} from '../../src/terminal/frameWriter.ts';
import {createIdealWriter} from '../support/idealWriter.ts';
import {createScreen, write} from '../support/screen.ts';
import {readScreen} from '../support/wholeScreen.ts';
import {film, lookOf, rowsOf, writtenPlainly} from './frames.ts';

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
const CLEARING_BYTES = 26;

/** What a film of a few cells may cost more, where it is a large part: the marks around a frame, and a move. */
const SLACK_BYTES = 24;

/** On a screen of a few cells a byte more or less is a large part. */
const realFilm = film.filter(({size}) => size.columns >= 24);

/** The ideal looks at every scroll there is, ours at those that pay mostly: a film in a hundred may be made for it. */
const MOST_ABOVE = 1;

test('frames take at most 1.2 times the bytes of an ideal writer', async () => {
  let [allOurs, allBest, above] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(realFilm, async ({size, frames}) => {
      const writer = createFrameWriter(size);
      const ideal = createIdealWriter(size.columns, size.rows);
      const screen = createScreen(size.columns, size.rows);
      let [ours, best] = [-CLEARING_BYTES, 0];
      for (const frame of frames) {
        const written = writer.write(rowsOf(frame, size.columns));
        await write(screen, written);
        ours += Buffer.byteLength(written);
        best += Buffer.byteLength(ideal.paint(readScreen(screen)));
      }
      if (ours > 1.2 * best + SLACK_BYTES) above += 1;
      expect(above).toBeLessThanOrEqual(MOST_ABOVE);
      allOurs += ours;
      allBest += best;
    }),
    {numRuns: 100},
  );
  expect(allOurs).toBeLessThanOrEqual(1.2 * allBest);
});
