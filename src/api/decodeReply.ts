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

/** When the refreshed token ends. */
export function decodeTokenEnd(body: unknown): Millis | undefined {
  const end = fieldIn(body, 'token_expires_at');
  return end === undefined ? undefined : readTime(end);
}

/** The refreshed token itself; undefined where there is none. */
export const decodeToken = (body: unknown): string | undefined => fieldIn(body, 'auth_token');

function fieldIn(body: unknown, name: string): string | undefined {
  if (!isObject(body)) return undefined;
  const told = levelsOf(body, sandboxWrapperKeys).map((level) => level[name]);
  const value = told.find((each) => typeof each === 'string' || typeof each === 'number');
  return value === undefined || value === '' ? undefined : String(value);
}
