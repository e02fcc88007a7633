import {parseJson} from '../api/json.ts';
import {withoutQueries, withoutSecretFields} from '../api/secretFields.ts';
import type {Heard} from '../api/witness.ts';

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

const withoutQuery = (value: unknown): unknown => (typeof value === 'string' ? withoutQueries(value) : value);

function cleanBody(text: string): unknown {
  const json = parseJson(text);
  return json === undefined ? unreadable(text) : withoutSecretFields(json);
}

/** Of the fields of an event stream only `data` holds what a server knows of somebody. */
function cleanLine(line: string): string {
  const [, begins, data] = /^(data: ?)(.*)$/.exec(line) ?? [];
  if (begins === undefined || data === undefined) return /^(?:event|id|retry)?:/.test(line) ? line : unreadable(line);
  const json = parseJson(data);
  return `${begins}${json === undefined ? unreadable(data) : JSON.stringify(withoutSecretFields(json))}`;
}

const unreadable = (text: string): string => (text === '' ? '' : `[${[...text].length} characters that are no JSON]`);
