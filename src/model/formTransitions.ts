import {createAccepted, createAdmitted, createQueued, createRefused} from './creating.ts';
import {formChosen, formClosed, formEdited, formMoved, formOpened, paletteEdited} from './formEditing.ts';
import type {FormEvent} from './formEvents.ts';
import {formSubmitted} from './formSubmitting.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

type Transitions = {
  readonly [T in FormEvent['type']]: (state: State, event: Extract<FormEvent, {readonly type: T}>) => Step;
};

export const formTransitions: Transitions = {
  'form.opened': formOpened,
  'form.edited': formEdited,
  'form.moved': formMoved,
  'form.chosen': formChosen,
  'form.submitted': formSubmitted,
  'form.closed': formClosed,
  'palette.edited': paletteEdited,
  'create.queued': createQueued,
  'create.admitted': createAdmitted,
  'create.accepted': createAccepted,
  'create.refused': createRefused,
};
