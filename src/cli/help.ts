import {filterFields} from '../model/fields.ts';
import {dialects} from '../simulator/dialects.ts';
import {routeClasses} from '../simulator/fault.ts';
import {faultNamed, faultNames, faultSpelled} from '../simulator/faults.ts';
import {fitCells} from '../terminal/text.ts';
import {exits} from './exit.ts';
import {type CommandName, type Flag, flags} from './options.ts';

/** Cells that flags take before the description begins. */
const FLAG_CELLS = 27;

const nameLine = (name: string, does: string) => `  ${fitCells(name, FLAG_CELLS)} ${does}`;

const heads: Readonly<Record<CommandName, readonly string[]>> = {
  watch: [
    'hopx-top: htop for a fleet of HopX cloud sandboxes',
    '',
    'usage: hopx-top [FILTER] [flags]     watch the fleet; ? in it lists the keys',
    '       hopx-top doctor [flags]       what works against this server, and what to do where it does not',
    '       hopx-top simulate [flags]     a simulated control plane on 127.0.0.1',
    '',
    'FILTER is words and comparisons, joined by spaces: hopx-top agent status=running age>2d',
    `fields: ${filterFields.map(({name}) => name).join(', ')}`,
  ],
  doctor: [
    'usage: hopx-top doctor [flags]',
    '',
    'Looks at key, address, proxy, list, clock, rate limit and every stream, changes nothing, and prints a line each.',
    'It ends with the exit code of the first that is bad: see hopx-top --help.',
  ],
  simulate: [
    'usage: hopx-top simulate [flags]',
    '',
    'A simulated HopX control plane, over HTTP and SSE on 127.0.0.1. It prints "listening on URL" and runs until',
    'Ctrl-C or SIGTERM. The same flags and requests give the same answers.',
  ],
};

const tails: Readonly<Record<CommandName, readonly string[]>> = {
  watch: [
    '',
    'key and address come from one source, the first of: --api-key-file, --profile, HOPX_API_KEY, HOPX_PROFILE,',
    'the default profile of ~/.hopx. There is no flag for the key itself: ps would show it.',
    '',
    'settings: ~/.config/hopx-top/config.yaml (or in $XDG_CONFIG_HOME), with connect and profiles.NAME.readonly; no keys.',
    '',
    'exit codes:',
    ...Object.values(exits).map(({code, meaning}) => `  ${String(code).padStart(3)}  ${meaning}`),
  ],
  doctor: [],
  simulate: [
    '',
    'dialects, each a server that',
    ...Object.entries(dialects).map(([name, {does}]) => nameLine(name, does)),
    '',
    `faults: NAME[=VALUE][:after=SECONDS][:for=SECONDS][:times=N][:p=PROBABILITY][:route=ROUTE]`,
    `routes: ${Object.keys(routeClasses).join(', ')}`,
    ...faultNames.map((name) => nameLine(faultSpelled(name), faultNamed(name).does)),
  ],
};

/** What `--help` prints, from the tables. */
export function helpText(command: CommandName): string {
  const lines = flags.filter((flag) => flag.commands.includes(command)).map((flag) => flagLine(flag, command));
  return [...heads[command], '', 'flags:', ...lines, ...tails[command], ''].join('\n');
}

function flagLine(flag: Flag, command: CommandName): string {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  const spelled = `${short}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
  const usual = typeof flag.usual === 'object' ? flag.usual[command] : flag.usual;
  return `  ${fitCells(spelled, FLAG_CELLS)} ${flag.description}${usual ? ` (default: ${usual})` : ''}`;
}
