import {isObject} from '../api/json.ts';
import type {Place} from './specDocument.ts';
import {type Check, type Checking, checkKeys, expanded, type Fields, type Keys, text} from './specFields.ts';

const MOST_STEPS = 500;

type StepKind = {
  /** How many arguments `args` has, and what they are. */
  readonly least: number;
  readonly most: number;
  readonly wants: string;
  /** Of one argument; any text unless said. */
  readonly argument?: Check;
  readonly keys?: Keys;
  /** The same step as the official SDK writes it: keys instead of `args`. */
  readonly sdk?: Keys;
};

/** `K=V`; a value `$NAME` is that variable's. */
const assignment: Check = (value, place, checking) => {
  const [, name, rest] = typeof value === 'string' ? (/^([A-Za-z_]\w*)=(.*)$/s.exec(value) ?? []) : [];
  if (name === undefined) throw checking.mistake(place, 'NAME=VALUE');
  return `${name}=${expanded(rest, place, checking)}`;
};

const variableName: Check = (value, place, {mistake}) => {
  if (typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value)) return value;
  throw mistake(place, 'the name of a variable');
};

/** OpenAPI: steps RUN, COPY, ENV, WORKDIR, USER, CMD. The image is no step. */
const stepKinds: Readonly<Record<string, StepKind>> = {
  RUN: {least: 1, most: 1, wants: 'one command'},
  COPY: {
    least: 2,
    most: 2,
    wants: 'what and where to: ["app/", "/app/"]',
    keys: {owner: {check: text}, permissions: {check: text}},
  },
  ENV: {
    least: 1,
    most: 100,
    wants: 'variables: ["NAME=VALUE"]',
    argument: assignment,
    sdk: {key: {check: variableName, isRequired: true}, value: {check: expanded, isRequired: true}},
  },
  WORKDIR: {least: 1, most: 1, wants: 'one path', sdk: {path: {check: text, isRequired: true}}},
  USER: {least: 1, most: 1, wants: 'one user'},
  CMD: {least: 1, most: 100, wants: 'a command'},
};

export const steps: Check = (value, place, checking) => {
  if (Array.isArray(value) && value.length <= MOST_STEPS) {
    return value.map((step: unknown, index) => checkStep(step, [...place, index], checking));
  }
  throw checking.mistake(place, `a list of steps, at most ${MOST_STEPS}`);
};

function checkStep(value: unknown, place: Place, checking: Checking): Fields {
  const {mistake} = checking;
  const word = isObject(value) && typeof value.type === 'string' ? value.type.toUpperCase() : '';
  const kind = Object.hasOwn(stepKinds, word) ? stepKinds[word] : undefined;
  if (!isObject(value) || !kind) {
    const why = word === 'FROM' ? ': the image stands in from_image' : '';
    throw mistake([...place, 'type'], `one of ${Object.keys(stepKinds).join(', ')}${why}`);
  }
  if (value.filesHash !== undefined) throw mistake([...place, 'filesHash'], 'it is made from the files: leave it out');
  const isSdk = kind.sdk !== undefined && value.args === undefined;
  const args: Keys = {args: {check: (list, at) => checkArgs(list, at, kind, checking), isRequired: true}};
  const keys = isSdk ? {type: {check: text}, ...kind.sdk} : {type: {check: text}, ...args, ...kind.keys};
  // The SDK writes its own form of these in lower case.
  return {...checkKeys(value, keys, place, checking), type: isSdk ? word.toLowerCase() : word};
}

function checkArgs(list: unknown, place: Place, kind: StepKind, checking: Checking): readonly unknown[] {
  if (!Array.isArray(list) || list.length < kind.least || list.length > kind.most) {
    throw checking.mistake(place, `a list of ${kind.wants}`);
  }
  const {argument = text} = kind;
  return list.map((each: unknown, index) => argument(each, [...place, index], checking));
}
