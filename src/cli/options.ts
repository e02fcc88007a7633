import {filterableStatuses} from '../contract/sandbox.ts';
import {columns} from '../model/columns.ts';
import {simulatorDefaults} from '../simulator/options.ts';
import {filterValue, sortValue, wholeNumber} from './flagValues.ts';

/** The first is what runs when none is named. */
export const commandNames = ['watch', 'simulate', 'doctor'] as const;

export type CommandName = (typeof commandNames)[number];

export type Flag = {
  /** As it is typed, without the dashes. */
  readonly name: string;
  /** One letter, typed after one dash. */
  readonly short?: string;
  /** What help calls its value; a flag without one is a switch. */
  readonly value?: string;
  readonly description: string;
  /** What holds when it is not given, as the help of the command says it. */
  readonly usual?: string | Readonly<Partial<Record<CommandName, string>>>;
  readonly commands: readonly CommandName[];
  /** May be given more than once, or with several values with commas between them. */
  readonly isList?: true;
  /** What is wrong with a value, completing "--flag value …"; undefined: nothing. */
  readonly mistake?: (value: string) => string | undefined;
};

/** Streams that a screen holds open at once: enough for what is visible; the most is what one terminal can use. */
export const metricsLimits = {usual: 24, demo: 64, most: 200} as const;

/** Of `--demo`: a fleet that fills more than a screen, and a request budget of which the demo uses a visible part. */
export const demoDefaults = {sandboxes: 120, seed: '7', rateLimit: 600} as const;

const MOST_SANDBOXES = 100_000;

/** Every flag of every command. The parser, its mistakes and `--help` read this table. */
export const flags: readonly Flag[] = [
  {
    name: 'demo',
    description: 'watch a simulated fleet: no account, no network',
    commands: ['watch'],
  },
  {
    name: 'port',
    value: 'P',
    description: 'port on 127.0.0.1; 0 takes a free one',
    usual: String(simulatorDefaults.port),
    commands: ['simulate'],
    mistake: wholeNumber(0, 65_535),
  },
  {
    name: 'sandboxes',
    value: 'N',
    description: 'size of the simulated fleet',
    usual: {watch: String(demoDefaults.sandboxes), simulate: String(simulatorDefaults.sandboxes)},
    commands: ['watch', 'simulate'],
    mistake: wholeNumber(0, MOST_SANDBOXES),
  },
  {
    name: 'seed',
    value: 'S',
    description: 'any text or number: one seed, one story',
    usual: demoDefaults.seed,
    commands: ['watch', 'simulate'],
  },
  {
    name: 'base-url',
    value: 'URL',
    description: 'control plane to watch; also HOPX_BASE_URL',
    usual: 'that of the profile, or https://api.hopx.dev',
    commands: ['watch', 'doctor'],
  },
  {
    name: 'profile',
    value: 'NAME',
    description: 'key and address from this profile of ~/.hopx; also HOPX_PROFILE',
    commands: ['watch', 'doctor'],
  },
  {
    name: 'api-key-file',
    value: 'PATH',
    description: 'file that holds the API key and nothing else; also HOPX_API_KEY',
    commands: ['watch', 'doctor'],
  },
  {
    name: 'region',
    value: 'R',
    description: 'only this region: the filter region=R',
    commands: ['watch'],
    mistake: filterValue,
  },
  {
    name: 'status',
    value: 'S',
    description: `only this status, such as ${filterableStatuses.join(', ')}: the filter status=S`,
    commands: ['watch'],
    mistake: filterValue,
  },
  {
    name: 'sort',
    value: 'COLUMN[,desc]',
    description: `order of the list, by one of ${columns.map(({id}) => id).join(', ')}; ,asc and ,desc say which way`,
    commands: ['watch'],
    mistake: sortValue,
  },
  {
    name: 'readonly',
    description: 'change nothing: every request but GET is refused; also HOPX_TOP_READONLY=1',
    commands: ['watch'],
  },
  {
    name: 'metrics',
    value: 'N',
    description: `metric streams open at once, at most ${metricsLimits.most}`,
    usual: `${metricsLimits.usual}, with --demo ${metricsLimits.demo}`,
    commands: ['watch'],
    mistake: wholeNumber(0, metricsLimits.most),
  },
  {
    name: 'once',
    description: 'print the list once and end; so it does when there is no terminal',
    commands: ['watch'],
  },
  {
    name: 'output',
    short: 'o',
    value: 'table|json',
    description: 'print once in this form',
    usual: 'table',
    commands: ['watch', 'doctor'],
    mistake: (value) => (['table', 'json'].includes(value) ? undefined : 'is not a form: use table or json'),
  },
  {
    name: 'journal',
    value: 'FILE',
    description: 'append a line of JSON for everything done here to this file, in the words of the events view',
    commands: ['watch'],
  },
  {
    name: 'debug-stream',
    value: 'FILE',
    description: 'keep what the server really sends, secrets removed, in this new file, for a report',
    commands: ['watch'],
  },
  {
    name: 'plain-ui',
    description: "draw by Ink's own writer, for screen readers and odd terminals; also INK_SCREEN_READER=true",
    commands: ['watch'],
  },
  {
    name: 'no-color',
    description: 'no colours; also NO_COLOR',
    commands: ['watch'],
  },
  {
    name: 'key',
    value: 'K',
    description: 'the one key to let in; ps shows it: better HOPX_SIMULATE_KEY',
    usual: 'any key that begins with hopx_',
    commands: ['simulate'],
  },
  {
    name: 'rate-limit',
    value: 'N',
    description: 'requests a minute; 0: no limit',
    usual: String(simulatorDefaults.rateLimit),
    commands: ['simulate'],
    mistake: wholeNumber(0, 1_000_000),
  },
  {
    name: 'churn',
    value: 'EVENTS_PER_S',
    description: 'lifecycle events a second that nobody asked for',
    usual: 'calm, by the size of the fleet',
    commands: ['simulate'],
    mistake: (value) =>
      /^\d{1,5}(\.\d+)?$/.test(value) ? undefined : 'is not a rate: write a number from 0 to 99999, such as 0.5 or 200',
  },
  {
    name: 'quiet',
    description: 'nothing changes by itself',
    commands: ['simulate'],
  },
  {
    name: 'hostile',
    description: 'names, regions and hosts are hostile text',
    commands: ['simulate'],
  },
  {
    name: 'metrics-interval',
    value: 'MS',
    description: 'milliseconds between two samples of a sandbox',
    usual: String(simulatorDefaults.metricsIntervalMs),
    commands: ['simulate'],
    mistake: wholeNumber(10, 3_600_000),
  },
  {
    name: 'dialect',
    value: 'NAME',
    description: 'another plausible server, see below; several go together',
    commands: ['simulate'],
    isList: true,
  },
  {
    name: 'fault',
    value: 'NAME',
    description: 'something that goes wrong, see below; several go together',
    commands: ['simulate'],
    isList: true,
  },
  {
    name: 'log',
    value: 'FILE',
    description: 'append one line of JSON a request to this file',
    commands: ['simulate'],
  },
  {
    name: 'until-eof',
    description: 'end when standard input ends, and leave Ctrl-C to whoever holds the other end',
    commands: ['simulate'],
  },
  {
    name: 'help',
    short: 'h',
    description: 'print this',
    commands: commandNames,
  },
  {
    name: 'version',
    short: 'v',
    description: 'print the version',
    commands: commandNames,
  },
];

/** Flags of which only one may be given, and why. */
export const conflicts: readonly {readonly flags: readonly [string, string]; readonly reason: string}[] = [
  {flags: ['demo', 'base-url'], reason: 'the demo watches its own simulated fleet'},
  {flags: ['demo', 'profile'], reason: 'the demo reads no key'},
  {flags: ['demo', 'api-key-file'], reason: 'the demo reads no key'},
];

/** Flags of `watch` that mean something only together with another. */
export const dependents: readonly {readonly flag: string; readonly needs: string}[] = [
  {flag: 'sandboxes', needs: 'demo'},
  {flag: 'seed', needs: 'demo'},
];
