/** What JSON may hold; every reading of it checks before it believes. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined for what is no JSON; `null` is JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
