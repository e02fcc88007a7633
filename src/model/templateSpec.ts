import type {Sending} from './builds.ts';
import {withBuilds, withStartedBuild} from './buildsKnown.ts';
import type {EventOf} from './event.ts';
import type {Failure} from './failure.ts';
import {logged, noticed, type Said} from './logging.ts';
import {heldBackReason} from './refusal.ts';
import type {Stamp} from './sandbox.ts';
import {isCovered} from './screen.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import type {SpecSummary} from './template.ts';
import {withQuestion} from './templateAsked.ts';
import {heldTooLong, hopelessness, isLate, lateness} from './unsent.ts';

/** Why no spec can be read and sent now. */
export function buildRefusal(state: State): string | undefined {
  const {sending} = state.builds;
  return heldBackReason(state) ?? (sending && `the build of ${sending.name} is still being sent: wait for its outcome`);
}

export function specAsked(state: State, {at, path}: EventOf<'spec.asked'>): Step {
  const reason = buildRefusal(state);
  if (reason !== undefined) return [noticed(state, at, `build: ${reason}`, 'warn')];
  const reading = noticed(withBuilds(state, {reading: path}), at, `reading ${path}: nothing is sent yet`);
  return [reading, {do: 'spec.read', path}];
}

/** Shown before anything leaves; where something else has the keys, it is asked for again. */
export function specRead(state: State, {at, path, spec}: EventOf<'spec.read'>): Step {
  if (state.builds.reading !== path) return [state];
  const read = {...withBuilds(state, {reading: undefined}), form: state.form?.isReading ? undefined : state.form};
  const reason = buildRefusal(read);
  if (reason !== undefined) return [noticed(read, at, `build: ${reason}`, 'warn')];
  if (isCovered(read)) return [noticed(read, at, `${spec.path} was read, and another question is open: B asks again`)];
  return [withQuestion({...read, notice: undefined}, {kind: 'build', spec, focus: 'cancel', top: 0, openedAt: at})];
}

/** The form that named the file keeps its path, to be put right; another that was opened since is left alone. */
export function specRefused(state: State, {at, path, mistake}: EventOf<'spec.refused'>): Step {
  if (state.builds.reading !== path) return [state];
  const text = `${path}: ${mistake}`;
  const said = logged(withBuilds(state, {reading: undefined}), at, {kind: 'spec', text, tone: 'danger'});
  if (!said.form?.isReading) return [noticed(said, at, text, 'danger')];
  const {isReading: _, ...form} = said.form;
  return [{...said, form: {...form, mistake: {field: 0, text: mistake}}, notice: undefined}];
}

/** The user agreed: it leaves once. */
export function buildAgreed(state: State, at: Stamp, {specId, name}: SpecSummary): Step {
  const reason = buildRefusal(state);
  if (reason !== undefined) return [noticed(state, at, `build: ${reason}`, 'warn')];
  const sending: Sending = {
    ...{specId, name, phase: 'uploading', askedAt: at, until: undefined, refusals: 0},
    ...{sentBytes: 0, totalBytes: 0},
  };
  return [noticed(withSending(state, sending), at, `sending the build of ${name}`), {do: 'build', specId, name}];
}

const withSending = (state: State, sending: Sending | undefined): State => withBuilds(state, {sending});

/** News of a spec that is not being sent any more says nothing. */
function sent<E extends {readonly specId: number}>(change: (state: State, event: E, sending: Sending) => Step) {
  return (state: State, event: E): Step => {
    const {sending} = state.builds;
    return sending?.specId === event.specId ? change(state, event, sending) : [state];
  };
}

/** Its uploads, by our own counting; its start by that, or because the server said 429: then it asks for leave anew. */
export const buildQueued = sent<EventOf<'build.queued'>>((state, event, sending) => {
  const {at, until, failure} = event;
  if (sending.phase === 'uploading') return [withSending(state, {...sending, until})];
  if (sending.phase !== (failure ? 'sent' : 'queued')) return [state];
  const next = {...sending, until, refusals: sending.refusals + (failure ? 1 : 0)};
  const reason = hopelessness(event, next, 'next build');
  if (reason !== undefined) return [buildDropped(state, at, sending, `refused: ${reason}`, failure)];
  return failure ? leaveAsked(state, next) : [withSending(state, next)];
});

const leaveAsked = (state: State, sending: Sending): Step => {
  const {specId, until} = sending;
  const effect = {do: 'build.ask', specId, ...(until === undefined ? {} : {until})} as const;
  return [withSending(state, {...sending, phase: 'queued'}), effect];
};

export const buildReady = sent<EventOf<'build.ready'>>((state, {at}, sending) =>
  sending.phase === 'uploading' ? leaveAsked(state, {...sending, askedAt: at, until: undefined}) : [state],
);

/** The moment in which it begins or does not: everything is asked anew. */
export const buildAdmitted = sent<EventOf<'build.admitted'>>((state, event, sending) => {
  if (sending.phase !== 'queued' || state.quitting) return [state];
  const reason = lateness(state, event, sending) ?? heldBackReason(state);
  if (reason !== undefined) return [buildDropped(state, event.at, sending, `not begun: ${reason}`)];
  const {specId, name} = sending;
  return [withSending(state, {...sending, phase: 'sent', until: undefined}), {do: 'build.start', specId, name}];
});

/** It ends here and no build has begun: said on the screen and in the log. */
export function buildDropped(state: State, at: Stamp, {name}: Sending, why: string, failure?: Failure): State {
  const {requestId, status} = failure ?? {};
  return buildEnded(state, at, {text: `build of ${name} ${why}`, tone: 'danger', requestId, status});
}

/** `u`. */
export const buildTakenBack = (state: State, at: Stamp, {name}: Sending): State =>
  buildEnded(state, at, {text: `build of ${name} taken back: it was not begun`});

function buildEnded(state: State, at: Stamp, said: Omit<Said, 'kind' | 'source'>): State {
  const told = logged(withSending(state, undefined), at, {kind: 'build', source: 'you', ...said});
  return noticed(told, at, said.text, said.tone === 'danger' || said.tone === 'warn' ? said.tone : 'plain');
}

/** Held by a limit for longer than anybody remembers. */
export function buildDue(state: State, at: Stamp): State {
  const {sending} = state.builds;
  if (sending?.phase !== 'queued' || state.quitting || !isLate(sending, at)) return state;
  return buildDropped(state, at, sending, `not begun: ${heldTooLong(sending, at)}`);
}

export const uploadProgressed = sent<EventOf<'upload.progressed'>>((state, {sentBytes, totalBytes}, sending) => [
  withSending(state, {...sending, until: undefined, sentBytes, totalBytes}),
]);

export const buildStarted = sent<EventOf<'build.started'>>((state, event) => {
  const {at, name, buildId, templateId, status, requestId} = event;
  const text = `build ${buildId} of ${name} started`;
  const over = withSending(state, undefined);
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
  const said = buildEnded(state, at, {text, status, requestId, tone});
  return mayHaveHappened ? [said, {do: 'templates.read'}] : [said];
});
