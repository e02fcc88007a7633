import {Console} from 'node:console';
import {Writable} from 'node:stream';
import {render, useApp} from 'ink';
import {useEffect} from 'react';
import {systemClock} from '../clock/clock.ts';
import {initialState} from '../model/initial.ts';
import {startSession} from '../runtime/session.ts';
import {restoreSequence} from '../terminal/ansi.ts';
import {PaintedCanvases} from '../terminal/Canvas.tsx';
import {createScreenOutput} from '../terminal/screenOutput.ts';
import {createTtyOutput} from '../terminal/ttyOutput.ts';
import {App} from '../ui/App.tsx';
import {regions} from '../ui/regions.ts';
import {createTheme} from '../ui/theme.ts';
import {writeNow} from './host.ts';
import {createJobControl, type HandOver} from './jobControl.ts';
import {watchTerminal} from './lostTerminal.ts';
import {unsettledActs} from './unsent.ts';
import type {Watching} from './watch.ts';

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
  const grid = createScreenOutput(process.stdout, {
    output: createTtyOutput(process.stdout),
    clock: systemClock,
    soon: (run) => void setImmediate(run),
  });
  session.store.subscribe(grid.requestPaint);
  const screen = render(
    <PaintedCanvases canvases={grid.canvases}>
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
    </PaintedCanvases>,
    {
      stdout: grid.stdout,
      // Whole frames, each by itself: what the grid compares with what the terminal shows.
      debug: true,
      alternateScreen: true,
      exitOnCtrlC: false,
      patchConsole: false,
      // A terminal is a terminal in CI too.
      interactive: true,
    },
  );
  endings.undoAtEnd(() => {
    if (!jobs.isAway()) screen.unmount();
    return [];
  });
  await screen.waitUntilExit();
  endings.end({why: 'done', exit: 'ok'});
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
