import {isObject, parseJson} from '../api/json.ts';
import type {Heard} from '../api/witness.ts';

const REDACTED = '[redacted]';

/** The names of what is nobody's business, whatever is under them. Variables of a sandbox hold keys of other services. */
const secretName =
  /token|secret|passw|(?:api|private|access|ssh)[_-]?key|signature|credential|cookie|authorization|^env/i;
/** When a secret ends, and how many there are, is no secret. */
const harmlessName = /expires|expiry|_at$|count|total/i;

/** `https://host/path?…`: the query of a signed address is a key to it. */
const signedQuery = /(https?:\/\/[^\s"?]*\?)[^\s"]*/g;

const secretHeaders: ReadonlySet<string> = new Set(['set-cookie', 'authorization', 'x-api-key', 'proxy-authorization']);

/** What may be kept of it: JSON by its names, lines of a stream as they are; what cannot be read is told by its length. */
export function withoutSecrets(heard: Heard): object {
  const headers = 'headers' in heard ? {headers: withoutSecretHeaders(heard.headers)} : {};
  if (heard.what === 'answer') return {...heard, ...headers, body: cleanBody(heard.body)};
  if (heard.what === 'lines') return {...heard, text: heard.text.replace(/[^\r\n]+/g, cleanLine)};
  return {...heard, ...headers};
}

const withoutSecretHeaders = (headers: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !secretHeaders.has(name))
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(withoutQuery) : withoutQuery(value)]),
  );

const withoutQuery = (value: unknown): unknown =>
  typeof value === 'string' ? value.replace(signedQuery, `$1${REDACTED}`) : value;

function cleanBody(text: string): unknown {
  const json = parseJson(text);
  return json === undefined ? unreadable(text) : clean(json);
}

/** Of the fields of an event stream only `data` holds what a server knows of somebody. */
function cleanLine(line: string): string {
  const [, begins, data] = /^(data: ?)(.*)$/.exec(line) ?? [];
  if (begins === undefined || data === undefined) return /^(?:event|id|retry)?:/.test(line) ? line : unreadable(line);
  const json = parseJson(data);
  return `${begins}${json === undefined ? unreadable(data) : JSON.stringify(clean(json))}`;
}

const unreadable = (text: string): string => (text === '' ? '' : `[${[...text].length} characters that are no JSON]`);

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleanField(name, each)]));
  return typeof value === 'string' ? cleanText(value) : value;
}

function cleanField(name: string, value: unknown): unknown {
  const isSecret = secretName.test(name) && (!harmlessName.test(name) || (typeof value === 'object' && value !== null));
  return isSecret && value !== null && typeof value !== 'boolean' && typeof value !== 'number'
    ? REDACTED
    : clean(value);
}

/** JSON inside a text has names too. */
function cleanText(text: string): unknown {
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  return json === undefined ? withoutQuery(text) : JSON.stringify(clean(json));
}
