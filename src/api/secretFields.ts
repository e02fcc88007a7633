import {parseJson} from './json.ts';
import {isKeyLike} from './keyLike.ts';

const REDACTED = '[redacted]';

/** The names of what is nobody's business, whatever is under them. Variables of a sandbox hold keys of other services. */
const secretName =
  /token|secret|passw|passphrase|(?:api|private|access|ssh)[_-]?key|signature|credential|cookie|authorization|^env/i;
/** The same as whole words of a name: `author` and `monkey` are none. */
const secretWords: ReadonlySet<string> = new Set(['auth', 'oauth', 'bearer', 'jwt', 'pwd', 'otp', 'dsn']);
/** Words that make a name one of a time or of an amount, which is no secret where it is written as one. */
const measureWords: ReadonlySet<string> = new Set([
  ...['at', 'in', 'expires', 'expiry', 'expiration', 'ttl', 'age', 'seconds', 'ms'],
  ...['count', 'counts', 'total', 'max', 'min', 'limit', 'used', 'remaining', 'num'],
]);
/** RFC 3339, or digits. */
const measure = /^(?:\d{4}-\d\d-\d\d(?:[T ][\d:.]{1,20}(?:Z|[+-]\d\d:?\d\d)?)?|\d{1,13}(?:\.\d{1,9})?)$/;

/** `https://host/path?…`: the query of a signed address is a key to it. */
const signedQuery = /(https?:\/\/[^\s"?]*\?)[^\s"]*/g;
/** `https://user:password@host` (RFC 3986, userinfo). */
const userInfo = /(\w:\/\/)[^\s"/?#@]+@/g;

/** Nobody nests records deeper; every level costs a call of ours. */
const MOST_LEVELS = 64;

/** JSON without what is under the name of a secret, the queries of addresses, and keys in its texts. */
export function withoutSecretFields(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return cleanText(value, level);
  if (typeof value !== 'object' || value === null) return value;
  if (level >= MOST_LEVELS) return '[nested too deeply]';
  if (Array.isArray(value)) return value.map((each) => withoutSecretFields(each, level + 1));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleanField(name, each, level + 1)]));
}

/** A text without the queries of the addresses in it. */
export const withoutQueries = (text: string): string =>
  text.replace(signedQuery, `$1${REDACTED}`).replace(userInfo, `$1${REDACTED}@`);

function cleanField(name: string, value: unknown, level: number): unknown {
  const words = wordsOf(name);
  const isOpen = value === null || typeof value === 'boolean' || (words.some(isMeasureWord) && isMeasure(value));
  return isSecretName(name, words) && !isOpen ? REDACTED : withoutSecretFields(value, level);
}

const isMeasureWord = (word: string): boolean => measureWords.has(word);

const isMeasure = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && measure.test(value));

/** `signing_key` is the name of a secret; `key` alone is half of a label, and a public key is public. */
function isSecretName(name: string, words: readonly string[]): boolean {
  if (secretName.test(name) || words.some((word) => secretWords.has(word))) return true;
  const [kind, last = ''] = words.slice(-2);
  if (kind === 'connection' && last === 'string') return true;
  return words.length > 1 && kind !== 'public' && (last === 'key' || last === 'keys');
}

/** The words of a name in lower case, from `snake_case`, `camelCase` or `Kebab-Case`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

/** JSON inside a text has names too. */
function cleanText(text: string, level: number): unknown {
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  if (json !== undefined) return JSON.stringify(withoutSecretFields(json, level + 1));
  return withoutQueries(text).replace(/[^\s"',;:=()[\]{}<>]+/g, (word) => (isKeyLike(word) ? REDACTED : word));
}
