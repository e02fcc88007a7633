import {createAccepted, createAdmitted, createQueued, createRefused} from './creating.ts';
import {formChosen, formClosed, formEdited, formMoved, formOpened, paletteEdited} from './formEditing.ts';
import type {FormEvent} from './formEvents.ts';
import {formSubmitted} from './formSubmitting.ts';
import type {TransitionsOf} from './step.ts';

export const formTransitions: TransitionsOf<FormEvent> = {
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
