import {answerDialects} from './answerDialects.ts';
import {plainSpeech, type Speech} from './speech.ts';
import {streamDialects} from './streamDialects.ts';

/** TABLE of dialects, for `simulate --dialect NAME`: one row each, told in help and README, and tried by the tests. */
export const dialects = {...streamDialects, ...answerDialects};

export type DialectName = keyof typeof dialects;

export const dialectNames = Object.keys(dialects) as readonly DialectName[];

/** The speech of a server that has all of these ways, in this order. */
export function speechOf(names: readonly DialectName[]): Speech {
  let speech = plainSpeech;
  for (const name of names) speech = {...speech, ...dialects[name].change(speech)};
  return speech;
}

export const isDialectName = (name: string): name is DialectName => Object.hasOwn(dialects, name);
