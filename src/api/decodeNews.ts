import {ALIVE_VERB, GONE_VERB, verbKeys} from '../contract/streams.ts';
import type {SandboxPatch} from '../model/sandbox.ts';
import {sanitize} from '../terminal/text.ts';
import {decodeSandbox, tellsSomething} from './decodeSandbox.ts';
import {isObject, type JsonObject, parseJson} from './json.ts';
import type {SandboxNews} from './types.ts';
import {levelsOf, listIn, patchOf, sandboxWrapperKeys, subjectOf} from './unwrap.ts';

/** What of an unreadable message is kept for the log. */
const EXCERPT_CELLS = 120;
const VERB_CELLS = 64;

/** assumed: `deleting` is on its way and may still fail; `deleted` is done. */
const UNDER_WAY = /ing$/i;

const saysGone = (word: string): boolean => GONE_VERB.test(word) && !UNDER_WAY.test(word);
const saysAlive = (word: string): boolean => ALIVE_VERB.test(word) && word.length <= VERB_CELLS;

/** What one message of the sandbox stream means. `event` is its SSE name, `message` when it had none. Never throws. */
export function decodeSandboxNews(event: string, data: string): SandboxNews {
  const name = event === 'message' ? '' : sanitize(event, VERB_CELLS);
  const body = parseJson(data);
  const list =
    isObject(body) && subjectOf(levelsOf(body, sandboxWrapperKeys)).id !== undefined ? undefined : listIn(body);
  const news = list ? readList(list, verbOf(name, [body])) : isObject(body) ? readObject(name, body) : undefined;
  return news ?? readWord(name, typeof body === 'string' ? body : data) ?? unread(name, data);
}

function unread(name: string, data: string): SandboxNews {
  return {kind: 'unread', name, excerpt: sanitize(data, EXCERPT_CELLS)};
}

/** Messages that are no JSON, or no object: `ping`, nothing at all. A name alone says that something changed. */
function readWord(name: string, data: string): SandboxNews | undefined {
  const isEmpty = data.trim() === '';
  if (saysAlive(name || data) || (isEmpty && name === '')) return {kind: 'alive'};
  return isEmpty ? {kind: 'hint', verb: name} : undefined;
}

/** A whole list is a snapshot; a list of what has gone is only a reason to read the list. */
function readList(list: readonly unknown[], verb: string): SandboxNews | undefined {
  const patches = list.map((row) => decodeSandbox(row)).filter((patch) => patch !== undefined);
  if (patches.length === 0 && list.length > 0) return undefined;
  return saysGone(verb) ? {kind: 'hint', verb} : {kind: 'snapshot', patches};
}

function readObject(name: string, body: JsonObject): SandboxNews | undefined {
  const subject = subjectOf(levelsOf(body, sandboxWrapperKeys));
  const verb = verbOf(name, subject.envelope);
  const patch = patchOf(subject);
  if (patch) return readPatch(patch, verb);
  return saysAlive(verb) ? {kind: 'alive'} : hintOf(verb);
}

function readPatch(patch: SandboxPatch, verb: string): SandboxNews | undefined {
  const status = patch.status ?? '';
  if (saysGone(verb) || saysGone(status)) {
    return {kind: 'gone', id: patch.id, verb: verb || status, version: patch.updatedAt ?? undefined};
  }
  // `connected` with the id of the connection is no sandbox; `sandbox.ready` with a status is one.
  if (saysAlive(verb) && status === '') return {kind: 'alive'};
  return tellsSomething(patch) ? {kind: 'observed', patch, verb: verb || 'update'} : hintOf(verb);
}

/** Something happened, and it has a name: enough to read the list again. */
const hintOf = (verb: string): SandboxNews | undefined => (verb === '' ? undefined : {kind: 'hint', verb});

/** The server's word for what happened: the SSE name, or the first of the usual keys. */
function verbOf(name: string, envelope: readonly unknown[]): string {
  if (name !== '') return name;
  const words = envelope.filter(isObject).flatMap((level) => verbKeys.map((key) => level[key]));
  const word = words.find((value): value is string => typeof value === 'string' && value !== '');
  return word === undefined ? '' : sanitize(word, VERB_CELLS);
}
