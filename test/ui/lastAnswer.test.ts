import {expect, test} from 'vitest';
import {lastAnswer} from '../../src/ui/lastAnswer.ts';

test('asked the very same, it is worked out once; asked something else, anew', () => {
  const asked: string[] = [];
  const wrapped = lastAnswer((text: string, width: number) => {
    asked.push(`${text} ${width}`);
    return [text.slice(0, width)];
  });
  const first = wrapped('log', 2);
  expect(wrapped('log', 2)).toBe(first);
  expect(wrapped('log', 3)).toEqual(['log']);
  expect(wrapped('log', 2)).toEqual(['lo']);
  expect(asked).toEqual(['log 2', 'log 3', 'log 2']);
});
