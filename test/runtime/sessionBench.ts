import type {Api, ApiObserver} from '../../src/api/types.ts';
import {type ManualClock, manualClock} from '../../src/clock/manualClock.ts';
import type {Budget} from '../../src/model/failure.ts';
import {initialState} from '../../src/model/initial.ts';
import type {Session} from '../../src/model/state.ts';
import type {JournalPort} from '../../src/runtime/journal.ts';
import {startSession} from '../../src/runtime/session.ts';
import type {TerminalPort} from '../../src/runtime/terminalPort.ts';
import {WALL0} from '../support/builders.ts';
import {answered, createFakeApi, page} from '../support/fakeApi.ts';
import {type FakeFiles, fakeFiles} from '../support/fakeFiles.ts';
import {noSpecs} from '../support/noSpecs.ts';
import {settle} from '../support/settle.ts';

export type Given = {
  readonly script?: Partial<Api>;
  readonly terminal?: Partial<TerminalPort>;
  readonly clock?: ManualClock;
  /** Told while the door is being opened. */
  readonly early?: Budget;
  readonly files?: FakeFiles;
  readonly journal?: JournalPort;
  readonly session?: Partial<Session>;
};

/** A whole session against a fake server, on a clock that stands still. */
export function start({script, terminal, early, clock = manualClock(WALL0), ...given}: Given = {}) {
  const fake = createFakeApi(clock.monotonic, script);
  const asked: string[] = [];
  const observers: ApiObserver[] = [];
  const session = startSession({
    openApi(observer) {
      observers.push(observer);
      if (early) observer.budgetChanged(early);
      return fake.api;
    },
    clock,
    random: () => 0.5,
    initial: initialState({
      session: {
        ...{profile: 'p', host: 'h', keyId: undefined, readonly: false, demo: true, metricsLimit: 5},
        ...given.session,
      },
      now: clock.monotonic(),
      wall: clock.wall(),
    }),
    terminal: {
      suspend: () => asked.push('suspend'),
      redraw: () => asked.push('redraw'),
      copy: (text) => asked.push(`copy ${text}`),
      connect: async (id) => void asked.push(`connect ${id}`),
      quit: () => asked.push('quit'),
      ...terminal,
    },
    files: given.files ?? fakeFiles(),
    journal: given.journal,
    specs: noSpecs,
  });
  /** Lets the stream open, and what follows from it. */
  const connect = async () => {
    await settle();
    fake.sandboxStreams.at(-1)?.push({type: 'opened'});
    await settle();
  };
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100);
      await settle();
    }
  };
  const methods = () => fake.calls.map(({method}) => method);
  return {...session, ...fake, clock, asked, observer: observers[0], connect, pass, methods};
}

/** A server with these running sandboxes. */
export const listOf = (ids: readonly string[]): Partial<Api> => ({listSandboxes: async () => answered(page(ids))});
