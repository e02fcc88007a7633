import type {FormEvent} from './formEvents.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type Transitions = {
  readonly [T in FormEvent['type']]: (state: State, event: Extract<FormEvent, {readonly type: T}>) => Step;
};

export const formTransitions: Transitions = {
  'form.opened': (state) => [state],
  'form.edited': (state) => [state],
  'form.moved': (state) => [state],
  'form.chosen': (state) => [state],
  'form.submitted': (state) => [state],
  'form.closed': (state) => [state],
  'palette.edited': (state) => [state],
  'create.queued': (state) => [state],
  'create.accepted': (state) => [state],
  'create.refused': (state) => [state],
};
