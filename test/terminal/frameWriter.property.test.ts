import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createFrameWriter} from '../../src/terminal/frameWriter.ts';
import {createScreen, write} from '../support/screen.ts';
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
