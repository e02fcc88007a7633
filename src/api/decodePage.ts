import * as v from 'valibot';
import {wireList} from '../contract/envelope.ts';
import {decodeSandbox} from './decodeSandbox.ts';
import {isObject} from './json.ts';
import type {SandboxPage} from './types.ts';
import {listIn} from './unwrap.ts';

/** No server needs more; a longer one would not fit into a request line. */
const LONGEST_CURSOR = 4096;

/**
 * One page of GET /v1/sandboxes, in any of the wrappers seen; undefined when there is no list in it. `data: null` is
 * an empty one (the official SDK guards against it).
 */
export function decodeSandboxPage(body: unknown): SandboxPage | undefined {
  const rows = listIn(body) ?? (isObject(body) && body.data === null ? [] : undefined);
  if (!rows) return undefined;
  const patches = rows.map((row) => decodeSandbox(row)).filter((patch) => patch !== undefined);
  const {hasMore, nextCursor} = pagingOf(body);
  return {patches, unreadable: rows.length - patches.length, hasMore, nextCursor};
}

/** The cursor goes back as it came and is never shown. */
export function pagingOf(body: unknown): Pick<SandboxPage, 'hasMore' | 'nextCursor'> {
  if (!isObject(body)) return {hasMore: false, nextCursor: undefined};
  const {has_more, next_cursor} = v.parse(wireList, body);
  const isUsable = typeof next_cursor === 'string' && next_cursor !== '' && next_cursor.length <= LONGEST_CURSOR;
  // A cursor without a word on whether there is more is taken at its word: half a list must not pass for a whole one.
  return {hasMore: has_more ?? isUsable, nextCursor: isUsable ? next_cursor : undefined};
}
