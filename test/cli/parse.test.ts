import {describe, expect, test} from 'vitest';
import {CliError, exits} from '../../src/cli/exit.ts';
import {helpText} from '../../src/cli/help.ts';
import {flags} from '../../src/cli/options.ts';
import {parseCommandLine} from '../../src/cli/parse.ts';
import {noFilter} from '../../src/model/filter.ts';

/** As a shell splits it. */
const parse = (line: string) => parseCommandLine(line.split(' ').filter((word) => word !== ''));

const watched = async (line: string) => {
  const command = await parse(line);
  if (command.command !== 'watch') throw new Error(`not watch: ${command.command}`);
  return command;
};

const simulated = async (line: string) => {
  const command = await parse(line);
  if (command.command !== 'simulate') throw new Error(`not simulate: ${command.command}`);
  return command;
};

describe('bad input is one sentence that says what to do, and exit code 2', () => {
  test.each([
    [
      '--srot cpu',
      'unknown flag --srot: "hopx-top --help" lists the flags; a filter word that begins with - stands after --',
    ],
    ['-z', 'unknown flag -z: "hopx-top --help" lists the flags; a filter word that begins with - stands after --'],
    [
      '--apiKey x',
      'unknown flag --api-key: "hopx-top --help" lists the flags; a filter word that begins with - stands after --',
    ],
    ['--region', '--region needs a value: --region R'],
    ['--sort --once', '--sort needs a value: --sort COLUMN[,desc]'],
    [
      '--sort name',
      '--sort: "name" names no column: use one of id, status, template, region, age, expires, cpu, mem, executions, node',
    ],
    ['--sort cpu,up', '--sort: "cpu,up" says no direction: write cpu, cpu,asc or cpu,desc'],
    ['--sort cpu,desc,asc', '--sort: "cpu,desc,asc" says no direction: write cpu, cpu,asc or cpu,desc'],
    ['--sort cpu --sort mem', '--sort is given twice: give it once'],
    ['--api-key-file a --api-key-file b', '--api-key-file is given twice: give it once'],
    ['--metrics 201', '--metrics: "201" is not a whole number from 0 to 200'],
    ['--metrics=-1', '--metrics: "-1" is not a whole number from 0 to 200'],
    ['--demo --sandboxes 1e3', '--sandboxes: "1e3" is not a whole number from 0 to 100000'],
    ['-o xml', '--output: "xml" is not a form: use table or json'],
    ['--status "running"', '--status: ""running"" cannot hold a double quote'],
    ['--sandboxes 5', '--sandboxes needs --demo: add it, or use "hopx-top simulate"'],
    ['--seed 5', '--seed needs --demo: add it, or use "hopx-top simulate"'],
    [
      '--demo --base-url http://localhost:1',
      '--demo and --base-url exclude each other (the demo watches its own simulated fleet): give one of them',
    ],
    ['--demo --profile work', '--demo and --profile exclude each other (the demo reads no key): give one of them'],
    [
      '--demo --api-key-file key',
      '--demo and --api-key-file exclude each other (the demo reads no key): give one of them',
    ],
    ['--port 8080', '--port is a flag of "hopx-top simulate", not of "hopx-top"'],
    ['simulate --once', '--once is a flag of "hopx-top", not of "hopx-top simulate"'],
    ['simulate fast', '"simulate" takes flags only, and "fast" is none: see "hopx-top simulate --help"'],
    ['simulate --port 65536', '--port: "65536" is not a whole number from 0 to 65535'],
    ['simulate --churn fast', '--churn: "fast" is not a rate: write a number from 0 to 99999, such as 0.5 or 200'],
    ['--dialect bare', '--dialect is a flag of "hopx-top simulate", not of "hopx-top"'],
    ['region=', 'the filter cannot be read: Put a value right after "region=" (character 8): region=us-east.'],
  ])('hopx-top %s', async (line, sentence) => {
    const error = await parse(line).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({message: sentence, exit: 'usage'});
    expect(exits.usage.code).toBe(2);
  });

  test('the filter looks for what the screen shows', async () => {
    const command = await parseCommandLine(['\u001b]0;pwn\u0007foo', '--region', '\u001b[31mx']);
    expect(command).toMatchObject({filter: {text: '␛]0;pwn␇foo region=␛[31mx'}});
  });

  test('what was typed is shown harmless', async () => {
    const error = await parseCommandLine(['--sort', '\u001b]0;owned\u0007']).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('␛]0;owned␇');
  });
});

describe('what is watched', () => {
  test('nothing said: everything, live, in colour', async () => {
    expect(await parse('')).toEqual({
      command: 'watch',
      filter: noFilter,
      region: undefined,
      status: undefined,
      sort: undefined,
      demo: undefined,
      baseUrl: undefined,
      profile: undefined,
      apiKeyFile: undefined,
      readonly: false,
      metrics: 24,
      once: false,
      plainUi: false,
      output: undefined,
      colour: true,
    });
  });

  test('--journal names the file that own acts are kept in', async () => {
    expect((await watched('--journal acts.ndjson')).journal).toBe('acts.ndjson');
  });

  test('words are one filter, and --region and --status are terms of it', async () => {
    const {filter, region, status} = await watched('agent age>2d --region us-east --status running');
    expect(filter.text).toBe('agent age>2d region=us-east status=running');
    expect([region, status]).toEqual(['us-east', 'running']);
  });

  test('a value with a space stands in quotes in the filter', async () => {
    const command = await parseCommandLine(['--status', 'shutting down']);
    expect(command).toMatchObject({filter: {text: 'status="shutting down"'}});
  });

  test('a word that begins with a dash, and the word simulate, stand after --', async () => {
    expect((await watched('--once -- -x')).filter.text).toBe('-x');
    expect((await watched('-- simulate')).filter.text).toBe('simulate');
  });

  test('keys is a word to look for until it is a command; doctor is one behind --', async () => {
    expect((await watched('keys')).filter.text).toBe('keys');
    expect((await watched('-- doctor')).filter.text).toBe('doctor');
  });

  test.each([
    ['--sort cpu', {column: 'cpu', descending: true}],
    ['--sort id', {column: 'id', descending: false}],
    ['--sort cpu,asc', {column: 'cpu', descending: false}],
    ['--sort=id,desc', {column: 'id', descending: true}],
  ])('%s', async (line, sort) => {
    expect((await watched(line)).sort).toEqual(sort);
  });

  test.each([
    ['--demo', {sandboxes: 120, seed: '7'}, 64],
    ['--demo --sandboxes 9 --seed kiwi --metrics 3', {sandboxes: 9, seed: 'kiwi'}, 3],
  ])('%s', async (line, demo, metrics) => {
    expect(await watched(line)).toMatchObject({demo, metrics});
  });

  test('-o prints once, in that form', async () => {
    expect(await watched('-o json')).toMatchObject({once: true, output: 'json'});
    expect(await watched('--output=table')).toMatchObject({once: true, output: 'table'});
    expect(await watched('--once')).toMatchObject({once: true, output: undefined});
  });

  test('--no-color takes the colours away', async () => {
    expect(await watched('--no-color')).toMatchObject({colour: false});
    expect(await watched('--color')).toMatchObject({colour: true});
  });

  test('where to and with what', async () => {
    expect(await watched('--base-url https://a.example --profile p --api-key-file k --readonly')).toMatchObject({
      baseUrl: 'https://a.example',
      profile: 'p',
      apiKeyFile: 'k',
      readonly: true,
    });
  });
});

describe('simulate', () => {
  test('nothing said: a small calm fleet on a free port', async () => {
    expect(await simulated('simulate')).toMatchObject({
      simulator: {
        port: 0,
        sandboxes: 40,
        seed: 7,
        rateLimit: 100,
        quiet: false,
        hostile: false,
        metricsIntervalMs: 2000,
      },
      untilEof: false,
    });
  });

  test('every flag reaches the simulator', async () => {
    const line =
      'simulate --port 8080 --sandboxes 9 --seed x --key hopx_k --dialect bare --fault drop:p=0.1 --rate-limit 0 --churn 2.5 --quiet --hostile --metrics-interval 500 --log f --until-eof';
    expect(await simulated(line)).toEqual({
      command: 'simulate',
      simulator: {
        port: 8080,
        sandboxes: 9,
        seed: 'x',
        key: 'hopx_k',
        rateLimit: 0,
        churn: 2.5,
        quiet: true,
        hostile: true,
        metricsIntervalMs: 500,
        dialects: ['bare'],
        faults: [{name: 'drop', when: {p: 0.1}}],
        log: 'f',
      },
      untilEof: true,
    });
  });
});

describe('help', () => {
  test.each([
    ['--help', 'watch'],
    ['-h --sort nonsense', 'watch'],
    ['simulate --help', 'simulate'],
  ])('%s', async (line, of) => {
    expect(await parse(line)).toEqual({command: 'help', of});
  });

  test('--version', async () => {
    expect(await parse('-v')).toEqual({command: 'version'});
  });

  test.each(['watch', 'simulate'] as const)('%s: every flag of the table is there, with its description', (command) => {
    const text = helpText(command);
    for (const flag of flags) {
      const isOurs = flag.commands.includes(command);
      expect(text.includes(`--${flag.name} `), flag.name).toBe(isOurs);
      if (isOurs) expect(text).toContain(flag.description);
    }
  });

  test('there is no flag for the key of a real account', () => {
    expect(flags.filter(({name, commands}) => name.includes('key') && commands.includes('watch'))).toMatchObject([
      {name: 'api-key-file'},
    ]);
  });

  test('every exit code is there', () => {
    for (const {code, meaning} of Object.values(exits)) expect(helpText('watch')).toContain(`${code}  ${meaning}`);
  });
});
