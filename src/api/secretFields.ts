import {isObject, parseJson} from './json.ts';
import {isKeyLike} from './keyLike.ts';

const REDACTED = '[redacted]';

/** The names of what is nobody's business, whatever is under them. Variables of a sandbox hold keys of other services. */
const secretName =
  /token|secret|passw|(?:api|private|access|ssh)[_-]?key|signature|credential|cookie|authorization|^env/i;
/** When a secret ends, and how many there are, is no secret. */
const harmlessName = /expires|expiry|_at$|count|total/i;

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
  const isSecret = secretName.test(name) && (!harmlessName.test(name) || Array.isArray(value) || isObject(value));
  return isSecret && value !== null && typeof value !== 'boolean' && typeof value !== 'number'
    ? REDACTED
    : withoutSecretFields(value, level);
}

/** JSON inside a text has names too. */
function cleanText(text: string, level: number): unknown {
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  if (json !== undefined) return JSON.stringify(withoutSecretFields(json, level + 1));
  return withoutQueries(text).replace(/[^\s"',;:=()[\]{}<>]+/g, (word) => (isKeyLike(word) ? REDACTED : word));
}
