import {GRACE_MS} from './actions.ts';
import type {EventOf} from './event.ts';
import type {Failure} from './failure.ts';
import {formatAge} from './format.ts';
import {logged, noticed, type Said} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import {forEach, type Step} from './step.ts';
import {deleteQuestion, withQuestion} from './templateAsked.ts';
import {withTemplateRows} from './templateRows.ts';
import type {Deletion, Templates} from './templates.ts';
import {deleteRefusal, lateDeleteRefusal} from './templateUse.ts';
import {heldTooLong, hopelessness, isLate, lateness} from './unsent.ts';

/** A key asked for it: refused with a reason, or asked about. */
export function deleteAsked(state: State, {at, id}: EventOf<'template.deleteAsked'>): Step {
  if (isCovered(state)) return [state];
  const reason = deleteRefusal(state, id);
  const template = state.templates.rows.get(id);
  if (reason !== undefined || !template) return [noticed(state, at, `delete: ${reason ?? 'no such template'}`, 'warn')];
  return [withQuestion({...state, notice: undefined}, deleteQuestion(template, at))];
}

/** Everything is asked anew: the fleet did not wait for the answer. */
export function deletionAgreed(state: State, at: Stamp, id: string): Step {
  const reason = deleteRefusal(state, id);
  if (reason !== undefined) return [noticed(state, at, `delete: ${reason}`, 'warn')];
  const deletion: Deletion = {phase: 'grace', askedAt: at, at, until: at + GRACE_MS, refusals: 0};
  const text = `template ${nameOf(state, id)} is deleted in ${GRACE_MS / 1000} s: u takes it back`;
  return [noticed(withDeletion(state, id, deletion), at, text, 'warn')];
}

const withTemplates = (state: State, change: Partial<Templates>): State => ({
  ...state,
  templates: {...state.templates, ...change},
});

const withDeletion = (state: State, id: string, deletion: Deletion): State =>
  withTemplates(state, {deletions: state.templates.deletions.set(id, deletion)});

const withoutDeletion = (state: State, id: string): State =>
  withTemplates(state, {deletions: state.templates.deletions.delete(id)});

/** By name and id, as far as it is known. */
export const nameOf = ({templates}: Pick<State, 'templates'>, id: string): string => {
  const name = templates.rows.get(id)?.name;
  return name === undefined || name === id ? id : `${name} (${id})`;
};

/** Phases in which nothing of a delete has left. */
export const isDeletionUnsent = ({phase}: Deletion): boolean => phase === 'grace' || phase === 'queued';

/** Graces that are over go on to the limiter, unless something speaks against them; what has waited too long ends. */
export const deletionsDue = (state: State, at: Stamp): Step =>
  forEach(state, state.quitting ? [] : state.templates.deletions, (next, [id, deletion]) => {
    if (!isDeletionUnsent(deletion)) return [next];
    if (isLate(deletion, at)) return [deletionDropped(next, at, id, `not sent: ${heldTooLong(deletion, at)}`)];
    return deletion.phase === 'grace' && at >= (deletion.until ?? at) ? graceEnded(next, at, id, deletion) : [next];
  });

function graceEnded(state: State, at: Stamp, id: string, deletion: Deletion): Step {
  const reason = lateDeleteRefusal(state, id);
  if (reason !== undefined) return [deletionDropped(state, at, id, `not sent: ${reason}`)];
  return leaveAsked(state, at, id, deletion);
}

const leaveAsked = (state: State, at: Stamp, id: string, deletion: Deletion, until?: Stamp): Step => [
  withDeletion(state, id, {...deletion, phase: 'queued', at, until}),
  {do: 'template.ask', id, ...(until === undefined ? {} : {until})},
];

/** The moment in which it leaves or does not: everything is asked anew. */
export function deletionAdmitted(state: State, event: EventOf<'template.admitted'>): Step {
  const {at, id} = event;
  const deletion = state.templates.deletions.get(id);
  if (deletion?.phase !== 'queued' || state.quitting) return [state];
  const reason = lateness(state, event, deletion) ?? lateDeleteRefusal(state, id);
  if (reason !== undefined) return [deletionDropped(state, at, id, `not sent: ${reason}`)];
  const sent = withDeletion(state, id, {...deletion, phase: 'sent', at, until: undefined});
  return [noticed(sent, at, `deleting template ${nameOf(state, id)}`), {do: 'template.delete', id}];
}

/** By our own counting, or because the server said 429: then it asks for leave anew. Said in the log once. */
export function deletionQueued(state: State, event: EventOf<'template.queued'>): Step {
  const {at, id, until, failure} = event;
  const deletion = state.templates.deletions.get(id);
  if (deletion?.phase !== (failure ? 'sent' : 'queued')) return [state];
  const next = {...deletion, refusals: deletion.refusals + (failure ? 1 : 0)};
  const reason = hopelessness(event, next, 'next request');
  if (reason !== undefined)
    return [deletionDropped(state, at, id, `${failure ? 'not carried out' : 'not sent'}: ${reason}`, failure)];
  const text = `delete of template ${nameOf(state, id)} waits for the request limit: goes on in ${formatAge(until - at)}`;
  const said = noticed(state, at, `${text}; u takes it back`, 'warn');
  const told = deletion.until === undefined ? deletionLogged(said, at, {text, tone: 'warn'}) : said;
  return failure ? leaveAsked(told, at, id, next, until) : [withDeletion(told, id, {...next, until})];
}

const deletionLogged = (state: State, at: Stamp, said: Omit<Said, 'kind' | 'source'>): State =>
  logged(state, at, {kind: 'delete', source: 'you', ...said});

/** It ends here and nothing was changed: said on the screen and in the log. */
export function deletionDropped(state: State, at: Stamp, id: string, why: string, failure?: Failure): State {
  const text = `template ${nameOf(state, id)} ${why}`;
  const {requestId, status} = failure ?? {};
  const told = deletionLogged(withoutDeletion(state, id), at, {text, tone: 'danger', requestId, status});
  return noticed(told, at, text, 'danger');
}

/** `u`. */
export function deletionTakenBack(state: State, at: Stamp, id: string): State {
  const refusals = state.templates.deletions.get(id)?.refusals ?? 0;
  const text = `delete of template ${nameOf(state, id)} taken back: ${refusals > 0 ? 'not carried out' : 'nothing was sent'}`;
  return noticed(deletionLogged(withoutDeletion(state, id), at, {text}), at, text);
}

export function templateDeleted(state: State, {at, id, status, requestId}: EventOf<'template.deleted'>): Step {
  const name = nameOf(state, id);
  const text = status === 404 ? `template ${name} was gone already` : `template ${name} deleted`;
  const {rows, gone} = state.templates;
  const settled = withTemplates(withoutDeletion(state, id), {gone: gone.set(id, at)});
  const without = withTemplateRows(settled, at, rows.delete(id));
  const said = logged(without, at, {kind: 'delete', text, source: 'you', status, requestId, tone: 'good'});
  return [noticed(said, at, text)];
}

/** In the server's words; where nobody knows, the list is read. */
export function templateKept(state: State, {at, id, failure}: EventOf<'template.kept'>): Step {
  const {status, requestId, message, mayHaveHappened} = failure;
  const name = nameOf(state, id);
  const tone = mayHaveHappened ? 'warn' : 'danger';
  const text = mayHaveHappened
    ? `template ${name}: outcome unknown, the list is read: ${message}`
    : `template ${name} refused: ${message}`;
  const said = noticed(
    logged(state, at, {kind: 'delete', text, source: 'you', status, requestId, tone}),
    at,
    text,
    tone,
  );
  if (!mayHaveHappened) return [withoutDeletion(said, id)];
  return [
    withDeletion(said, id, {phase: 'unknown', askedAt: at, at, until: undefined, refusals: 0}),
    {do: 'templates.read'},
  ];
}

/** A list asked for after a delete without an answer says what became of it. */
export function deletionsSettled(state: State, at: Stamp, asOf: Stamp): State {
  let next = state;
  for (const [id, deletion] of state.templates.deletions) {
    if (deletion.phase !== 'unknown' || asOf < deletion.at) continue;
    const isThere = state.templates.rows.has(id);
    const text = isThere ? `template ${nameOf(state, id)}: the delete did not happen` : `template ${id} is gone`;
    const tone = isThere ? ('warn' as const) : ('good' as const);
    next = withoutDeletion(logged(next, at, {kind: 'delete', text, source: 'you', tone}), id);
    next = noticed(next, at, text, isThere ? 'warn' : 'plain');
  }
  return next;
}
