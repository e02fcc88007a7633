import type {FileEvent} from './fileEvents.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type Transitions = {
  readonly [T in FileEvent['type']]: (state: State, event: Extract<FileEvent, {readonly type: T}>) => Step;
};

export const fileTransitions: Transitions = {
  'file.saved': (state) => [state],
  'file.refused': (state) => [state],
  'connect.asked': (state) => [state],
};
