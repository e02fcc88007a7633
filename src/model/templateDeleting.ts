import type {EventOf} from './event.ts';
import {logged, noticed} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {deleteQuestion, withQuestion} from './templateAsked.ts';
import {withTemplateRows} from './templateRows.ts';
import type {Deletion, Templates} from './templates.ts';
import {deleteRefusal} from './templateUse.ts';

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
  const sent = withDeletion(state, id, {phase: 'sent', at, until: undefined});
  return [noticed(sent, at, `deleting template ${nameOf(state, id)}`), {do: 'template.delete', id}];
}

const withTemplates = (state: State, change: Partial<Templates>): State => ({
  ...state,
  templates: {...state.templates, ...change},
});

const withDeletion = (state: State, id: string, deletion: Deletion): State =>
  withTemplates(state, {deletions: state.templates.deletions.set(id, deletion)});

const withoutDeletion = (state: State, id: string): State =>
  withTemplates(state, {deletions: state.templates.deletions.delete(id)});

const nameOf = ({templates}: State, id: string): string => {
  const name = templates.rows.get(id)?.name;
  return name === undefined || name === id ? id : `${name} (${id})`;
};

export function deletionQueued(state: State, {at, id, until}: EventOf<'template.queued'>): Step {
  if (!state.templates.deletions.has(id)) return [state];
  return [withDeletion(state, id, {phase: 'queued', at, until})];
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
  return [withDeletion(said, id, {phase: 'unknown', at, until: undefined}), {do: 'templates.read'}];
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
