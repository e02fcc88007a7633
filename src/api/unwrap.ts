import {listKeys, objectKeys} from '../contract/streams.ts';
import type {SandboxPatch} from '../model/sandbox.ts';
import {decodeSandbox, idOf, tellsSomething} from './decodeSandbox.ts';
import {isObject, type JsonObject} from './json.ts';

/** The object of a message, found inside its wrappers. */
export type Subject = {
  readonly id: string | undefined;
  /** Where the fields may be, the likeliest first. */
  readonly bodies: readonly JsonObject[];
  /** The wrappers around it, outermost first; the object itself when it came without any. */
  readonly envelope: readonly JsonObject[];
};

const MOST_WRAPPERS = 2;

/** A sandbox may name its template by an object of that name; it is no wrapper there. */
export const sandboxWrapperKeys: readonly string[] = objectKeys.filter((key) => key !== 'template');

/** The object and what is wrapped in it under one of `keys`, outermost first. */
export function levelsOf(outer: JsonObject, keys: readonly string[]): readonly JsonObject[] {
  const levels = [outer];
  for (let level = innerOf(outer, keys); level && levels.length <= MOST_WRAPPERS; level = innerOf(level, keys)) {
    levels.push(level);
  }
  return levels;
}

/** What has both an id and a status is the thing itself, whatever it holds. */
function innerOf(level: JsonObject, keys: readonly string[]): JsonObject | undefined {
  if (idOf(level) !== undefined && typeof level.status === 'string') return undefined;
  const inner = keys.map((key) => level[key]).filter(isObject);
  return inner.find((object) => idOf(object) !== undefined) ?? inner[0];
}

/**
 * The innermost object that has an id. One without an id inside it may hold the fields, as in
 * `{"sandbox_id": "a", "data": {"status": "paused"}}`.
 */
export function subjectOf(levels: readonly JsonObject[]): Subject {
  const index = levels.findLastIndex((level) => idOf(level) !== undefined);
  const named = levels[index];
  if (!named) return {id: undefined, bodies: levels.toReversed(), envelope: levels};
  return {
    id: idOf(named),
    bodies: levels.slice(index).toReversed(),
    envelope: levels.slice(0, Math.max(1, index)),
  };
}

/** What is said of the subject; undefined when it is not said of which sandbox. `id` when that is known otherwise. */
export function patchOf({bodies, ...subject}: Subject, id = subject.id): SandboxPatch | undefined {
  const patches = bodies.map((body) => decodeSandbox(body, id)).filter((patch) => patch !== undefined);
  return patches.find(tellsSomething) ?? patches[0];
}

/** The array a body is, or wraps directly or once more; undefined when it holds none. */
export function listIn(body: unknown): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) return undefined;
  return (
    listUnder(body) ??
    listKeys
      .map((key) => body[key])
      .filter(isObject)
      .map(listUnder)
      .find(Array.isArray)
  );
}

function listUnder(body: JsonObject): readonly unknown[] | undefined {
  return listKeys.map((key) => body[key]).find(Array.isArray);
}
