import type {EventOf} from './event.ts';
import type {Failure} from './failure.ts';
import type {Creation, Form} from './form.ts';
import {formatAge} from './format.ts';
import {secondsOf} from './formDuration.ts';
import {readEnv} from './formEnv.ts';
import type {Wish} from './formEvents.ts';
import {listBegun} from './listing.ts';
import {logged, noticed, type Said} from './logging.ts';
import {moved} from './mending.ts';
import {sandboxObserved} from './observing.ts';
import {heldBackReason} from './refusal.ts';
import type {Stamp} from './sandbox.ts';
import {cursorSought, isCovered} from './screen.ts';
import {lineOf} from './standing.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';
import {heldTooLong, hopelessness, isLate, lateness} from './unsent.ts';

/** Sent when the limiter allows it, once. The form is gone; what stood in it is kept until the outcome is known. */
export function creationBegun(state: State, at: Stamp, {values}: Form): Step {
  const {templateName} = wishOf(values);
  const creation: Creation = {
    phase: 'queued',
    askedAt: at,
    templateName,
    heldUntil: undefined,
    refusals: 0,
    values,
    refusal: undefined,
  };
  return [noticed({...state, creation}, at, `creating a sandbox of ${templateName}…`), {do: 'create.ask'}];
}

/** What the fields say, which have no mistakes. */
function wishOf(values: Form['values']): Wish {
  const word = (id: string) => values[id]?.trim() ?? '';
  const env = readEnv(values.env ?? '');
  return {
    templateName: word('template'),
    region: word('region') || undefined,
    timeoutSeconds: secondsOf(word('timeout')),
    internetAccess: word('internet') === '' ? undefined : /^y/i.test(word('internet')),
    envVars: 'envVars' in env ? env.envVars : {},
  };
}

const creationLogged = (state: State, at: Stamp, said: Omit<Said, 'kind' | 'source'>): State =>
  logged(state, at, {kind: 'create', source: 'you', ...said});

/** By our own counting, or because the server said 429: then it asks for leave anew. Said in the log once. */
export function createQueued(state: State, event: EventOf<'create.queued'>): Step {
  const {at, until, failure} = event;
  const {creation} = state;
  if (creation?.phase !== (failure ? 'sent' : 'queued')) return [state];
  const held: Creation = {
    ...{...creation, phase: 'queued', heldUntil: until},
    refusals: creation.refusals + (failure ? 1 : 0),
  };
  const reason = hopelessness(event, held, 'next sandbox');
  if (reason !== undefined) return [creationFailed(state, at, `refused: ${reason}`, failure)];
  const text = `${creation.templateName} waits for the request limit: goes on in ${formatAge(until - at)}`;
  const told = creation.heldUntil === undefined ? creationLogged(state, at, {text, tone: 'warn'}) : state;
  const said = noticed({...told, creation: held}, at, `create ${text}`, 'warn');
  return failure ? [said, {do: 'create.ask', until}] : [said];
}

/** The moment in which it leaves or does not: everything is asked anew. */
export function createAdmitted(state: State, event: EventOf<'create.admitted'>): Step {
  const {creation} = state;
  if (creation?.phase !== 'queued' || state.quitting) return [state];
  const reason = lateness(state, event, creation) ?? heldBackReason(state);
  if (reason !== undefined) return [creationFailed(state, event.at, `not sent: ${reason}`)];
  const sent: Creation = {...creation, phase: 'sent', heldUntil: undefined};
  return [
    {...state, creation: sent},
    {do: 'create', wish: wishOf(creation.values)},
  ];
}

/** Held by a limit for longer than anybody remembers. */
export function creationDue(state: State, at: Stamp): State {
  const {creation} = state;
  if (creation?.phase !== 'queued' || state.quitting || !isLate(creation, at)) return state;
  return creationFailed(state, at, `not sent: ${heldTooLong(creation, at)}`);
}

/** Nothing was made: said on the screen and in the log, and the form comes back. */
function creationFailed(state: State, at: Stamp, text: string, failure?: Failure): State {
  const {requestId, status} = failure ?? {};
  const told = creationLogged(state, at, {text, tone: 'danger', requestId, status});
  return formAgain(noticed(told, at, `create ${text}`, 'danger'), at, state.creation, text);
}

/** Nobody has pressed a key for a form: what stood in it waits until N opens it. */
export function creationDropped(
  state: State,
  at: Stamp,
  creation: Creation,
  text: string,
  tone: 'plain' | 'danger',
): State {
  const dropped: Creation = {...creation, phase: 'refused', refusal: text, heldUntil: undefined};
  const told = creationLogged({...state, creation: dropped}, at, {text, tone});
  return noticed(told, at, `create ${text}; N opens the form again`, tone);
}

export function createAccepted(state: State, event: EventOf<'create.accepted'>): Step {
  const {at, asOf, patch, status, requestId} = event;
  const {creation} = state;
  const ended = {...state, creation: undefined};
  const taken = creationLogged(ended, at, {id: patch.id, text: 'accepted', tone: 'good', status, requestId});
  const step = sandboxObserved(taken, {at, asOf, via: 'act', patch});
  return andThen(step, (next) => {
    const said = noticed(next, at, `${patch.id} is created`);
    return shownInList(said, at, patch.id, creation?.askedAt ?? at);
  });
}

/** The cursor goes to it, unless somebody has used the list meanwhile: their next key is about what they look at. */
function shownInList(state: State, at: Stamp, id: string, askedAt: Stamp): Step {
  const placed = moved(state, id);
  if (isCovered(placed) || placed.lastKeyAt > askedAt || lineOf(placed, id) === undefined) return [placed];
  const [next, ...effects] = cursorSought(placed, {type: 'cursor.sought', at, id});
  return [{...next, view: state.view}, ...effects];
}

/** Nobody knows. A 503 by this code is no fault on the way: there are no nodes (docs.hopx.ai errors, create-sandbox). */
const isOpen = ({mayHaveHappened, status, code}: Failure): boolean =>
  mayHaveHappened && !(status === 503 && code === 'SERVICE_UNAVAILABLE');

export function createRefused(state: State, {at, failure}: EventOf<'create.refused'>): Step {
  const {requestId, status, message} = failure;
  if (isOpen(failure)) {
    const text = `outcome unknown: ${message}; it may have been created; the list is read`;
    const told = creationLogged({...state, creation: undefined}, at, {text, tone: 'warn', requestId, status});
    return listBegun(noticed(told, at, `create: ${text}`, 'warn'), at);
  }
  return [creationFailed(state, at, `refused: ${message}`, failure)];
}

/** With all that stood in it, and why; over something else that has the keys it is not opened, N opens it. */
function formAgain(state: State, at: Stamp, creation: Creation | undefined, refusal: string): State {
  if (!creation) return state;
  if (isCovered(state)) return {...state, creation: {...creation, phase: 'refused', refusal}};
  const {values} = creation;
  const form: Form = {
    id: 'create',
    ids: [],
    values,
    field: 0,
    mistake: refusalMistake(refusal),
    openedAt: at,
  };
  return {...state, creation: undefined, form};
}

/** A refusal that names the template stands at its field, the first; any other is about all of it. */
export const refusalMistake = (refusal: string): NonNullable<Form['mistake']> => ({
  field: /template\b.*\bnot found/i.test(refusal) ? 0 : undefined,
  text: refusal,
});
