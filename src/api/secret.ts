import {Buffer} from 'node:buffer';
import {inspect} from 'node:util';

const REDACTED = '[redacted]';

/** Shorter values occur in ordinary words: redacting them would garble every text. */
const SHORTEST_REDACTED = 8;

/** A JSON Web Token, with its signature or cut before it (RFC 7519): the VM agent's token comes in many payloads. */
const jsonWebToken = /eyJ[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*)?/g;

/** Replaces every form of the key, and every JWT, in a text that may be shown or kept. */
export type Redact = (text: string) => string;

/** An API key. However it is printed, it says `[redacted]`. */
export class Secret {
  readonly #value: string;
  readonly #forms: RegExp | undefined;

  constructor(value: string) {
    this.#value = value;
    this.#forms = patternOf(formsOf(value));
  }

  /** For the request headers, and for the environment of a command that the user has configured; for nothing else. */
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

export function createRedact(key: Secret | undefined): Redact {
  const redactPlain = (text: string) => {
    const withoutKey = key ? key.redact(text) : text;
    return withoutKey.includes('eyJ') ? withoutKey.replace(jsonWebToken, REDACTED) : withoutKey;
  };
  return (text) => {
    const spelledOut = withoutEscapes(text);
    const clean = redactPlain(spelledOut);
    // What hides nothing stays as it came.
    return clean === spelledOut ? text : clean;
  };
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
  const escaped = forms.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return escaped.length === 0 ? undefined : new RegExp(escaped.join('|'), 'gi');
}

/** Longest first, so that a part is not replaced inside a whole. */
function formsOf(value: string): readonly string[] {
  // hopx_live_<public id>.<secret>: docs.hopx.ai authentication. The part after the dot is a secret of its own.
  const parts = [value, value.slice(value.indexOf('.') + 1)];
  const forms = parts.flatMap((part) => [
    part,
    encodeURIComponent(part),
    JSON.stringify(part).slice(1, -1),
    ...base64Forms(part),
  ]);
  const unique = [...new Set(forms)].filter((form) => form.length >= SHORTEST_REDACTED);
  return unique.sort((a, b) => b.length - a.length);
}

/** Base64 spells a text in three ways, by what stands before it: the letters that do not depend on the neighbours. */
function base64Forms(text: string): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor((bytes.length * 8) / 6);
    return [bytes.toString('base64').slice(first, last), bytes.toString('base64url').slice(first, last)];
  });
}
