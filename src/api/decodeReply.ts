import type {Millis, SandboxPatch} from '../model/sandbox.ts';
import {tellsSomething} from './decodeSandbox.ts';
import {isObject} from './json.ts';
import {readTime} from './read.ts';
import {levelsOf, patchOf, sandboxWrapperKeys, subjectOf} from './unwrap.ts';

/** The sandbox a body is, or wraps; undefined when it names none. */
export function decodeSandboxObject(body: unknown): SandboxPatch | undefined {
  return isObject(body) ? patchOf(subjectOf(levelsOf(body, sandboxWrapperKeys))) : undefined;
}

/**
 * What an answer about the sandbox `id` says of it. Undefined when it says nothing, or speaks of another one; an
 * answer without an id is taken to speak of the one asked for.
 */
export function decodeOwnSandbox(id: string, body: unknown): SandboxPatch | undefined {
  if (!isObject(body)) return undefined;
  const subject = subjectOf(levelsOf(body, sandboxWrapperKeys));
  if (subject.id !== undefined && subject.id !== id) return undefined;
  const patch = patchOf(subject, id);
  return patch && tellsSomething(patch) ? patch : undefined;
}

/** When the refreshed token ends. The token is dropped here: nothing of ours needs it. */
export function decodeTokenEnd(body: unknown): Millis | undefined {
  if (!isObject(body)) return undefined;
  const ends = levelsOf(body, sandboxWrapperKeys).map((level) => level.token_expires_at);
  const end = ends.find((value) => typeof value === 'string' || typeof value === 'number');
  return end === undefined ? undefined : readTime(String(end));
}
