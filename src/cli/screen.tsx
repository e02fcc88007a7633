import {homedir} from 'node:os';
import {render, useApp} from 'ink';
import {type ReactNode, useEffect} from 'react';
import {systemClock} from '../clock/clock.ts';
import {startSession} from '../runtime/session.ts';
import {PaintedCanvases} from '../terminal/Canvas.tsx';
import {clipboardSequence, multiplexerOf} from '../terminal/clipboard.ts';
import type {ScreenOutput} from '../terminal/screenOutput.ts';
import {App} from '../ui/App.tsx';
import type {Theme} from '../ui/theme.ts';
import {type Borrower, createBorrower} from './borrower.ts';
import type {HandOver} from './jobControl.ts';
import {createLending} from './lending.ts';
import {createNewFiles} from './newFile.ts';
import type {OwnTerminal} from './ownTerminal.ts';
import {createSpecs} from './spec.ts';
import {startingState} from './startingState.ts';
import {keepTerminalSettings} from './terminalSettings.ts';
import {unsettledActs} from './unsent.ts';
import type {Watching} from './watch.ts';

/** The live screen, until it is left. Every way out is an ending; the promise settles with Ink's. */
export async function showScreen(watching: Watching, terminal: OwnTerminal, theme: Theme): Promise<void> {
  const {options, target, api, relay, endings, debug, journal, connect} = watching;
  const {grid, jobs} = terminal;
  const orFail = (done: Promise<void>) => void done.catch((error) => endings.end({why: 'failed', error}));
  const session = startSession({
    openApi(observer) {
      relay.connect(observer);
      return api;
    },
    clock: systemClock,
    random: Math.random,
    initial: startingState(options, {...target, canConnect: connect !== undefined}),
    terminal: {
      suspend: () => orFail(jobs.suspend()),
      redraw: () => orFail(jobs.redraw()),
      copy: (text) => copyTo(grid, text),
      connect: createLending({
        ...{jobs, endings, borrower: borrowerOf(watching)},
        ...{input: process.stdin, keepSettings: keepTerminalSettings},
      }),
      quit: () => endings.end({why: 'done', exit: 'ok'}),
    },
    files: createNewFiles(homedir()),
    journal,
    specs: createSpecs(process.env, homedir()),
  });
  debug?.onTrouble((text) => session.store.dispatch({type: 'notice.shown', at: systemClock.monotonic(), text}));
  endings.undoAtEnd(() => unsettledActs(session.store.getState()));
  if (grid) session.store.subscribe(grid.requestPaint);
  const screen = render(
    <Painting grid={grid}>
      <HandOverPort onReady={terminal.leaveToInk} />
      <App
        store={session.store}
        clock={systemClock}
        theme={theme}
        onInterrupt={() => endings.end({why: 'done', exit: 'interrupted'})}
      />
    </Painting>,
    {
      // Whole frames, each by itself: what the grid compares with what the terminal shows.
      ...(grid ? {stdout: grid.stdout, debug: true} : {}),
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

/** Our own colours are no business of the command's. */
const borrowerOf = ({connect, target: {key, origin}, forcedColour}: Watching): Borrower | undefined =>
  connect && createBorrower({command: connect, key, origin, env: {...process.env, FORCE_COLOR: forcedColour}});

/** What is too long for a clipboard is nothing that a key copies. */
function copyTo(grid: ScreenOutput | undefined, text: string): void {
  const sequence = clipboardSequence(text, multiplexerOf(process.env));
  if (sequence === undefined) return;
  if (grid) grid.control(sequence);
  else process.stdout.write(sequence);
}

type PaintingProps = {readonly grid: ScreenOutput | undefined; readonly children: ReactNode};

const Painting = ({grid, children}: PaintingProps) =>
  grid ? <PaintedCanvases canvases={grid.canvases}>{children}</PaintedCanvases> : children;

/** Ink gives `suspendTerminal` to components only. */
function HandOverPort({onReady}: {readonly onReady: (suspendTerminal: HandOver) => void}) {
  const {suspendTerminal} = useApp();
  useEffect(() => onReady(suspendTerminal), [onReady, suspendTerminal]);
  return null;
}
