import type {Act} from './act.ts';
import type {ActionId} from './actions.ts';
import type {Failure} from './failure.ts';
import {formatClock} from './format.ts';
import {logged, noticed} from './logging.ts';
import type {Row, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** An expiry told longer ago than this is asked for again before a life is reckoned from it. */
const FRESH_EXPIRY_MS = 60_000;

export const newAct = (action: ActionId, id: string, at: Stamp): Act => ({
  action,
  id,
  phase: 'sent',
  askedAt: at,
  sentAt: undefined,
  dueAt: undefined,
  requestId: undefined,
  expiryBefore: undefined,
  checks: 0,
  doubt: undefined,
});

export const withAct = (state: State, act: Act): State => ({...state, acts: state.acts.set(act.id, act)});

export const withoutAct = (state: State, id: string): State =>
  state.acts.has(id) ? {...state, acts: state.acts.delete(id)} : state;

/** Phases in which nothing of an act has left: it can be taken back, and is dropped rather than sent late. */
const unsentPhases: ReadonlySet<Act['phase']> = new Set(['grace', 'checking', 'queued']);

export const isUnsent = ({phase}: Act): boolean => unsentPhases.has(phase);

/** Asks the limiter. Nothing that would be sent is reckoned before it lets the act leave. */
export const asked = (state: State, act: Act): Step => [
  withAct(state, {...act, phase: 'queued', sentAt: undefined, dueAt: undefined}),
  {do: 'act', action: act.action, id: act.id},
];

/** The expiry is told too long ago, or not at all, to reckon a life from it. */
export const readFirst = (state: State, act: Act): Step => [
  withAct(state, {...act, phase: 'checking', dueAt: undefined}),
  {do: 'read', id: act.id, priority: 'act'},
];

/** Told not long ago, and not before a gap in which a change of it can have been missed. */
export function isExpiryFresh({link, jumpedAt}: State, {expiryAsOf}: Row, at: Stamp): boolean {
  if (expiryAsOf === undefined || expiryAsOf <= jumpedAt || at - expiryAsOf > FRESH_EXPIRY_MS) return false;
  return link.staleSince === undefined || expiryAsOf >= link.since;
}

export const NEVER_EXPIRES = 'it never expires: nothing to extend';

/** It ends here and nothing was changed: said on the screen and in the log. */
export function actRefused(state: State, at: Stamp, act: Act, text: string, failure?: Failure): State {
  const ended = actLogged(withoutAct(state, act.id), at, act, {text, tone: 'danger', ...answerOf(failure)});
  return noticed(ended, at, `${act.id}: ${text}`, 'danger');
}

const answerOf = (failure: Failure | undefined) => ({requestId: failure?.requestId, status: failure?.status});

type Outcome = {
  readonly text: string;
  readonly tone?: 'plain' | 'good' | 'warn' | 'danger';
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
};

/** A line of the log that is the user's own doing; the request id is the one of the act where no newer is told. */
export function actLogged(state: State, at: Stamp, act: Act, {text, tone, requestId, status}: Outcome): State {
  return logged(state, at, {
    kind: act.action,
    id: act.id,
    source: 'you',
    text,
    tone: tone ?? 'plain',
    requestId: requestId ?? act.requestId,
    status,
  });
}

/** `14:14:00 -> 14:44:00`. */
export const expiryChange = (before: Act['expiryBefore'], after: number): string =>
  typeof before === 'number' ? `${formatClock(before)} -> ${formatClock(after)}` : `until ${formatClock(after)}`;
