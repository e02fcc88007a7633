import {setImmediate} from 'node:timers/promises';
import {type RenderOptions, render} from 'ink';
import {PaintedCanvases} from '../src/terminal/Canvas.tsx';
import {createScreenOutput} from '../src/terminal/screenOutput.ts';
import {createTtyOutput} from '../src/terminal/ttyOutput.ts';
import {App} from '../src/ui/App.tsx';
import {createTheme} from '../src/ui/theme.ts';
import type {Output} from './output.ts';
import {paintScreen} from './paintScreen.ts';
import type {Stage} from './stage.ts';

type Running = {
  /** Resolves when everything that is on its way has been written. */
  readonly flush: () => Promise<unknown>;
  readonly stop: () => void;
};

type Writer = (stage: Stage, output: Output) => Running;

const theme = createTheme({colour: true});

const inkOptions = {
  alternateScreen: true,
  exitOnCtrlC: false,
  patchConsole: false,
  interactive: true,
} satisfies RenderOptions;

/** As `cli/screen` does: canvases painted into the cells of the screen, Ink for what it lays out. */
const startGrid: Writer = ({store, clock}, {stdout, stdin}) => {
  const grid = createScreenOutput(stdout, {
    output: createTtyOutput(stdout),
    clock,
    soon: (run) => void globalThis.setImmediate(run),
  });
  store.subscribe(grid.requestPaint);
  const app = render(
    <PaintedCanvases canvases={grid.canvases}>
      <App store={store} clock={clock} theme={theme} />
    </PaintedCanvases>,
    {...inkOptions, stdin, stdout: grid.stdout as NodeJS.WriteStream, debug: true},
  );
  return {
    async flush() {
      // What React renders in the first turn of the event loop is painted in the second.
      await setImmediate();
      await setImmediate();
    },
    stop: () => app.unmount(),
  };
};

/** Ink waits between two frames by the clock on the wall, which has no say here. */
const UNHELD_FPS = 1000;

/** The same App without the grid: its painters make `<Text>` rows, and Ink writes them. */
const startInk: Writer = ({store, clock}, {stdout, stdin}) => {
  const app = render(<App store={store} clock={clock} theme={theme} />, {
    ...inkOptions,
    stdin,
    stdout,
    maxFps: UNHELD_FPS,
  });
  return {flush: () => app.waitUntilRenderFlush(), stop: () => app.unmount()};
};

/** The same lines for nobody. */
const startPainting: Writer = ({store}) => {
  let painted: unknown;
  const stop = store.subscribe(() => {
    painted = paintScreen(store.getState(), theme);
  });
  return {flush: async () => painted, stop};
};

/** The ways from a State to a terminal that are compared: the product's, Ink's, and none, which is what the rest costs. */
export const writers = {grid: startGrid, ink: startInk, 'painters alone': startPainting} as const;

export type WriterName = keyof typeof writers;
