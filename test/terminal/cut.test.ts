import {expect, test} from 'vitest';
import {restoreSequence} from '../../src/terminal/ansi.ts';
import {createScreen, isClean, isMidFrame, rowText, watchEffects} from '../support/screen.ts';

/** How a program takes the screen: alternate, cursor hidden, paste and focus reports, the kitty keyboard. */
const taken = '\u001b[?1049h\u001b[?25l\u001b[?2004h\u001b[?1004h\u001b[>1u';

/** A frame with everything in it that can be cut: parameters, private modes, two, three and four bytes of UTF-8. */
const frame = [
  '\u001b[?2026h\u001b[H\u001b[0;1;31mred é │ 世 🙂\u001b[0;2m\u001b[12;40Hdim\u001b[K\u001b[2X\u001b[3G',
  '\u001b[38;5;208mx\u001b[4mu\u001b[0m\u001b[2;5H▁▂▃\u001b[?25h\u001b[?25l\u001b[?2026l',
].join('');

const bytes = Buffer.from(frame);

const feed = (screen: ReturnType<typeof createScreen>, fed: string | Uint8Array) =>
  new Promise<void>((resolve) => screen.write(fed, () => resolve()));

async function cutAt(length: number) {
  const screen = createScreen(40, 12);
  const effects = watchEffects(screen);
  await feed(screen, `$ hopx-top\r\n${taken}`);
  await feed(screen, bytes.subarray(0, length));
  await feed(screen, `${restoreSequence}$ `);
  const prompt = screen.buffer.active.getLine(1)?.getCell(0);
  return {
    isClean: isClean(screen) && !isMidFrame(screen),
    lines: [rowText(screen, 0), rowText(screen, 1), rowText(screen, 2)],
    isPlain: prompt?.isAttributeDefault(),
    effects: [effects.bells, effects.titles, effects.answers],
  };
}

test('cut after any byte of a frame, the terminal is clean after the restore sequence', async () => {
  for (let length = 0; length <= bytes.length; length += 1) {
    expect({length, ...(await cutAt(length))}).toEqual({
      length,
      isClean: true,
      lines: ['$ hopx-top', '$ ', ''],
      isPlain: true,
      effects: [0, [], []],
    });
  }
});
