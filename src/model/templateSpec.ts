import {withBuilds, withStartedBuild} from './buildsKnown.ts';
import type {EventOf} from './event.ts';
import {logged, noticed} from './logging.ts';
import type {Stamp} from './sandbox.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import type {SpecSummary} from './template.ts';
import {withQuestion} from './templateAsked.ts';
import {changeRefusal} from './templateUse.ts';

/** Why no spec can be read and sent now. */
export function buildRefusal(state: State): string | undefined {
  const {sending} = state.builds;
  return changeRefusal(state) ?? (sending && `the build of ${sending.name} is still being sent: wait for its outcome`);
}

export function specAsked(state: State, {at, path}: EventOf<'spec.asked'>): Step {
  const reason = buildRefusal(state);
  if (reason !== undefined) return [noticed(state, at, `build: ${reason}`, 'warn')];
  const reading = noticed(withBuilds(state, {reading: path}), at, `reading ${path}: nothing is sent yet`);
  return [reading, {do: 'spec.read', path}];
}

/** The form that asked for the file has done its work. */
const withoutForm = (state: State): State => (state.form?.id === 'build' ? {...state, form: undefined} : state);

/** Shown before anything leaves; where something else has the keys, it is asked for again. */
export function specRead(state: State, {at, spec}: EventOf<'spec.read'>): Step {
  const read = withBuilds(withoutForm(state), {reading: undefined});
  const reason = buildRefusal(read);
  if (reason !== undefined) return [noticed(read, at, `build: ${reason}`, 'warn')];
  if (isCovered(read)) return [noticed(read, at, `${spec.path} was read, and another question is open: B asks again`)];
  return [withQuestion({...read, notice: undefined}, {kind: 'build', spec, focus: 'cancel', top: 0, openedAt: at})];
}

export function specRefused(state: State, {at, path, mistake}: EventOf<'spec.refused'>): Step {
  const text = `${path}: ${mistake}`;
  const read = withBuilds(state, {reading: undefined});
  const {form} = read;
  const shown = form?.id === 'build' ? {...read, form: {...form, mistake: {field: 0, text: mistake}}} : read;
  return [noticed(logged(shown, at, {kind: 'spec', text, tone: 'danger'}), at, text, 'danger')];
}

/** The user agreed: it leaves once. */
export function buildAgreed(state: State, at: Stamp, {specId, name}: SpecSummary): Step {
  const reason = buildRefusal(state);
  if (reason !== undefined) return [noticed(state, at, `build: ${reason}`, 'warn')];
  const sending = {specId, name, until: undefined, sentBytes: 0, totalBytes: 0};
  return [noticed(withBuilds(state, {sending}), at, `sending the build of ${name}`), {do: 'build', specId, name}];
}

/** News of a spec that is not being sent any more says nothing. */
function sent<E extends {readonly specId: number}>(change: (state: State, event: E) => Step) {
  return (state: State, event: E): Step =>
    state.builds.sending?.specId === event.specId ? change(state, event) : [state];
}

export const buildQueued = sent<EventOf<'build.queued'>>((state, {until}) => {
  const {sending} = state.builds;
  return [sending ? withBuilds(state, {sending: {...sending, until}}) : state];
});

export const uploadProgressed = sent<EventOf<'upload.progressed'>>((state, {sentBytes, totalBytes}) => {
  const {sending} = state.builds;
  return [sending ? withBuilds(state, {sending: {...sending, until: undefined, sentBytes, totalBytes}}) : state];
});

export const buildStarted = sent<EventOf<'build.started'>>((state, event) => {
  const {at, name, buildId, templateId, status, requestId} = event;
  const text = `build ${buildId} of ${name} started`;
  const over = withBuilds(state, {sending: undefined});
  const said = logged(over, at, {kind: 'build', text, source: 'you', status, requestId, tone: 'good'});
  const shown = withStartedBuild(said, {id: buildId, name, templateId});
  return [noticed(shown, at, `${text}${shown.view === 'builds' ? '' : ': 3 shows it'}`), {do: 'templates.read'}];
});

/** It can be sent again by asking again: nothing is sent twice by itself. */
export const buildRefused = sent<EventOf<'build.refused'>>((state, {at, name, failure}) => {
  const {status, requestId, message, mayHaveHappened} = failure;
  const tone = mayHaveHappened ? 'warn' : 'danger';
  const text = mayHaveHappened
    ? `build of ${name}: outcome unknown, the templates are read: ${message}`
    : `build of ${name} refused: ${message}`;
  const over = withBuilds(state, {sending: undefined});
  const said = noticed(logged(over, at, {kind: 'build', text, source: 'you', status, requestId, tone}), at, text, tone);
  return mayHaveHappened ? [said, {do: 'templates.read'}] : [said];
});
