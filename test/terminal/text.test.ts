import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {cellWidth, escapeNonAscii, fitCells, replaceControls, sanitize} from '../../src/terminal/text.ts';
import {hostileStrings} from '../support/hostileStrings.ts';
import {createScreen, forgetEffects, screenLines, watchEffects, write} from '../support/screen.ts';

const COLUMNS = 600;
const screen = createScreen(COLUMNS, 5);
const effects = watchEffects(screen);

/** Writes the text on the third row and tells what happened besides text, and how far the cursor went. */
async function show(text: string) {
  let happened: typeof effects | undefined;
  let cursor = [0, 0];
  let rows: readonly string[] = [];
  screen.write('\u001b[0m\u001b[2J\u001b[3;1H', () => forgetEffects(effects));
  screen.write(text, () => {
    happened = structuredClone(effects);
    cursor = [screen.buffer.active.cursorX, screen.buffer.active.cursorY];
  });
  await new Promise<void>((resolve) => {
    screen.write('~', () => {
      rows = screenLines(screen);
      resolve();
    });
  });
  return {happened, cursor, rows};
}

const nothing = {bells: 0, titles: [], answers: [], sequences: []};

async function expectOnlyText(raw: string): Promise<void> {
  const clean = sanitize(raw);
  const seen = await show(clean);
  const spelled = JSON.stringify(raw).slice(0, 200);
  expect(seen.happened, spelled).toEqual(nothing);
  expect(seen.rows, spelled).toEqual(['', '', `${clean}~`, '', '']);
  expect(seen.cursor, spelled).toEqual([cellWidth(clean), 2]);
  expect(cellWidth(clean), spelled).toBeLessThanOrEqual(512);
  expect(sanitize(clean), spelled).toBe(clean);
  expect(clean, spelled).not.toMatch(/\p{Cc}/u);
  // A program that counts clusters, as Ink does, must come to the same width as a terminal that does not.
  for (const {segment} of clusters.segment(clean)) {
    expect(cellWidth(segment), spelled).toBe(cellWidth(String.fromCodePoint(segment.codePointAt(0) ?? 0)));
  }
}

const clusters = new Intl.Segmenter();

const fragment = fc.oneof(
  {weight: 3, arbitrary: fc.constantFrom(...hostileStrings.filter((text) => text.length < 100))},
  {weight: 2, arbitrary: fc.string({unit: 'binary', maxLength: 12})},
  {weight: 1, arbitrary: fc.string({unit: 'grapheme', maxLength: 12})},
  {weight: 2, arbitrary: fc.integer({min: 0, max: 0xffff}).map((unit) => String.fromCharCode(unit))},
  {weight: 2, arbitrary: fc.integer({min: 0, max: 0x10ffff}).map((point) => String.fromCodePoint(point))},
  {weight: 1, arbitrary: fc.integer({min: 0, max: 0x9f}).map((point) => String.fromCodePoint(point))},
);
const hostile = fc.array(fragment, {maxLength: 12}).map((parts) => parts.join(''));

describe('in a terminal', () => {
  test('the raw strings do have effects, so that these tests can fail', async () => {
    const seen = await show(hostileStrings.join(''));
    expect(seen.happened?.titles).toContain('owned');
    expect(seen.happened?.bells).toBeGreaterThan(0);
    expect(seen.happened?.answers.length).toBeGreaterThan(0);
    expect(seen.happened?.sequences).toEqual(expect.arrayContaining(['OSC 52', 'CSI ? h', 'CSI m']));
    await write(screen, '\u001bc');
  });

  test.each(hostileStrings.map((raw) => [JSON.stringify(raw).slice(0, 60), raw]))(
    '%s is text on one row, as wide as promised',
    async (_, raw) => expectOnlyText(raw),
  );

  test('and so is anything else', async () => {
    const fortyStrings = fc.array(hostile, {minLength: 40, maxLength: 40});
    const allAtOnce = async (raws: readonly string[]) => {
      await Promise.all(raws.map(expectOnlyText));
    };
    await fc.assert(fc.asyncProperty(fortyStrings, allAtOnce), {numRuns: 75});
  }, 20_000);

  test('every character, after a letter, takes the cells we say', async () => {
    const starts = Array.from({length: 0x3_0000 / 64}, (_, index) => index * 64);
    const checks = starts.map(async (start) => {
      const points = Array.from({length: 64}, (_, index) => start + index);
      const clean = sanitize(points.map((point) => `a${String.fromCodePoint(point)}`).join(''), 590);
      const {cursor} = await show(clean);
      expect(cursor[0], `from U+${start.toString(16)}`).toBe(cellWidth(clean));
    });
    await Promise.all(checks);
  }, 20_000);
});

describe('sanitize', () => {
  test.each([
    ['plain-id_01', 'plain-id_01'],
    ['\u001b[31m\u0007\n\r\u007f', '␛[31m␇␊␍␡'],
    ['\u009b31m', '<9B>31m'],
    ['access=\u202eresu', 'access=<U+202E>resu'],
    ['👨‍👩‍👧', '👨<U+200D>👩<U+200D>👧'],
    ['\u0301a', '◌\u0301a'],
    ['e\u0301\u0302\u0303\u0304', 'e\u0301\u0302<U+0303>◌\u0304'],
    ['\u0915\u094d\u0937\u093e', '\u0915\u094d<U+0937><U+093E>'],
    ['\ud800x', '\ufffdx'],
    ['\ue000\uffff\u{e0041}', '<U+E000><U+FFFF><U+E0041>'],
    ['サンドボックス', 'サンドボックス'],
  ])('%j is shown as %j', (raw, shown) => expect(sanitize(raw)).toBe(shown));

  test('cuts to cells, not to characters', () => {
    expect(sanitize('東京都庁', 5)).toBe('東京…');
    expect(sanitize('abcdef', 4)).toBe('abc…');
    expect(sanitize('abcd', 4)).toBe('abcd');
    expect(sanitize('abcd', 0)).toBe('');
  });

  test('never halves what it spelled out', () => {
    expect(sanitize('ab\u202ecd', 6)).toBe('ab…');
  });

  test('takes what is no text at all', () => {
    expect(sanitize(42)).toBe('42');
    expect(sanitize(null)).toBe('null');
    expect(sanitize(Object.create(null))).toBe('[object]');
  });

  test('looks at no more than four units a cell, however long the text', () => {
    const long = '\u0301'.repeat(1_000_000);
    expect(Buffer.byteLength(sanitize(long, 10))).toBeLessThan(100);
  });

  test('at any limit keeps the limit and is done after once', () => {
    fc.assert(
      fc.property(hostile, fc.integer({min: 0, max: 40}), (raw, limit) => {
        const clean = sanitize(raw, limit);
        expect(cellWidth(clean)).toBeLessThanOrEqual(limit);
        expect(sanitize(clean, limit)).toBe(clean);
      }),
      {numRuns: 1_000},
    );
  });
});

describe('fitCells', () => {
  test('pads, on either side', () => {
    expect(fitCells('ab', 4)).toBe('ab  ');
    expect(fitCells('ab', 4, 'right')).toBe('  ab');
  });

  test('cuts wide characters whole', () => {
    expect(fitCells('東京都', 4)).toBe('東… ');
    expect(fitCells('東京都', 5)).toBe('東京…');
    expect(fitCells('▁▂▃▄▅', 3)).toBe('▁▂…');
    expect(fitCells('abc', 1)).toBe('…');
    expect(fitCells('abc', 0)).toBe('');
  });

  test('is always exactly as wide as asked', () => {
    fc.assert(
      fc.property(hostile, fc.integer({min: 0, max: 60}), (raw, cells) => {
        expect(cellWidth(fitCells(sanitize(raw), cells))).toBe(cells);
      }),
    );
  });
});

describe('escapeNonAscii', () => {
  test('spells out a look-alike', () => {
    expect(escapeNonAscii('р-1')).toBe('<U+0440>-1');
    expect(escapeNonAscii('sandbox_1')).toBe('sandbox_1');
  });
});

describe('replaceControls', () => {
  test('lets nothing through that moves a cursor', () => {
    expect(replaceControls('a\u001b[0m\u009bb')).toBe('a␛[0m<9B>b');
  });
});
