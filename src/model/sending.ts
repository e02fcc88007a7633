import {type ActionId, EXTEND_BY_SECONDS} from './actions.ts';
import type {Failure} from './failure.ts';
import {formatClock} from './format.ts';
import {logged, noticed} from './logging.ts';
import type {Row, Stamp} from './sandbox.ts';
import type {Act, State} from './state.ts';
import type {Step} from './step.ts';
import {serverAt} from './times.ts';

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

/** Hands one act to the runtime: from here on its outcome is the server's. */
export function sent(state: State, at: Stamp, act: Act): Step {
  const {action, id} = act;
  const flying = withAct(state, {...act, phase: 'sent', sentAt: at, dueAt: undefined});
  return [flying, {do: 'act', action, id}];
}

export const isExpiryFresh = (row: Row, at: Stamp): boolean =>
  row.expiryAsOf !== undefined && at - row.expiryAsOf <= FRESH_EXPIRY_MS;

/**
 * Asks for what is left of the life and half an hour more. The server counts the timeout from when it takes the
 * request (docs.hopx.ai set-timeout), so what is left is reckoned by the earliest its clock can show and rounded up:
 * the life can only grow. A life that should be over by now gets the half hour: if the sandbox still is, that saves
 * it, and if not, the server says so.
 */
export function extended(state: State, at: Stamp, act: Act, row: Row): Step {
  const {expiresAt} = row.sandbox;
  if (typeof expiresAt !== 'number') {
    const why = expiresAt === null ? NEVER_EXPIRES : 'the server does not tell when it expires';
    return [actRefused(state, at, act, `extend not sent: ${why}`)];
  }
  const leftSeconds = Math.max(0, Math.ceil((expiresAt - serverAt(state, at)) / 1000));
  const flying = withAct(state, {...act, phase: 'sent', sentAt: at, dueAt: undefined, expiryBefore: expiresAt});
  return [flying, {do: 'act', action: 'extend', id: act.id, timeoutSeconds: leftSeconds + EXTEND_BY_SECONDS}];
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
