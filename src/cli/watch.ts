import {homedir} from 'node:os';
import {createRedact, type Redact, type Secret} from '../api/secret.ts';
import type {Api} from '../api/types.ts';
import {systemClock} from '../clock/clock.ts';
import type {Theme} from '../ui/theme.ts';
import type {DebugFile} from './debugFile.ts';
import {type Endings, watchEndings} from './endings.ts';
import {explain} from './explain.ts';
import {makeContact} from './firstContact.ts';
import type {Host} from './host.ts';
import type {JournalFile} from './journalFile.ts';
import {printOnce} from './once.ts';
import {demoDefaults} from './options.ts';
import type {OwnTerminal} from './ownTerminal.ts';
import type {WatchOptions} from './parse.ts';
import {printOut} from './printOut.ts';
import {createRelay, type Relay} from './relay.ts';
import {type ProfileSettings, readSettings, settingsOf} from './settings.ts';
import {asksForReadonly, findTarget, openTarget, type Target} from './target.ts';

export type Watching = {
  readonly options: WatchOptions;
  readonly target: Target;
  readonly api: Api;
  readonly relay: Relay;
  readonly host: Host;
  readonly endings: Endings;
  readonly debug: DebugFile | undefined;
  readonly journal: JournalFile | undefined;
  /** The words of the command that the terminal is lent to; undefined: none is configured. */
  readonly connect: readonly string[] | undefined;
  /** FORCE_COLOR as it was before we set it for ourselves. */
  readonly forcedColour: string | undefined;
};

/** Watches a fleet, or prints it once; ends the process itself, on every way out. */
export async function watch(given: WatchOptions, host: Host): Promise<void> {
  let key: Secret | undefined;
  const redact = (text: string) => createRedact(key)(text);
  const endings = watchEndings(host, redact);
  const forcedColour = process.env.FORCE_COLOR;
  try {
    const found = given.demo ? undefined : await findTarget(given, host);
    const {readonly, connect} = await findSettings(found?.profile ?? 'demo');
    const options = {...given, readonly: given.readonly || readonly};
    const connection = found && {...found, readonly: found.readonly || readonly};
    const obstacle = options.once ? undefined : obstacleToScreen();
    // Before the screen is taken: a file that cannot be is a plain sentence.
    const debug = await openDebug(options, endings);
    const journal = await openJournalOf(options, endings, redact);
    const isLive = !options.once && obstacle === undefined;
    // The first frame comes before all that takes time: a demo to start, an answer to wait for, Ink to load.
    const terminal = isLive ? await takeScreen(options, connection, host, endings) : undefined;
    const target = connection ?? (await startDemoTarget(options, endings));
    key = target.key;
    const relay = createRelay();
    const api = openTarget(target, relay, debug?.witness);
    const watching = {options, target, api, relay, host, endings, debug, journal, connect, forcedColour};
    if (terminal) await show(watching, terminal);
    else await print(watching, obstacle);
  } catch (error) {
    endings.end({why: 'failed', error});
  }
}

const findSettings = async (profile: string): Promise<ProfileSettings> =>
  settingsOf(await readSettings({env: process.env, home: homedir(), uid: process.getuid?.()}), profile);

async function openJournalOf({journal}: WatchOptions, endings: Endings, redact: Redact) {
  if (journal === undefined) return undefined;
  const {openJournal} = await import('./journalFile.ts');
  const file = openJournal(journal, process.getuid?.(), redact);
  endings.undoAtEnd(() => {
    file.close();
    return [];
  });
  return file;
}

async function openDebug({debugStream}: WatchOptions, endings: Endings): Promise<DebugFile | undefined> {
  if (debugStream === undefined) return undefined;
  const {openDebugFile} = await import('./debugFile.ts');
  const debug = openDebugFile(debugStream, systemClock);
  endings.undoAtEnd(() => {
    debug.close();
    return [];
  });
  return debug;
}

async function startDemoTarget(options: WatchOptions, endings: Endings): Promise<Target> {
  const {env} = process;
  // Neither we nor a child of ours may hold a real key in a demo.
  delete env.HOPX_API_KEY;
  const {startDemo} = await import('./demo.ts');
  const entry = process.argv[1] ?? '';
  const demo = await startDemo(options.demo ?? demoDefaults, {entry, env, clock: systemClock});
  endings.undoAtEnd(() => {
    demo.end();
    return [];
  });
  return {...demo, keyId: undefined, source: 'the demo', profile: 'demo', readonly: asksForReadonly(options)};
}

/** Why there can be no live screen here; said before printing once instead. */
function obstacleToScreen(): string | undefined {
  if (!process.stdout.isTTY) return 'standard output is not a terminal';
  if (!process.stdin.isTTY) return 'standard input is not a terminal, so no key could be read';
  const term = process.env.TERM ?? '';
  return term === '' || term === 'dumb' ? `TERM is ${term || 'not set'}, so nothing can be drawn` : undefined;
}

async function print({options, target, api, relay, host, endings, debug}: Watching, obstacle: string | undefined) {
  if (obstacle) {
    const hint = process.env.SSH_CONNECTION ? 'ssh -t gives the live screen' : 'ask for it with --once';
    host.say(`hopx-top: ${obstacle}: printing once (${hint})`);
  }
  const say = (sentence: string) => host.say(`hopx-top: ${sentence}`);
  debug?.onTrouble(say);
  const printed = await printOnce(options, {api, clock: systemClock, skewMs: relay.skewMs, asking: target, say});
  await printOut(printed.stdout);
  for (const line of printed.stderr) say(line);
  endings.end({why: 'done', exit: printed.exit});
}

type Terminal = {readonly own: OwnTerminal; readonly theme: Theme};

async function takeScreen(
  options: WatchOptions,
  connection: Target | undefined,
  host: Host,
  endings: Endings,
): Promise<Terminal> {
  const colour = options.colour && !process.env.NO_COLOR;
  // Ink's own colours ask the environment once, when they are loaded; ours ask the theme. They must agree.
  process.env.FORCE_COLOR = colour ? '1' : '0';
  const [{takeTerminal}, {startingState}, {createTheme}] = await Promise.all([
    import('./ownTerminal.ts'),
    import('./startingState.ts'),
    import('../ui/theme.ts'),
  ]);
  const theme = createTheme({colour});
  const isReadonly = connection?.readonly ?? asksForReadonly(options);
  const state = startingState(options, connection ?? {profile: 'demo', readonly: isReadonly});
  const plain = options.plainUi || process.env.INK_SCREEN_READER === 'true';
  return {own: takeTerminal({host, endings, theme, state, plain}), theme};
}

async function show(watching: Watching, {own, theme}: Terminal): Promise<void> {
  const {api, target} = watching;
  const [failure, {showScreen}] = await Promise.all([
    makeContact(api, systemClock, target.origin.host),
    import('./screen.tsx'),
  ]);
  if (failure) throw explain(failure, target);
  await showScreen(watching, own, theme);
}
