import {HIDDEN, hasKeyPrefix, shown} from '../api/keyLike.ts';
import type {ColumnId} from '../model/columns.ts';
import type {Filter} from '../model/filter.ts';
import {usageError} from './exit.ts';
import {type Given, numberOf, textOf, wrongValue} from './given.ts';
import {filterOf, sortOf} from './listFlags.ts';
import {
  type CommandName,
  commandNames,
  conflicts,
  demoDefaults,
  dependents,
  type Flag,
  flags,
  metricsLimits,
} from './options.ts';
import type {SimulateOptions} from './simulateOptions.ts';
import {dashed, requirePlainSwitches, takesNoValue} from './switches.ts';
import {version} from './version.ts';

type OutputForm = 'table' | 'json';

export type WatchOptions = {
  /** Of the words and of `--region` and `--status` together. */
  readonly filter: Filter;
  readonly region: string | undefined;
  readonly status: string | undefined;
  readonly sort: {readonly column: ColumnId; readonly descending: boolean} | undefined;
  readonly demo: {readonly sandboxes: number; readonly seed: string} | undefined;
  readonly baseUrl: string | undefined;
  readonly profile: string | undefined;
  readonly apiKeyFile: string | undefined;
  readonly readonly: boolean;
  readonly metrics: number;
  readonly once: boolean;
  /** Undefined: not asked for. */
  readonly output: OutputForm | undefined;
  readonly colour: boolean;
  /** Drawn by Ink's own writer, without cells. */
  readonly plainUi: boolean;
  /** A file to keep what the server sends. */
  readonly debugStream: string | undefined;
  /** A file to keep the user's own acts. */
  readonly journal: string | undefined;
};

export type DoctorOptions = Pick<WatchOptions, 'baseUrl' | 'profile' | 'apiKeyFile'> & {readonly json: boolean};

export type Command =
  | {readonly command: 'help'; readonly of: CommandName}
  | {readonly command: 'version'}
  | ({readonly command: 'watch'} & WatchOptions)
  | ({readonly command: 'doctor'} & DoctorOptions)
  | ({readonly command: 'simulate'} & SimulateOptions);

/** Reads a command line, without node and script. Throws a CliError whose sentence says what to do. */
export async function parseCommandLine(argv: readonly string[]): Promise<Command> {
  const {words, given} = argv.length === 0 ? {words: [], given: new Map()} : await split(argv);
  const command = commandNames.find((name) => words[0] === name && isBeforeDashes(argv, name)) ?? 'watch';
  for (const name of given.keys()) requireFlagOf(command, name);
  if (given.has('help')) return {command: 'help', of: command};
  if (given.has('version')) return {command: 'version'};
  for (const [name, value] of given) requireValue(flagNamed(name), value);
  if (command === 'simulate') {
    // Its tables are long, and whoever watches does without them.
    const {simulateOptions} = await import('./simulateOptions.ts');
    return {command, ...simulateOptions(given, words.slice(1))};
  }
  if (command === 'doctor') return {command, ...doctorOptions(given, words.slice(1))};
  requirePeace(given);
  return {command, ...watchOptions(given, words)};
}

async function split(argv: readonly string[]): Promise<{words: readonly string[]; given: Given}> {
  requirePlainSwitches(argv, flags);
  const {default: meow} = await import('meow');
  const result = asUsage(() =>
    meow({
      importMeta: import.meta,
      argv,
      pkg: {name: 'hopx-top', version},
      description: false,
      autoHelp: false,
      autoVersion: false,
      // A switch that is not given is missing, not false.
      booleanDefault: undefined,
      flags: meowFlags(),
    }),
  );
  const given = Object.entries<unknown>(result.flags).flatMap(([key, value]) => givenFlag(key, value, argv));
  return {words: result.input.map(String), given: new Map(given)};
}

/** meow throws its own sentence where a flag stands twice. */
function asUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const key = /--(\w+) can only be set once/.exec(String(error))?.[1];
    throw usageError(key ? `--${dashed(key)} is given twice: give it once` : 'the flags cannot be read: see --help');
  }
}

/** `--no-color` is the parser's negation of `color`. */
const parserName = (flag: Flag) => flag.name.replace(/^no-/, '');
const camelCased = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function meowFlags() {
  return Object.fromEntries(
    flags.map((flag) => [
      camelCased(parserName(flag)),
      {
        type: flag.value === undefined ? ('boolean' as const) : ('string' as const),
        ...(flag.isList ? {isMultiple: true as const} : {}),
        ...(flag.short ? {shortFlag: flag.short} : {}),
      },
    ]),
  );
}

function givenFlag(key: string, value: unknown, argv: readonly string[]): readonly [string, string | true][] {
  const flag = flags.find((each) => camelCased(parserName(each)) === key);
  if (!flag) throw unknownFlag(key);
  if (Array.isArray(value))
    return value.length > 0 || argv.includes(`--${flag.name}`) ? [[flag.name, value.join(',')]] : [];
  if (typeof value === 'string') return [[flag.name, value]];
  const isNegation = flag.name !== parserName(flag);
  if (flag.value !== undefined || typeof value !== 'boolean') return [[flag.name, '']];
  if (value !== isNegation) return [[flag.name, true]];
  if (value) return [];
  throw takesNoValue(flag);
}

function unknownFlag(key: string) {
  const name = dashed(key);
  const typed = hasKeyPrefix(name.replaceAll('-', '_')) ? HIDDEN : shown(name.length === 1 ? `-${name}` : `--${name}`);
  return usageError(
    `unknown flag ${typed}: "hopx-top --help" lists the flags; a filter word that begins with - stands after --`,
  );
}

const isBeforeDashes = (argv: readonly string[], word: string) =>
  argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes(word);

function flagNamed(name: string): Flag {
  const flag = flags.find((each) => each.name === name);
  if (!flag) throw unknownFlag(name);
  return flag;
}

const commandLines: Readonly<Record<CommandName, string>> = {
  watch: 'hopx-top',
  simulate: 'hopx-top simulate',
  doctor: 'hopx-top doctor',
};

function requireFlagOf(command: CommandName, name: string): void {
  const [home] = flagNamed(name).commands;
  if (home === undefined || flagNamed(name).commands.includes(command)) return;
  throw usageError(`--${name} is a flag of "${commandLines[home]}", not of "${commandLines[command]}"`);
}

function requireValue(flag: Flag, value: string | true): void {
  if (value === true) return;
  if (value === '') throw usageError(`--${flag.name} needs a value: --${flag.name} ${flag.value}`);
  const mistake = flag.mistake?.(value);
  if (mistake) throw wrongValue(flag.name, value, mistake);
}

function requirePeace(given: Given): void {
  const clash = conflicts.find((conflict) => conflict.flags.every((name) => given.has(name)));
  if (clash) {
    throw usageError(
      `--${clash.flags[0]} and --${clash.flags[1]} exclude each other (${clash.reason}): give one of them`,
    );
  }
  const lonely = dependents.find(({flag, needs}) => given.has(flag) && !given.has(needs));
  if (lonely) throw usageError(`--${lonely.flag} needs --${lonely.needs}: add it, or use "hopx-top simulate"`);
}

function doctorOptions(given: Given, words: readonly string[]): DoctorOptions {
  if (words[0] !== undefined) {
    throw usageError(`"doctor" takes flags only, and "${shown(words[0])}" is none: see "hopx-top doctor --help"`);
  }
  return {
    baseUrl: textOf(given, 'base-url'),
    profile: textOf(given, 'profile'),
    apiKeyFile: textOf(given, 'api-key-file'),
    json: textOf(given, 'output') === 'json',
  };
}

function watchOptions(given: Given, words: readonly string[]): WatchOptions {
  const region = textOf(given, 'region');
  const status = textOf(given, 'status');
  const output = textOf(given, 'output');
  const isDemo = given.has('demo');
  return {
    filter: filterOf(words, region, status),
    region,
    status,
    sort: sortOf(textOf(given, 'sort')),
    demo: isDemo
      ? {
          sandboxes: numberOf(given, 'sandboxes') ?? demoDefaults.sandboxes,
          seed: textOf(given, 'seed') ?? demoDefaults.seed,
        }
      : undefined,
    baseUrl: textOf(given, 'base-url'),
    profile: textOf(given, 'profile'),
    apiKeyFile: textOf(given, 'api-key-file'),
    readonly: given.has('readonly'),
    metrics: numberOf(given, 'metrics') ?? (isDemo ? metricsLimits.demo : metricsLimits.usual),
    once: given.has('once') || output !== undefined,
    output: output === 'json' || output === 'table' ? output : undefined,
    colour: !given.has('no-color'),
    plainUi: given.has('plain-ui'),
    debugStream: textOf(given, 'debug-stream'),
    journal: textOf(given, 'journal'),
  };
}
