import {sanitize} from '../terminal/text.ts';
import {CliError, exits, usageError} from './exit.ts';
import type {SimulateOptions} from './simulateOptions.ts';

/** What the command needs of its process. */
export type SimulateWorld = {
  readonly env: Record<string, string | undefined>;
  readonly print: (line: string) => void;
  readonly on: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => void;
  /** Calls back once standard input has ended. */
  readonly onInputEnd: (listener: () => void) => void;
};

/** `listening on URL`: the demo, tests and people wait for it. */
export const LISTENING = 'listening on ';

/**
 * Runs the simulated control plane until SIGTERM (0), Ctrl-C (130) or, asked for, the end of standard input (0); gives
 * the exit code. With `--until-eof` Ctrl-C is left to whoever holds the other end: it reaches the whole group.
 */
export async function simulate({simulator, untilEof}: SimulateOptions, world: SimulateWorld): Promise<number> {
  const key = simulator.key ?? world.env.HOPX_SIMULATE_KEY;
  delete world.env.HOPX_SIMULATE_KEY;
  const ended = new Promise<number>((resolve) => {
    world.on('SIGTERM', () => resolve(exits.ok.code));
    world.on('SIGINT', () => {
      if (!untilEof) resolve(exits.interrupted.code);
    });
    if (untilEof) world.onInputEnd(() => resolve(exits.ok.code));
  });
  const {runSimulator} = await import('../simulator/main.ts');
  const running = await runSimulator({...simulator, key}).catch((error: unknown) => {
    throw cannotRun(error, simulator);
  });
  world.print(`${LISTENING}${running.url}`);
  const code = await ended;
  await running.close();
  return code;
}

type Trouble = {readonly code: string; readonly sentence: (options: SimulateOptions['simulator']) => string};

const portTroubles: readonly Trouble[] = [
  {code: 'EADDRINUSE', sentence: ({port}) => `port ${port} is in use: choose another with --port, or 0 for a free one`},
  {code: 'EACCES', sentence: ({port}) => `port ${port} is not for everybody: choose one above 1023 with --port`},
];

function cannotRun(error: unknown, options: SimulateOptions['simulator']): CliError {
  const {code, syscall} = (error ?? {}) as {code?: unknown; syscall?: unknown};
  const trouble = syscall === 'listen' ? portTroubles.find((each) => each.code === code) : undefined;
  if (trouble) return usageError(trouble.sentence(options));
  const words = sanitize(error instanceof Error ? error.message : error, 200);
  const isLog = options.log !== undefined && syscall === 'open';
  return isLog
    ? usageError(`--log: ${words}; name a file of your own`)
    : new CliError('general', `cannot simulate: ${words}`);
}
