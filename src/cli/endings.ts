import {ApiError} from '../api/errors.ts';
import {sanitize} from '../terminal/text.ts';
import {CliError, type ExitName, exitOfFailure, exits} from './exit.ts';
import type {EndingSignal, Host} from './host.ts';

/** Why the program ends. */
type Ending =
  | {readonly why: 'done'; readonly exit: ExitName}
  | {readonly why: 'signalled'; readonly signal: EndingSignal}
  /** The terminal is gone. */
  | {readonly why: 'lost'}
  | {readonly why: 'failed'; readonly error: unknown};

/** Undoes something, at once and whatever state the program is in; gives back what is worth saying. */
type Undo = () => readonly string[];

export type Endings = {
  /** Ends the program, once: undoes everything, newest first, then says what there is to say, then goes. */
  readonly end: (ending: Ending) => void;
  /** Adds what must be undone on every way out. */
  readonly undoAtEnd: (undo: Undo) => void;
  /** Until `work` is done the keys that end or abort (Ctrl-C, Ctrl-\) are meant for whoever has the terminal, not for us. */
  readonly deafToKeys: <T>(work: () => Promise<T>) => Promise<T>;
};

/** What the terminal sends to its whole foreground group at a key. */
const keySignals: ReadonlySet<EndingSignal> = new Set(['SIGINT', 'SIGQUIT']);

const endingSignals: readonly EndingSignal[] = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT'];

/** What a stream says when the other side of the terminal is gone. */
const lossCodes: ReadonlySet<string> = new Set(['EIO', 'EPIPE', 'EBADF', 'ENXIO', 'ENODEV']);

/** From now on every way to end the program leads through here. `redact` is the last look at what is said. */
export function watchEndings(host: Host, redact: (text: string) => string): Endings {
  const undos: Undo[] = [];
  let isEnding = false;
  let isDeaf = false;

  const end = (ending: Ending) => {
    if (isEnding) return;
    isEnding = true;
    const lines = [...undos.toReversed().flatMap(attempt), ...wordsOf(ending)];
    // All at once: on a terminal that is not read, each attempt costs time.
    if (lines.length > 0) host.say(lines.map((line) => redact(`hopx-top: ${line}`)).join('\n'));
    leave(host, ending);
  };

  for (const signal of endingSignals) {
    host.on(signal, () => {
      if (!isDeaf || !keySignals.has(signal)) end({why: 'signalled', signal});
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    host.on(event, (error) => end(isLoss(error) ? {why: 'lost'} : {why: 'failed', error}));
  }
  return {
    end,
    undoAtEnd: (undo) => void undos.push(undo),
    async deafToKeys(work) {
      isDeaf = true;
      try {
        return await work();
      } finally {
        isDeaf = false;
      }
    },
  };
}

/** One undo that fails must not keep the others from running. */
function attempt(undo: Undo): readonly string[] {
  try {
    return undo();
  } catch {
    return [];
  }
}

/** After a hang-up never by `exit`: Node before 22 crashes in it, and whoever waits should see the signal. */
function leave(host: Host, ending: Ending): void {
  if (ending.why === 'signalled') host.die(ending.signal);
  else if (ending.why === 'lost') host.die('SIGHUP');
  else host.exit(exits[exitOf(ending)].code);
}

function exitOf(ending: Extract<Ending, {why: 'done' | 'failed'}>): ExitName {
  return ending.why === 'done' ? ending.exit : wordsOfError(ending.error).exit;
}

const wordsOf = (ending: Ending): readonly string[] =>
  ending.why === 'failed' ? [wordsOfError(ending.error).sentence] : [];

/** What a thrown thing is to the user: one sentence, never a stack, and how to end. */
export function wordsOfError(error: unknown): {readonly sentence: string; readonly exit: ExitName} {
  if (error instanceof CliError) return {sentence: error.message, exit: error.exit};
  const words = sanitize(error instanceof Error ? `${error.name}: ${error.message}` : error, 400);
  if (error instanceof ApiError) return {sentence: words, exit: exitOfFailure(error.failure)};
  return {sentence: `a mistake of hopx-top itself, please report it: ${words}`, exit: 'general'};
}

/** Whether an error means that the terminal is gone. */
export function isLoss(error: unknown): boolean {
  return error instanceof Error && 'code' in error && lossCodes.has(String(error.code));
}
