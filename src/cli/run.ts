import {wordsOfError} from './endings.ts';
import {exits} from './exit.ts';
import type {Host} from './host.ts';
import {type Command, parseCommandLine} from './parse.ts';
import {printOut} from './printOut.ts';
import type {SimulateOptions} from './simulateOptions.ts';
import {version} from './version.ts';

/** Runs one command line, without node and script, from its first word to the end of the process. */
export async function run(argv: readonly string[], host: Host): Promise<void> {
  try {
    await runCommand(await parseCommandLine(argv), host);
  } catch (error) {
    host.say(`hopx-top: ${wordsOfError(error).sentence}`);
    host.exit(exits[wordsOfError(error).exit].code);
  }
}

function runCommand(command: Command, host: Host): Promise<void> {
  switch (command.command) {
    case 'help':
      return import('./help.ts').then(({helpText}) => printOut(helpText(command.of)));
    case 'version':
      return printOut(`${version}\n`);
    case 'simulate':
      return runSimulate(command, host);
    case 'doctor':
      return import('./runDoctor.ts').then(({runDoctor}) => runDoctor(command, host));
    case 'watch':
      return import('./watch.ts').then(({watch}) => watch(command, host));
  }
}

async function runSimulate(options: SimulateOptions, host: Host): Promise<void> {
  const {simulate} = await import('./simulate.ts');
  const code = await simulate(options, {
    env: process.env,
    print: (line) => void printOut(`${line}\n`).catch(() => undefined),
    on: (signal, listener) => host.on(signal, listener),
    onInputEnd(listener) {
      for (const event of ['end', 'close', 'error']) process.stdin.on(event, listener);
      process.stdin.resume();
    },
  });
  host.exit(code);
}
