import {stripVTControlCharacters} from 'node:util';
import {render} from 'ink-testing-library';
import {type ManualClock, manualClock} from '../../src/clock/manualClock.ts';
import type {Effect, Event} from '../../src/model/event.ts';
import {initialState} from '../../src/model/initial.ts';
import {reduce} from '../../src/model/reduce.ts';
import type {SandboxPatch} from '../../src/model/sandbox.ts';
import {createStore, type Store} from '../../src/model/store.ts';
import {App} from '../../src/ui/App.tsx';
import {createTheme} from '../../src/ui/theme.ts';
import {WALL0} from '../support/builders.ts';
import {session} from './fleet.ts';

export type Running = {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly effects: Effect[];
  readonly interrupts: () => number;
  /** Writes to the terminal's input, one packet each. */
  readonly type: (...packets: readonly string[]) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly picture: () => string;
  readonly line: (text: string) => string;
  readonly [Symbol.dispose]: () => void;
};

const patch = (index: number): SandboxPatch => ({
  id: `sb_${String(index).padStart(4, '0')}`,
  status: index === 3 ? 'paused' : 'running',
  templateName: 'agent-py311',
  region: 'us-east',
  createdAt: WALL0 - 3_600_000,
  expiresAt: WALL0 + 3_600_000 + index * 60_000,
});

/** The App on a real store, connected, with `count` sandboxes read. */
export function startApp(count = 30): Running {
  const clock = manualClock(WALL0);
  const effects: Effect[] = [];
  let interrupts = 0;
  const store = createStore({
    initial: initialState({session, now: clock.monotonic(), wall: clock.wall()}),
    reduce,
    run: (effect) => effects.push(effect),
    schedule: (_, notify) => notify(),
    now: clock.monotonic,
  });
  const app = render(
    <App store={store} clock={clock} theme={createTheme({colour: false})} onInterrupt={() => (interrupts += 1)} />,
  );
  const resize = (columns: number, rows: number) => {
    Object.defineProperty(app.stdout, 'columns', {value: columns, configurable: true});
    Object.defineProperty(app.stdout, 'rows', {value: rows, configurable: true});
    app.stdout.emit('resize');
  };
  resize(80, 24);
  connect(store, clock, count);
  const picture = () => stripVTControlCharacters(app.lastFrame() ?? '');
  return {
    clock,
    store,
    effects,
    interrupts: () => interrupts,
    type: (...packets) => {
      for (const packet of packets) app.stdin.write(packet);
    },
    resize,
    picture,
    [Symbol.dispose]: app.unmount,
    line: (text) =>
      picture()
        .split('\n')
        .find((each) => each.includes(text)) ?? '',
  };
}

function connect(store: Store, clock: ManualClock, count: number): void {
  const at = clock.monotonic();
  const said: readonly Event[] = [
    {type: 'stream.connecting', at, attempt: 1},
    {type: 'stream.opened', at},
    {type: 'list.page', at, asOf: at, run: 1, patches: Array.from({length: count}, (_, index) => patch(index))},
    {type: 'list.ended', at, run: 1, complete: true},
  ];
  for (const event of said) store.dispatch(event);
}
