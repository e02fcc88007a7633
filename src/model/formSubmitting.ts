import {isDeaf} from './answering.ts';
import {actionAsked} from './asking.ts';
import {bulkTransitions} from './bulkTransitions.ts';
import {creationBegun} from './creating.ts';
import type {EventOf} from './event.ts';
import type {Form} from './form.ts';
import {secondsOf} from './formDuration.ts';
import {creationUnderWay, fieldMistake, fieldsOf} from './formEditing.ts';
import type {FormId} from './formEvents.ts';
import {disabledReason, heldBackReason} from './refusal.ts';
import type {Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {buildRefusal, specAsked} from './templateSpec.ts';

type Submission = {
  /** Why it cannot be sent now; undefined: it can. */
  readonly refusal: (state: State, form: Form) => string | undefined;
  /** What happens once the form is closed. */
  readonly send: (state: State, at: Stamp, form: Form) => Step;
};

/** Where each form goes. */
const submissions: Readonly<Record<FormId, Submission>> = {
  timeout: {
    refusal: (state, {ids}) =>
      isForMarks(state, ids) ? heldBackReason(state) : disabledReason(state, 'timeout', ids[0] ?? undefined),
    send: timeoutSent,
  },
  create: {refusal: (state) => heldBackReason(state) ?? creationUnderWay(state), send: creationBegun},
  build: {
    refusal: buildRefusal,
    send: specSent,
  },
};

/** For the marked it is a plan, however few they are. */
const isForMarks = ({marks}: State, ids: readonly string[]): boolean =>
  ids.length > 1 || ids.some((id) => marks.has(id));

/** Of one it is an act like any other; of the marked it is a plan, which sends nothing yet. */
function timeoutSent(state: State, at: Stamp, {ids, values}: Form): Step {
  const timeoutSeconds = secondsOf(values.timeout ?? '');
  if (timeoutSeconds === undefined) return [state];
  const [id] = ids;
  if (id === undefined) return [state];
  const asked = {at, action: 'timeout', timeoutSeconds} as const;
  return isForMarks(state, ids)
    ? bulkTransitions['plan.asked'](state, {type: 'plan.asked', ...asked})
    : actionAsked(state, {type: 'action.asked', ...asked, id});
}

/** Nothing is sent yet, and the path may be wrong: the form stays until the file is read. */
function specSent(state: State, at: Stamp, form: Form): Step {
  const kept = {...state, form: {...form, mistake: undefined, isReading: true as const}};
  return specAsked(kept, {type: 'spec.asked', at, path: form.values.path?.trim() ?? ''});
}

/** A mistake, or a reason not to send it, leaves everything as it stands in the form. */
export function formSubmitted(state: State, {at}: EventOf<'form.submitted'>): Step {
  const {form} = state;
  if (!form || form.isReading || isDeaf(form, at)) return [state];
  const mistake = fieldsOf(form)
    .map((_, index) => fieldMistake(form, index))
    .find((each) => each !== undefined);
  if (mistake) return [{...state, form: {...form, field: mistake.field ?? form.field, mistake}}];
  const {refusal, send} = submissions[form.id];
  const reason = refusal(state, form);
  if (reason !== undefined) return [{...state, form: {...form, mistake: {field: undefined, text: reason}}}];
  return send({...state, form: undefined, notice: undefined}, at, form);
}
