import type {State} from './state.ts';
import type {Step} from './step.ts';
import type {TemplateEvent} from './templateEvents.ts';

type Transitions = {
  readonly [T in TemplateEvent['type']]: (state: State, event: Extract<TemplateEvent, {readonly type: T}>) => Step;
};

export const templateTransitions: Transitions = {
  'templates.listed': (state) => [state],
  'templates.failed': (state) => [state],
  'templates.observed': (state) => [state],
  'templates.stream': (state) => [state],
  'template.deleteAsked': (state) => [state],
  'template.deleted': (state) => [state],
  'template.kept': (state) => [state],
  'spec.asked': (state) => [state],
  'spec.read': (state) => [state],
  'spec.refused': (state) => [state],
  'build.queued': (state) => [state],
  'upload.progressed': (state) => [state],
  'build.started': (state) => [state],
  'build.refused': (state) => [state],
  'build.observed': (state) => [state],
  'build.unread': (state) => [state],
  'buildLog.told': (state) => [state],
  'buildLog.opened': (state) => [state],
  'buildLog.ended': (state) => [state],
};
