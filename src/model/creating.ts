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
import type {Stamp} from './sandbox.ts';
import {cursorSought, isCovered} from './screen.ts';
import {lineOf} from './standing.ts';
import type {State} from './state.ts';
import {andThen, type Step} from './step.ts';

/** Sent when the limiter allows it, once. The form is gone; what stood in it is kept until the outcome is known. */
export function creationBegun(state: State, at: Stamp, {values}: Form): Step {
  const wish = wishOf(values);
  const {templateName} = wish;
  const creation: Creation = {
    phase: 'queued',
    askedAt: at,
    templateName,
    heldUntil: undefined,
    values,
    refusal: undefined,
  };
  return [noticed({...state, creation}, at, `creating a sandbox of ${templateName}…`), {do: 'create', wish}];
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

/** Said in the log once, however often the wait is told anew. */
export function createQueued(state: State, {at, until}: EventOf<'create.queued'>): Step {
  const {creation} = state;
  if (!creation || creation.phase === 'refused') return [state];
  const text = `${creation.templateName} waits for the request limit: goes on in ${formatAge(until - at)}`;
  const told = creation.heldUntil === undefined ? creationLogged(state, at, {text, tone: 'warn'}) : state;
  const held: Creation = {...creation, phase: 'queued', heldUntil: until};
  return [noticed({...told, creation: held}, at, `create ${text}`, 'warn')];
}

export const createSent = (state: State): Step =>
  state.creation?.phase === 'queued'
    ? [{...state, creation: {...state.creation, phase: 'sent', heldUntil: undefined}}]
    : [state];

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
  const {creation} = state;
  if (isOpen(failure)) {
    const text = `outcome unknown: ${message}; it may have been created; the list is read`;
    const told = creationLogged({...state, creation: undefined}, at, {text, tone: 'warn', requestId, status});
    return listBegun(noticed(told, at, `create: ${text}`, 'warn'), at);
  }
  const text = `refused: ${message}`;
  const told = creationLogged(state, at, {text, tone: 'danger', requestId, status});
  return [formAgain(noticed(told, at, `create ${text}`, 'danger'), at, creation, text)];
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
