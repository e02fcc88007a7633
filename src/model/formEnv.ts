/** Where a value stands, on the screen. */
const MASK = '••••';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** `NAME=value`, `NAME="two words"` or `NAME='two words'`; in double quotes `\"` and `\\` are a quote and a backslash. */
const TOKEN = /(?<name>[^\s=]*)(?<is>=(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>[^']*)'|(?<plain>[^\s]*)))?/y;

type Token = {
  readonly name: string;
  /** Undefined: no `=` has come yet. */
  readonly value: string | undefined;
  /** A quote is open, or something stands behind the one that closes. */
  readonly isTorn: boolean;
};

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let place = 0;
  while (place < text.length) {
    if (/\s/.test(text.charAt(place))) {
      place += 1;
      continue;
    }
    TOKEN.lastIndex = place;
    const match = TOKEN.exec(text);
    const {name = '', is, double, single, plain} = match?.groups ?? {};
    place += Math.max(1, match?.[0].length ?? 0);
    const after = text.charAt(place);
    const isTorn = (plain !== undefined && /^["']/.test(plain)) || (after !== '' && !/\s/.test(after));
    tokens.push({name, value: is === undefined ? undefined : unquoted(double, single, plain), isTorn});
    // What follows belongs to a value whose end nobody can tell: it must not be read as a name.
    if (isTorn) return tokens;
  }
  return tokens;
}

const unquoted = (double: string | undefined, single: string | undefined, plain = ''): string =>
  double?.replaceAll(/\\(["\\])/g, '$1') ?? single ?? plain;

/** The variables in a text, or a sentence on what is wrong that holds no value. */
export function readEnv(
  text: string,
): {readonly envVars: Readonly<Record<string, string>>} | {readonly mistake: string} {
  const tokens = tokensOf(text);
  if (tokens.some(({isTorn}) => isTorn))
    return {mistake: 'A quote is open, or stands inside a value: NAME="two words".'};
  if (tokens.some(({value}) => value === undefined))
    return {mistake: 'Write NAME=value, a value with spaces in quotes.'};
  if (tokens.some(({name}) => !NAME.test(name)))
    return {mistake: 'A name begins with a letter or _, then letters, digits and _.'};
  const names = tokens.map(({name}) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return {mistake: `${twice} is given twice.`};
  return {envVars: Object.fromEntries(tokens.map(({name, value = ''}) => [name, value]))};
}

/** As names of variables are usually written; a value that is pasted without one hardly ever is. */
const USUAL_NAME = /^[A-Z_][A-Z0-9_]{0,63}$/;

/**
 * The same text for the screen: `NAME=••••`. A word without `=` may be the rest of a value with a space in it, or a
 * value without a name: only the first may be read, if it is as names are.
 */
export const maskEnv = (text: string): string => tokensOf(text).map(maskToken).join(' ');

function maskToken({name, value}: Token, index: number): string {
  if (value === undefined) return index === 0 && USUAL_NAME.test(name) ? name : MASK;
  const shown = NAME.test(name) ? name : MASK;
  return value === '' ? `${shown}=` : `${shown}=${MASK}`;
}
