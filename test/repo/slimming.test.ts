import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {narrowCharacters} from '../../scripts/slimming.ts';

test('what the bundle takes for one cell without measuring, string-width measures as one cell', () => {
  const narrow = new RegExp(`[${narrowCharacters}]`);
  const taken = Array.from({length: 0xffff}, (_, code) => String.fromCharCode(code)).filter((text) =>
    narrow.test(text),
  );
  expect(taken.length).toBeGreaterThan(7000);
  expect(taken.filter((text) => stringWidth(text) !== 1)).toEqual([]);
  // None of them makes one character of what is beside it.
  expect(taken.filter((text) => stringWidth(`a${text}b`) !== 3)).toEqual([]);
});
