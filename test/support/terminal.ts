import {Buffer} from 'node:buffer';
import {constants} from 'node:os';
import {Duplex} from 'node:stream';
import {spawn} from '@lydell/node-pty';
import {bytesOf} from './keys.ts';
import {PROGRAM, ROOT, userEnvironment} from './program.ts';
import {
  type Cell,
  createScreen,
  type Effects,
  isClean,
  isMidFrame,
  readCell,
  screenLines,
  watchEffects,
} from './screen.ts';

export type TerminalOptions = {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

/** How a program left: by its own code, or by a signal's name. */
export type Exit = {readonly code: number; readonly signal: string | undefined};

/** What is looked for on the screen. */
export type Sight = string | RegExp | ((text: string) => boolean);

export type Terminal = AsyncDisposable & {
  readonly pid: number;
  /** The path of the terminal itself, for whoever else writes to it. */
  readonly device: string;
  /** From now on nobody reads what is written, as behind a connection that hangs: soon the kernel takes no more. */
  readonly stopReading: () => void;
  readonly readAgain: () => void;
  /** What a user sees, line by line, without trailing blanks. */
  readonly lines: () => readonly string[];
  readonly text: () => string;
  /** The first line that contains this; empty when none does. */
  readonly line: (containing: string) => string;
  readonly cell: (x: number, y: number) => Cell;
  /** Keys by name (`enter`, `ctrl+c`, `up`) or by themselves, one write each. */
  readonly press: (...keys: readonly string[]) => void;
  /** Text in one write, as a slow link or a held key delivers it. */
  readonly type: (text: string) => void;
  /** Text as a terminal pastes it into a program that asked for bracketed paste. */
  readonly paste: (text: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  /** Resolves as soon as it is seen, rejects with a picture of the screen when it is not within the time. */
  readonly waitFor: (sight: Sight, timeoutMs?: number) => Promise<void>;
  /** Presses the key again and again until it is seen to have worked: for a dialog that is deaf at first. */
  readonly pressUntil: (key: string, sight: Sight) => Promise<void>;
  /** Every byte the program wrote. */
  readonly written: () => Buffer;
  readonly effects: Effects;
  readonly usesAlternateScreen: () => boolean;
  /** True when every mode a program can switch on is off, and the cursor is shown. */
  readonly isClean: () => boolean;
  readonly kill: (signal: string) => void;
  /** The terminal is gone, as when its window is closed. */
  readonly hangUp: () => void;
  /** How the program left, once the screen has its last byte; rejects with a picture of the screen when it stays. */
  readonly exit: (timeoutMs?: number) => Promise<Exit>;
  /** Presses `q` and tells how the program left. */
  readonly quit: () => Promise<Exit>;
};

const WAIT_MS = 8_000;

/** Within this a key that was not swallowed has shown what it does. */
const ANSWER_MS = 500;

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/** Runs the program as a user does, `node bin/hopx-top.mjs ARGS`, in a real pty with an emulated screen behind it. */
export function startTerminal(args: readonly string[], options: TerminalOptions = {}): Terminal {
  return runInTerminal(process.execPath, [PROGRAM, ...args], options);
}

/** The key that simulators of the tests let in, unless a test says otherwise. */
export const KEY = 'hopx_live_t3stpublic.c4naryS3cretNeverShown';

/** Watches a control plane with a key from the environment. */
export function startWatching(url: string, args: readonly string[] = [], options: TerminalOptions = {}): Terminal {
  return startTerminal([`--base-url=${url}`, ...args], {...options, env: {HOPX_API_KEY: KEY, ...options.env}});
}

/**
 * A shell with job control, for what only a shell can show: Ctrl-Z, `fg`, and what `stty` says afterwards. Without
 * line editing, so that every mode that is on was switched on by the program.
 */
export function startShell(options: TerminalOptions = {}): Terminal {
  return runInTerminal('bash', ['--norc', '--noprofile', '--noediting', '-i'], {
    ...options,
    env: {PS1: 'ready> ', HISTFILE: '', ...options.env},
  });
}

/** Any program in a terminal. */
export function runInTerminal(file: string, args: readonly string[], options: TerminalOptions): Terminal {
  const {columns = 80, rows = 24, env = {}, cwd = ROOT} = options;
  const screen = createScreen(columns, rows);
  const effects = watchEffects(screen);
  const chunks: Buffer[] = [];
  const pty = spawn(file, [...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    encoding: null,
    env: {...userEnvironment(), ...env},
  });
  // A terminal answers what it is asked; a program must cope with the answers.
  screen.onData((answer) => pty.write(answer));
  pty.onData((bytes) => {
    const chunk = Buffer.from(bytes);
    chunks.push(chunk);
    screen.write(chunk);
  });
  const exited = new Promise<Exit>((resolve) => {
    pty.onExit(({exitCode, signal}) => {
      const name = signal ? signalNames.get(signal) : undefined;
      screen.write('', () => resolve({code: exitCode, signal: name}));
    });
  });
  const text = () => screenLines(screen).join('\n');
  const exit = (ms = WAIT_MS) => withinTime(exited, ms, text);
  const look = (sight: Sight, ms: number) => waitOnScreen(screen, text, exited, sight, ms);
  return {
    pid: pty.pid,
    device: String(Reflect.get(pty, 'ptsName')),
    stopReading: () => pty.pause(),
    readAgain: () => pty.resume(),
    text,
    lines: () => screenLines(screen),
    line: (containing) => screenLines(screen).find((line) => line.includes(containing)) ?? '',
    cell: (x, y) => readCell(screen, x, y),
    press: (...pressed) => {
      for (const key of pressed) pty.write(bytesOf(key));
    },
    type: (typed) => pty.write(typed),
    paste: (pasted) => pty.write(`\u001b[200~${pasted}\u001b[201~`),
    resize: (newColumns, newRows) => {
      screen.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    waitFor: (sight, timeoutMs = WAIT_MS) => look(sight, timeoutMs),
    pressUntil: (key, sight) =>
      repeatUntil(
        () => pty.write(bytesOf(key)),
        (ms) => look(sight, ms),
      ),
    written: () => Buffer.concat(chunks),
    effects,
    usesAlternateScreen: () => screen.buffer.active.type === 'alternate',
    isClean: () => isClean(screen),
    kill: (signal) => pty.kill(signal),
    hangUp: () => masterOf(pty)?.destroy(),
    exit,
    quit: () => {
      pty.write('q');
      return exit();
    },
    async [Symbol.asyncDispose]() {
      pty.kill('SIGKILL');
      await exited;
    },
  };
}

/** The other end of the terminal: closing it is what a terminal emulator does when its window is closed. */
function masterOf(pty: object): Duplex | undefined {
  const master: unknown = Reflect.get(pty, '_socket');
  return master instanceof Duplex ? master : undefined;
}

type Screen = ReturnType<typeof createScreen>;

function waitOnScreen(
  screen: Screen,
  text: () => string,
  exited: Promise<Exit>,
  sight: Sight,
  timeoutMs: number,
): Promise<void> {
  const isSeen = () => {
    if (isMidFrame(screen)) return false;
    if (typeof sight === 'function') return sight(text());
    return typeof sight === 'string' ? text().includes(sight) : sight.test(text());
  };
  if (isSeen()) return Promise.resolve();
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  const fail = (why: string) => reject(new Error(`${why}, not seen: ${sight}\n${text()}`));
  const timer = setTimeout(() => fail(`after ${timeoutMs} ms`), timeoutMs);
  const parsed = screen.onWriteParsed(() => isSeen() && resolve());
  exited.then(({code, signal}) => (isSeen() ? resolve() : fail(`program ended (${signal ?? code})`)), reject);
  return promise.finally(() => {
    clearTimeout(timer);
    parsed.dispose();
  });
}

function withinTime(exited: Promise<Exit>, ms: number, text: () => string): Promise<Exit> {
  const {promise, resolve, reject} = Promise.withResolvers<Exit>();
  const timer = setTimeout(() => reject(new Error(`still there after ${ms} ms\n${text()}`)), ms);
  exited.then(resolve, reject);
  return promise.finally(() => clearTimeout(timer));
}

async function repeatUntil(act: () => void, look: (ms: number) => Promise<void>): Promise<void> {
  for (let left = 10; ; left -= 1) {
    act();
    const failure = await look(ANSWER_MS).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!failure) return;
    if (left === 0) throw failure;
  }
}
