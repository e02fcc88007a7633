import {type RenderOptions, render} from 'ink';
import {App} from '../src/ui/App.tsx';
import {createTheme} from '../src/ui/theme.ts';
import type {Output} from './output.ts';
import {paintScreen} from './paintOnly.ts';
import type {Stage} from './stage.ts';

export type Running = {
  /** Resolves when everything that is on its way has been written. */
  readonly flush: () => Promise<unknown>;
  readonly stop: () => void;
};

const theme = createTheme({colour: true});

/** Ink waits between two frames by the clock on the wall, which here is none of its business. */
const UNHELD_FPS = 1000;

function startInk({store, clock}: Stage, {stdout, stdin}: Output, options: RenderOptions): Running {
  const app = render(<App store={store} clock={clock} theme={theme} />, {
    stdout,
    stdin,
    alternateScreen: true,
    exitOnCtrlC: false,
    patchConsole: false,
    interactive: true,
    maxFps: UNHELD_FPS,
    ...options,
  });
  return {flush: () => app.waitUntilRenderFlush(), stop: () => app.unmount()};
}

function startPainting({store}: Stage): Running {
  let painted: unknown;
  const stop = store.subscribe(() => {
    painted = paintScreen(store.getState(), theme);
  });
  return {flush: async () => painted, stop};
}

/** The ways from a State to a terminal that are compared; the last has no terminal, and shows what the rest costs. */
export const writers = {
  ink: (stage, output) => startInk(stage, output, {}),
  'ink, incremental': (stage, output) => startInk(stage, output, {incrementalRendering: true}),
  'painters alone': (stage) => startPainting(stage),
} satisfies Readonly<Record<string, (stage: Stage, output: Output) => Running>>;

export type WriterName = keyof typeof writers;
