import {Console} from 'node:console';
import {Writable} from 'node:stream';
import {render, useApp} from 'ink';
import {useEffect} from 'react';
import {type Cancel, systemClock} from '../clock/clock.ts';
import {initialState} from '../model/initial.ts';
import {startSession} from '../runtime/session.ts';
import {restoreSequence} from '../terminal/ansi.ts';
import {App} from '../ui/App.tsx';
import {regions} from '../ui/regions.ts';
import {createTheme} from '../ui/theme.ts';
import {writeNow} from './host.ts';
import {createJobControl, type HandOver} from './jobControl.ts';
import {watchTerminal} from './lostTerminal.ts';
import {unsettledActs} from './unsent.ts';
import type {Watching} from './watch.ts';

/** The store tells of keys and of data each at a pace of its own; Ink must not make the one wait for the other. */
const MOST_FRAMES_PER_SECOND = 30;

/** The live screen, until it is left. Every way out is an ending; the promise settles with Ink's. */
export async function showScreen(watching: Watching, {colour}: {readonly colour: boolean}): Promise<void> {
  const {api, relay, host, endings} = watching;
  let handOver: HandOver = async () => undefined;
  const jobs = createJobControl(host, systemClock, (away) => handOver(away));
  const orFail = (done: Promise<void>) => void done.catch((error) => endings.end({why: 'failed', error}));
  const session = startSession({
    openApi(observer) {
      relay.connect(observer);
      return api;
    },
    clock: systemClock,
    random: Math.random,
    initial: startingState(watching),
    terminal: {
      suspend: () => orFail(jobs.suspend()),
      redraw: () => orFail(jobs.redraw()),
      quit: () => endings.end({why: 'done', exit: 'ok'}),
    },
  });
  endings.undoAtEnd(() => unsettledActs(session.store.getState()));
  endings.undoAtEnd(() => {
    jobs.release();
    if (!jobs.isAway()) giveTerminalBack();
    return [];
  });
  silenceStrayOutput();
  watchTerminal({input: process.stdin, output: process.stdout}, systemClock, {
    lost: () => endings.end({why: 'lost'}),
    failed: (error) => endings.end({why: 'failed', error}),
  });
  // Before anything is drawn: a program in the background is stopped here, and starts to draw when it is fetched.
  process.stdin.setRawMode(true);
  const screen = render(
    <>
      <HandOverPort
        onReady={(suspendTerminal) => {
          handOver = suspendTerminal;
        }}
      />
      <App
        store={session.store}
        clock={systemClock}
        theme={createTheme({colour})}
        onInterrupt={() => endings.end({why: 'done', exit: 'interrupted'})}
      />
    </>,
    {
      alternateScreen: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
      maxFps: MOST_FRAMES_PER_SECOND,
      // A terminal is a terminal in CI too.
      interactive: true,
    },
  );
  endings.undoAtEnd(() => {
    if (!jobs.isAway()) screen.unmount();
    return [];
  });
  redrawAfterResize(() => orFail(jobs.redraw()));
  await screen.waitUntilExit();
  endings.end({why: 'done', exit: 'ok'});
}

/** A storm of sizes is over when none came for so long; Ink may then still owe a frame of an old size, so twice. */
const SETTLED_MS = [100, 600] as const;

/** Ink compares with lines that the terminal itself cuts and moves while it is resized: only a whole frame is right. */
function redrawAfterResize(redraw: () => void): void {
  let planned: readonly Cancel[] = [];
  process.stdout.on('resize', () => {
    for (const cancel of planned) cancel();
    planned = SETTLED_MS.map((ms) => systemClock.after(ms, redraw));
  });
}

/** Ink gives `suspendTerminal` to components only. */
function HandOverPort({onReady}: {readonly onReady: (suspendTerminal: HandOver) => void}) {
  const {suspendTerminal} = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  return null;
}

function startingState({options, target}: Watching) {
  const {columns, rows} = process.stdout;
  return initialState({
    session: {
      profile: target.profile,
      host: target.origin.host,
      keyId: target.keyId,
      readonly: target.readonly,
      demo: options.demo !== undefined,
      metricsLimit: options.metrics,
    },
    now: systemClock.monotonic(),
    wall: systemClock.wall(),
    filter: options.filter,
    ...(options.sort ? {sort: options.sort} : {}),
    screen: {columns, rows, listRows: regions(columns, rows, false).listRows},
  });
}

/** Cooked mode and the screen as it was, now, whatever the event loop is doing. */
function giveTerminalBack(): void {
  writeNow(1, restoreSequence);
  if (process.stdin.isRaw) process.stdin.setRawMode(false);
}

/** Nothing but frames may reach the screen: not what a package logs, and no warning of Node's. */
function silenceStrayOutput(): void {
  const nowhere = new Writable({write: (_chunk, _encoding, done) => done()});
  globalThis.console = new Console(nowhere, nowhere);
  process.removeAllListeners('warning');
  process.on('warning', () => undefined);
}
