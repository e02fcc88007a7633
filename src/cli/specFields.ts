import {isObject} from '../api/json.ts';
import {shown} from '../api/keyLike.ts';
import {isPlainId} from '../model/sandbox.ts';
import {closest} from './closest.ts';
import type {Mistake, Place} from './specDocument.ts';

export type Fields = Readonly<Record<string, unknown>>;
export type Environment = Readonly<Record<string, string | undefined>>;

export type Checking = {readonly mistake: Mistake; readonly env: Environment};

/** Gives back what is sent; throws the mistake. */
export type Check = (value: unknown, place: Place, checking: Checking) => unknown;

/** The keys of an object, each with its check. */
export type Keys = Readonly<Record<string, {readonly check: Check; readonly isRequired?: true}>>;

/** What other documents and clients of HopX call these keys. */
const otherNames: Readonly<Record<string, string>> = {
  alias: 'name',
  base_image: 'from_image',
  fromImage: 'from_image',
  from: 'from_image',
  image: 'from_image',
  vcpu: 'cpu',
  memory_mb: 'memory',
  disk: 'diskGB',
  disk_gb: 'diskGB',
  start_cmd: 'startCmd',
  ready_cmd: 'readyCmd',
  skip_cache: 'skipCache',
  registryCredentials: 'registry_credentials',
};

/** Checks every key and sends no other, in the order of `keys`. */
export function checkKeys(value: unknown, keys: Keys, place: Place, checking: Checking): Fields {
  const {mistake} = checking;
  if (!isObject(value)) throw mistake(place, `keys and values are wanted: ${Object.keys(keys).join(', ')}`);
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(keys, key));
  if (unknown !== undefined) throw mistake([...place, shown(unknown, 40)], `no such key${hint(unknown, keys)}`);
  const told = Object.entries(keys).flatMap(([key, {check, isRequired}]) => {
    if (value[key] !== undefined && value[key] !== null) return [[key, check(value[key], [...place, key], checking)]];
    if (isRequired) throw mistake([...place, key], 'it must be told: write a line for it');
    return [];
  });
  return Object.fromEntries(told);
}

function hint(unknown: string, keys: Keys): string {
  const other = Object.hasOwn(otherNames, unknown) ? otherNames[unknown] : undefined;
  const meant = other !== undefined && Object.hasOwn(keys, other) ? other : closest(unknown, Object.keys(keys));
  return meant === undefined ? `: there are ${Object.keys(keys).join(', ')}` : `: is ${meant} meant?`;
}

export const text: Check = (value, place, {mistake}) => {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw mistake(place, 'a text that is not empty, in quotes where it looks like a number');
};

const flag: Check = (value, place, {mistake}) => {
  if (typeof value === 'boolean') return value;
  throw mistake(place, 'true or false');
};

const wholeFrom =
  (least: number, most: number, unit = ''): Check =>
  (value, place, {mistake}) => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return value;
    throw mistake(place, `a whole number from ${least} to ${most}${unit}`);
  };

const oneOf =
  (...words: readonly string[]): Check =>
  (value, place, {mistake}) => {
    if (typeof value === 'string' && words.includes(value)) return value;
    throw mistake(place, `one of ${words.join(', ')}`);
  };

const plainName: Check = (value, place, {mistake}) => {
  if (typeof value === 'string' && isPlainId(value)) return value;
  throw mistake(place, 'a name of letters, digits, dots, dashes and underscores');
};

const image: Check = (value, place, {mistake}) => {
  if (typeof value === 'string' && /^[!-~]{1,512}$/.test(value)) return value;
  throw mistake(place, 'an image, such as python:3.12-slim');
};

/** A whole value `$NAME` or `${NAME}` is that variable's, so that no secret need stand in the file. */
export const expanded: Check = (value, place, {mistake, env}) => {
  if (typeof value !== 'string') throw mistake(place, 'a text, in quotes where it looks like a number');
  const [, name] = /^\$(?:(?=\w+$)|\{(?=\w+\}$))(\w+)\}?$/.exec(value) ?? [];
  if (name === undefined) return value;
  const found = env[name];
  if (found !== undefined && found !== '') return found;
  throw mistake(place, `the variable ${name} is not set: export it before hopx-top is started`);
};

/** OpenAPI RegistryCredentials. */
const credentialKeys: Keys = {
  type: {check: oneOf('basic', 'github', 'gitlab', 'ecr', 'gcr'), isRequired: true},
  username: {check: expanded},
  password: {check: expanded},
  token: {check: expanded},
};

/** What each kind of readiness needs to be told (official SDK, ready checks). */
const readyNeeds: Readonly<Record<string, string>> = {
  port: 'port',
  url: 'url',
  file: 'path',
  process: 'name',
  command: 'command',
};

const readyKeys: Keys = {
  type: {check: oneOf(...Object.keys(readyNeeds)), isRequired: true},
  port: {check: wholeFrom(1, 65_535)},
  url: {check: text},
  path: {check: text},
  name: {check: text},
  command: {check: text},
};

const ready: Check = (value, place, checking) => {
  const told = checkKeys(value, readyKeys, place, checking);
  const needed = readyNeeds[String(told.type)] ?? 'type';
  if (told[needed] !== undefined) return told;
  throw checking.mistake([...place, needed], 'it must be told: write a line for it');
};

/** POST /v1/templates/build (docs.hopx.ai build-template; OpenAPI TemplateBuildRequest). */
export const specKeys = (steps: Check): Keys => ({
  name: {check: plainName, isRequired: true},
  from_image: {check: image, isRequired: true},
  steps: {check: steps},
  cpu: {check: wholeFrom(1, 64), isRequired: true},
  memory: {check: wholeFrom(512, 64_000, ' (MB)'), isRequired: true},
  diskGB: {check: wholeFrom(1, 250), isRequired: true},
  skipCache: {check: flag},
  update: {check: flag},
  registry_credentials: {
    check: (value, place, checking) => checkKeys(value, credentialKeys, place, checking),
  },
  startCmd: {check: text},
  readyCmd: {check: ready},
});
