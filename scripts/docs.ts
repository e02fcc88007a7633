import {readFileSync, writeFileSync} from 'node:fs';
import {exits} from '../src/cli/exit.ts';
import {type CommandName, flags} from '../src/cli/options.ts';
import {columns} from '../src/model/columns.ts';
import {filterFields} from '../src/model/fields.ts';
import {dialects} from '../src/simulator/dialects.ts';
import {faultNamed, faultNames, faultSpelled, faultUsual} from '../src/simulator/faults.ts';
import {labelOfChord} from '../src/ui/chords.ts';
import {type Mode, viewModes} from '../src/ui/command.ts';
import {describedCommands} from '../src/ui/commands.ts';

/**
 * Prints the program's tables into README.md, between `<!-- NAME -->` and `<!-- /NAME -->`. With `--check` it
 * writes nothing and exits 1 when README is not what the tables say.
 */
const cell = (text: string) => text.replaceAll('|', '\\|');

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

const code = (text: string) => `\`${text}\``;

const flagTable = (command: CommandName): string =>
  table(
    ['flag', 'what it does', 'default'],
    flags
      .filter((flag) => flag.commands.includes(command))
      .map((flag) => [
        code(`${flag.short ? `-${flag.short}, ` : ''}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`),
        flag.description,
        (typeof flag.usual === 'object' ? flag.usual[command] : flag.usual) ?? '',
      ]),
  );

/** The views whose key it is, by their names in the table of views and what may lie over them. */
const whereOf = (modes: readonly Mode[]): string => {
  const own = viewModes.filter((mode) => modes.includes(mode));
  return own.length >= viewModes.length - 1 ? 'everywhere' : own.map((mode) => modeNames[mode] ?? mode).join(', ');
};

const modeNames: Partial<Readonly<Record<Mode, string>>> = {buildLog: 'log', focus: 'one sandbox'};

const printed: Readonly<Record<string, string>> = {
  keys: table(
    ['key', 'what it does', 'where'],
    describedCommands
      .filter(({modes}) => modes.some((mode) => viewModes.includes(mode)))
      .map(({keys, description, modes}) => [
        keys.map((key) => code(labelOfChord(key))).join(' '),
        description,
        whereOf(modes),
      ]),
  ),
  columns: table(
    ['column', '`--sort`', 'what it shows'],
    columns.map((column) => [column.header, code(column.id), column.description]),
  ),
  fields: table(
    ['field', 'what it asks', 'example'],
    filterFields.map((field) => [
      [field.name, ...field.aliases].map(code).join(', '),
      field.description,
      code(field.example),
    ]),
  ),
  flags: flagTable('watch'),
  'simulate-flags': flagTable('simulate'),
  dialects: table(
    ['`--dialect`', 'a server that', 'seen in'],
    Object.entries(dialects).map(([name, {does, source}]) => [code(name), does, source]),
  ),
  faults: table(
    ['`--fault`', 'the server', 'default', 'strikes'],
    faultNames.map((name) => [
      code(faultSpelled(name)),
      faultNamed(name).does,
      faultUsual(name),
      Object.entries(faultNamed(name).usual)
        .map(([key, told]) => code(`${key}=${told}`))
        .join(' '),
    ]),
  ),
  exits: table(
    ['code', 'meaning'],
    Object.values(exits).map((exit) => [String(exit.code), exit.meaning]),
  ),
};

function withTables(page: string): string {
  return Object.entries(printed).reduce((text, [name, body]) => {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [start, end] = [text.indexOf(open), text.indexOf(close)];
    if (start < 0 || end < start) throw new Error(`README.md has no ${open} … ${close}`);
    return `${text.slice(0, start)}${open}\n${body}\n${text.slice(end)}`;
  }, page);
}

const before = readFileSync('README.md', 'utf8');
const after = withTables(before);
if (before === after) process.exit(0);
if (process.argv.includes('--check')) {
  process.stderr.write('README.md is not what the tables say: run npm run docs.\n');
  process.exit(1);
}
writeFileSync('README.md', after);
