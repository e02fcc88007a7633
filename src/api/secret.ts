import {Buffer} from 'node:buffer';
import {inspect} from 'node:util';

const REDACTED = '[redacted]';

/** Shorter values occur in ordinary words: redacting them would garble every text. */
const SHORTEST_REDACTED = 8;

/** A JSON Web Token, with its signature or cut before it (RFC 7519): the VM agent's token comes in many payloads. */
const jsonWebToken = /eyJ[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*)?/g;

/** Replaces every form of the key, and every JWT, in a text that may be shown or kept. */
export type Redact = (text: string) => string;

/** A value that nobody may see: an API key, a token, a presigned URL. However it is printed, it says `[redacted]`. */
export class Secret {
  readonly #value: string;
  readonly #forms: RegExp | undefined;

  constructor(value: string) {
    this.#value = value;
    // hopx_live_<public id>.<secret>: docs.hopx.ai authentication. The part after the dot is a secret of its own.
    this.#forms = patternOf(formsOf([value, value.slice(value.indexOf('.') + 1)]));
  }

  /** For the request it belongs to, a file of the user's, or the command that the user lends the terminal to; for nothing else. */
  unwrap(): string {
    return this.#value;
  }

  /** The text without the value in any form a server or a library might give it back in, in whatever case. */
  redact(text: string): string {
    return this.#forms ? text.replace(this.#forms, REDACTED) : text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** `values`: what else must not come back, such as the values of variables that were sent; shorter ones stay. */
export function createRedact(key: Secret | undefined, values: readonly string[] = []): Redact {
  const patterns = values.flatMap(piecesOf).map((piece) => patternOf(formsOf([piece])));
  const redactPlain = (text: string) => {
    let clean = key ? key.redact(text) : text;
    for (const pattern of patterns) if (pattern) clean = clean.replace(pattern, REDACTED);
    return clean.includes('eyJ') ? clean.replace(jsonWebToken, REDACTED) : clean;
  };
  return (text) => {
    const spelledOut = withoutEscapes(text);
    const clean = redactPlain(spelledOut);
    // What hides nothing stays as it came.
    return clean === spelledOut ? text : clean;
  };
}

/** A pattern of more characters than this is slow, or none that an engine takes. */
const MOST_PIECE = 512;

/** The lines of a value, each a secret of its own (a private key is shown by lines), long ones in parts. */
function piecesOf(value: string): readonly string[] {
  const lines = [value, ...value.split(/\r\n|\n|\r/)].filter((line) => line.length >= SHORTEST_REDACTED);
  return [...new Set(lines.flatMap(partsOf))];
}

function partsOf(line: string): readonly string[] {
  const starts = Array.from({length: Math.floor(line.length / MOST_PIECE)}, (_, index) => index * MOST_PIECE);
  const last = line.slice(-MOST_PIECE);
  return [...starts.map((start) => line.slice(start, start + MOST_PIECE)), last];
}

/** A JSON escape of what needs none, or of a quote, escaped once or several times over (JSON inside JSON). */
const jsonEscape = /\\+(?:u00([2-7][\da-f])|(\/))/gi;

/** The same JSON, where it is JSON: `\u0068opx_live_` is how `hopx_live_` may be spelled. */
function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(jsonEscape, (_escape, code: string | undefined, slash: string | undefined) => {
    const character = slash ?? String.fromCodePoint(Number.parseInt(code ?? '', 16));
    return JSON.stringify(character).slice(1, -1);
  });
}

/** Without regard to case: a host name loses it. */
function patternOf(forms: readonly string[]): RegExp | undefined {
  const escaped = forms.map((form) => anyEscapes(form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')));
  return escaped.length === 0 ? undefined : new RegExp([...new Set(escaped)].join('|'), 'gi');
}

/** JSON inside JSON escapes quotes and backslashes, each time once more: any number of backslashes is the same. */
const anyEscapes = (pattern: string) =>
  pattern.replace(/(?:\\\\)*"|(?:\\\\)+/g, (run) => (run.endsWith('"') ? '\\\\*"' : '\\\\+'));

/** Longest first, so that a part is not replaced inside a whole. */
function formsOf(parts: readonly string[]): readonly string[] {
  const forms = parts
    .map((part) => part.toWellFormed())
    .flatMap((part) => {
      const inJson = JSON.stringify(part).slice(1, -1);
      return [part, encodeURIComponent(part), inJson, inAscii(inJson), ...base64Forms(part)];
    });
  const unique = [...new Set(forms)].filter((form) => form.length >= SHORTEST_REDACTED);
  return unique.sort((a, b) => b.length - a.length);
}

/** JSON as some servers write it: every other character escaped. */
const inAscii = (json: string) =>
  json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Base64 spells a text in three ways, by what stands before it: the letters that do not depend on the neighbours. */
function base64Forms(text: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor((bytes.length * 8) / 6);
    return [bytes.toString('base64').slice(first, last), bytes.toString('base64url').slice(first, last)];
  });
}
