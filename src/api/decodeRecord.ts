import type {RecordText} from '../model/focus.ts';
import {sanitize} from '../terminal/text.ts';
import {isObject} from './json.ts';
import {withoutSecretFields} from './secretFields.ts';

const MOST_CHARACTERS = 64 * 1024;
const MOST_LINES = 2000;

/**
 * The answer about one sandbox as indented JSON, without secrets, every line of it made harmless. Undefined when it is
 * no JSON object.
 */
export function decodeRecord(body: unknown): RecordText | undefined {
  if (!isObject(body)) return undefined;
  const text = JSON.stringify(withoutSecretFields(body), null, 2);
  const lines = text.slice(0, MOST_CHARACTERS).split('\n');
  const kept = lines.slice(0, MOST_LINES);
  return {
    lines: kept.map((line) => sanitize(line)),
    isCut: text.length > MOST_CHARACTERS || lines.length > kept.length,
  };
}
