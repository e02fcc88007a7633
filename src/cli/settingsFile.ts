import {isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit} from 'yaml';
import {isSurelyKey, shown} from '../api/keyLike.ts';
import {asksReadonly} from './asksReadonly.ts';
import {closest} from './closest.ts';
import {usageError} from './exit.ts';
import type {RegularFile} from './ownFile.ts';
import type {ProfileSettings, Settings} from './settings.ts';

/** Where in the file something stands, and how to complain about it. */
type Reader = {
  /** Throws; `key` is where it stands, e.g. `profiles.eu.connect`. */
  readonly refuse: (node: Node | undefined, key: string, mistake: string) => never;
  readonly resolve: (value: unknown) => Node | undefined;
};

/** Whoever may write it says what is run with the key in its environment. */
export function requireOwnSettings({mode, owner}: RegularFile, name: string, uid: number | undefined): void {
  if (uid === undefined) return;
  if (owner !== uid && owner !== 0) throw usageError(`${name} belongs to another user: make it your own`);
  if ((mode & 0o002) !== 0) throw usageError(`${name} may be written by everybody: chmod go-w it`);
}

/** Throws a CliError with one sentence: `NAME line 3: connect: a list of words, such as […]`. No value is ever in it. */
export function settingsIn(text: string, name: string): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, logLevel: 'silent'});
  const lineOf = (offset: number | undefined) => lines.linePos(offset ?? 0).line;
  const [mistake] = document.errors;
  if (mistake) throw usageError(`${name} is not YAML (line ${lineOf(mistake.pos[0])}): mend it`);
  const reader: Reader = {
    refuse(node, key, complaint) {
      throw usageError(`${name} line ${lineOf(node?.range?.[0])}: ${key === '' ? '' : `${key}: `}${complaint}`);
    },
    resolve: (value) => (isAlias(value) ? value.resolve(document) : (value as Node | undefined)) ?? undefined,
  };
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string' || !holdsKey(node.value)) return;
      reader.refuse(node, '', 'this looks like an API key, and no key belongs here: see hopx-top --help');
    },
  });
  return settingsOfTop(reader, reader.resolve(document.contents));
}

const holdsKey = (text: string): boolean => text.split(/[\s=:,;'"]+/).some(isSurelyKey);

function settingsOfTop(reader: Reader, top: Node | undefined): Settings {
  const fields = fieldsOf(reader, top, '', ['connect', 'profiles']);
  const profiles = pairsOf(reader, fields.get('profiles'), 'profiles');
  return {
    connect: commandOf(reader, fields.get('connect'), 'connect'),
    profiles: new Map(
      profiles.map(({name, value}) => [name, profileOf(reader, value, `profiles.${shown(name)}`)] as const),
    ),
  };
}

function profileOf(reader: Reader, node: Node | undefined, key: string): ProfileSettings {
  const fields = fieldsOf(reader, node, key, ['connect', 'readonly']);
  const told = fields.get('readonly');
  return {
    connect: commandOf(reader, fields.get('connect'), `${key}.connect`),
    // A map or a list is no plain no.
    readonly: fields.has('readonly') && asksReadonly(isScalar(told) ? told.value : {}),
  };
}

/** The values by their names; a name that is not one of `known` is a mistake. */
function fieldsOf(
  reader: Reader,
  node: Node | undefined,
  key: string,
  known: readonly string[],
): ReadonlyMap<string, Node | undefined> {
  const pairs = pairsOf(reader, node, key);
  for (const {name, at} of pairs) {
    if (known.includes(name)) continue;
    const near = closest(name, known);
    const hint = near === undefined ? `the keys here are ${known.join(' and ')}` : `did you mean ${near}?`;
    reader.refuse(at, key, `no such key: ${shown(name)}; ${hint}`);
  }
  return new Map(pairs.map(({name, value}) => [name, value]));
}

type Entry = {readonly name: string; readonly at: Node | undefined; readonly value: Node | undefined};

/** Of a map; nothing at all is an empty one. */
function pairsOf(reader: Reader, node: Node | undefined, key: string): readonly Entry[] {
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node)) return reader.refuse(node, key, 'keys with values, such as connect: [hopx, terminal, connect]');
  return node.items.map((pair: Pair) => {
    const at = reader.resolve(pair.key);
    if (!isScalar(at)) return reader.refuse(at ?? node, key, 'a key is a word');
    return {name: String(at.value), at, value: reader.resolve(pair.value)};
  });
}

const NOT_A_COMMAND = 'a list of words, such as [hopx, terminal, connect]';

/** No shell ever sees it: each word is an argument as it stands. */
function commandOf(reader: Reader, node: Node | undefined, key: string): readonly string[] | undefined {
  if (node === undefined) return undefined;
  if (!isSeq(node) || node.items.length === 0) return reader.refuse(node, key, NOT_A_COMMAND);
  const words = node.items.map((item) => {
    const word = reader.resolve(item);
    const value = isScalar(word) ? word.value : undefined;
    // The system ends an argument at a NUL.
    if (typeof value !== 'string' || value.includes('\0')) return reader.refuse(word ?? node, key, NOT_A_COMMAND);
    return value;
  });
  return words[0] === '' ? reader.refuse(node, key, NOT_A_COMMAND) : words;
}
