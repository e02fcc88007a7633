import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {restoreSequence, toAnsi} from '../../src/terminal/ansi.ts';
import type {Line, Style} from '../../src/terminal/cells.ts';
import {createScreen, rowText, write} from '../support/screen.ts';

const shown = (text: string) => text.replaceAll('\u001b', 'ESC');

describe('toAnsi', () => {
  test('plain text is only text', () => {
    expect(toAnsi([{text: 'plain', style: {}}])).toBe('plain');
  });

  test('says what changed, once, and ends plain', () => {
    const line: Line = [
      {text: 'a', style: {colour: 'green'}},
      {text: 'b', style: {colour: 'green'}},
      {text: '', style: {colour: 'red'}},
      {text: 'c', style: {colour: 'green', bold: true}},
      {text: 'd', style: {colour: 'red', bold: true}},
      {text: 'e', style: {dim: true}},
      {text: 'f', style: {}},
    ];
    expect(shown(toAnsi(line))).toBe('ESC[32mabESC[1mcESC[31mdESC[0;2meESC[0mf');
  });

  test('a control character that came this far is made visible', () => {
    expect(toAnsi([{text: '\u001b]0;x\u0007\u009b', style: {}}])).toBe('␛]0;x␇<9B>');
  });

  test('a terminal shows each cell in the style that was asked for', async () => {
    const style: fc.Arbitrary<Style> = fc.record(
      {
        colour: fc.constantFrom('red', 'green', 'grey', 'brightWhite'),
        bold: fc.boolean(),
        dim: fc.boolean(),
        inverse: fc.boolean(),
        underline: fc.boolean(),
      },
      {requiredKeys: []},
    );
    const painted = fc.array(fc.record({text: fc.constantFrom('a', 'bc', ''), style}), {maxLength: 12});
    const palette = {red: 1, green: 2, grey: 8, brightWhite: 15} as const;
    const screen = createScreen(80, 2);
    await fc.assert(
      fc.asyncProperty(painted, async (line) => {
        await write(screen, `\u001b[2J\u001b[H${toAnsi(line)}.`);
        const wanted = [
          ...line.flatMap(({text, style}) => [...text].map((character) => ({character, style}))),
          {character: '.', style: {} as Style},
        ];
        for (const [x, {character, style}] of wanted.entries()) {
          const cell = screen.buffer.active.getLine(0)?.getCell(x);
          expect({
            character: cell?.getChars(),
            colour: cell?.isFgDefault() ? undefined : cell?.getFgColor(),
            flags: [cell?.isBold(), cell?.isDim(), cell?.isInverse(), cell?.isUnderline()].map(Boolean),
          }).toEqual({
            character,
            colour: style.colour && palette[style.colour as keyof typeof palette],
            flags: [style.bold, style.dim, style.inverse, style.underline].map(Boolean),
          });
        }
      }),
    );
  });
});

describe('restoreSequence', () => {
  test('gives the main screen back, plain, with its cursor and no reports', async () => {
    const screen = createScreen(40, 5);
    await write(
      screen,
      'before\u001b[?1049h\u001b[?25l\u001b[?1003h\u001b[?1006h\u001b[?1004h\u001b[?2004h\u001b[1;31m\u001b[?2026h',
    );
    await write(screen, `${restoreSequence}\r\nafter`);
    expect(screen.buffer.active.type).toBe('normal');
    expect([rowText(screen, 0), rowText(screen, 1)]).toEqual(['before', 'after']);
    expect(screen.modes).toMatchObject({mouseTrackingMode: 'none', sendFocusMode: false, bracketedPasteMode: false});
    expect(screen.buffer.active.getLine(1)?.getCell(0)?.isFgDefault()).toBe(true);
  });

  test('written twice, is as written once', async () => {
    const screen = createScreen(40, 5);
    await write(screen, `before\u001b[?1049hfull screen${restoreSequence}${restoreSequence} after`);
    expect(rowText(screen, 0)).toBe('before after');
  });
});
