import {ALIVE_VERB, CONNECTED_VERB, GONE_VERB, verbKeys, WHOLE_LIST_VERB} from '../contract/streams.ts';
import type {SandboxPatch} from '../model/sandbox.ts';
import {sanitize} from '../terminal/text.ts';
import {pagingOf} from './decodePage.ts';
import {decodeSandbox, tellsSomething} from './decodeSandbox.ts';
import {isObject, type JsonObject, parseJson} from './json.ts';
import type {SandboxNews} from './types.ts';
import {levelsOf, listIn, patchOf, sandboxWrapperKeys, subjectOf} from './unwrap.ts';

/** What of an unreadable message is kept for the log. */
const EXCERPT_CELLS = 120;
const VERB_CELLS = 64;

const saysGone = (word: string): boolean => GONE_VERB.test(word);
const saysAlive = (word: string): boolean => ALIVE_VERB.test(word) || CONNECTED_VERB.test(word);
const saysWhole = (word: string): boolean => word === '' || WHOLE_LIST_VERB.test(word);

/** What one message of the sandbox stream means. `event` is its SSE name, `message` when it had none. Never throws. */
export function decodeSandboxNews(event: string, data: string): SandboxNews {
  const name = event === 'message' ? '' : sanitize(event, VERB_CELLS);
  const body = parseJson(data);
  const list =
    isObject(body) && subjectOf(levelsOf(body, sandboxWrapperKeys)).id !== undefined ? undefined : listIn(body);
  const news = list
    ? readList(list, verbOf(name, [body]), !pagingOf(body).hasMore)
    : isObject(body)
      ? readObject(name, body)
      : undefined;
  return news ?? readWord(name, typeof body === 'string' ? body : data) ?? unread(name, data);
}

function unread(name: string, data: string): SandboxNews {
  return {kind: 'unread', name, excerpt: sanitize(data, EXCERPT_CELLS)};
}

/** Messages that are no JSON, or no object: `ping`, nothing at all. A name alone says that something changed. */
function readWord(name: string, data: string): SandboxNews | undefined {
  const [word = ''] = data.trim().split(/\s/, 1);
  const isEmpty = word === '';
  if (saysAlive(name || word.slice(0, VERB_CELLS)) || (isEmpty && name === '')) return {kind: 'alive'};
  return isEmpty ? {kind: 'hint', verb: name} : undefined;
}

/**
 * A whole list is a snapshot, and under a verb of change, or with more to come, it is some rows of it: what is not in
 * there is not missing. A list of what has gone is only a reason to read the list.
 */
function readList(list: readonly unknown[], verb: string, isAll: boolean): SandboxNews | undefined {
  const patches = list.map((row) => decodeSandbox(row)).filter((patch) => patch !== undefined);
  if (patches.length === 0 && list.length > 0) return undefined;
  if (saysGone(verb)) return {kind: 'hint', verb};
  if (saysWhole(verb) && isAll) return {kind: 'snapshot', patches};
  return {kind: 'batch', news: patches.map((patch) => readPatch(patch, verb)).filter((news) => news !== undefined)};
}

function readObject(name: string, body: JsonObject): SandboxNews | undefined {
  const subject = subjectOf(levelsOf(body, sandboxWrapperKeys));
  const verb = verbOf(name, subject.envelope);
  const patch = patchOf(subject);
  if (patch) return readPatch(patch, verb);
  // `{"ping": 1738022400}` has no verb but its key.
  const words = verb === '' ? Object.keys(body) : [verb];
  return words.some(saysAlive) ? {kind: 'alive'} : hintOf(verb);
}

function readPatch(patch: SandboxPatch, verb: string): SandboxNews | undefined {
  const status = patch.status ?? '';
  if (saysGone(verb) || saysGone(status)) {
    return {kind: 'gone', id: patch.id, verb: verb || status, version: patch.updatedAt ?? undefined};
  }
  // `connected` with the id of the connection is no sandbox; `sandbox.ready` with a status is one.
  if (saysAlive(verb) && status === '') return {kind: 'alive'};
  return tellsSomething(patch) ? {kind: 'observed', patch, verb: verb || 'update'} : hintOf(verb, patch.id);
}

/** Something happened, and it has a name: enough to read the sandbox again, or the list. */
function hintOf(verb: string, id?: string): SandboxNews | undefined {
  if (verb === '') return undefined;
  return id === undefined ? {kind: 'hint', verb} : {kind: 'hint', verb, id};
}

/** The server's word for what happened: the SSE name, or the first of the usual keys. */
function verbOf(name: string, envelope: readonly unknown[]): string {
  if (name !== '') return name;
  const words = envelope.filter(isObject).flatMap((level) => verbKeys.map((key) => level[key]));
  const word = words.find((value): value is string => typeof value === 'string' && value !== '');
  return word === undefined ? '' : sanitize(word, VERB_CELLS);
}
