import type {Act} from './act.ts';
import type {ActionId} from './actions.ts';
import type {Failure} from './failure.ts';
import {formatMoment} from './format.ts';
import {type ItemResult, itemEnded} from './ledger.ts';
import {logged, noticed, type Said} from './logging.ts';
import type {Millis, Row, Stamp} from './sandbox.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';

/** An expiry told longer ago than this is asked for again before a life is reckoned from it. */
const FRESH_EXPIRY_MS = 60_000;

/** What an act is besides its name and its sandbox. */
export type ActWish = Partial<Pick<Act, 'timeout' | 'savePath' | 'isBulk'>>;

export const newAct = (action: ActionId, id: string, at: Stamp, wish: ActWish = {}): Act => ({
  action,
  id,
  phase: 'sent',
  askedAt: at,
  sentAt: undefined,
  dueAt: undefined,
  requestId: undefined,
  status: undefined,
  expiryBefore: undefined,
  expiryWanted: undefined,
  checks: 0,
  timeout: undefined,
  savePath: undefined,
  isBulk: false,
  before: undefined,
  latencyMs: undefined,
  doubt: undefined,
  ...wish,
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
  {do: 'act', action: act.action, id: act.id, ...(act.isBulk ? {isBulk: true as const} : {})},
];

/** What is known is too old to act on, or the expiry is not told: a GET goes before the act. */
export const readFirst = (state: State, act: Act): Step => [
  withAct(state, {...act, phase: 'checking', dueAt: undefined}),
  {do: 'read', id: act.id, priority: act.isBulk ? 'bulk' : 'act'},
];

/** Told not long ago, and not before a gap in which a change of it can have been missed. */
export function isExpiryFresh({link, jumpedAt}: State, {expiryAsOf}: Row, at: Stamp): boolean {
  if (expiryAsOf === undefined || expiryAsOf <= jumpedAt || at - expiryAsOf > FRESH_EXPIRY_MS) return false;
  return link.staleSince === undefined || expiryAsOf >= link.since;
}

export const NEVER_EXPIRES = 'it never expires: nothing to extend';

/** It ends here and nothing was changed: said on the screen and in the log. */
export function actRefused(state: State, at: Stamp, act: Act, text: string, failure?: Failure): State {
  const isFatal = failure?.kind === 'unauthorized' || failure?.kind === 'payment';
  return actEnded(state, at, act, {result: 'failed', text, tone: 'danger', isFatal, ...answerOf(failure)});
}

type Ending = Outcome & {readonly result: ItemResult; readonly isFatal?: boolean; readonly isTrouble?: boolean};

/** The one way an act ends: it is under way no more, the log says how, and so does the screen or the ledger. */
export function actEnded(state: State, at: Stamp, act: Act, ending: Ending): State {
  const {text, tone = 'plain'} = ending;
  const ended = actLogged(withoutAct(state, act.id), at, act, ending);
  if (act.isBulk) return itemEnded(ended, act.id, {...ending, requestId: ending.requestId ?? act.requestId});
  const sign = tone === 'warn' || tone === 'danger' ? ':' : '';
  return noticed(ended, at, `${act.id}${sign} ${text}`, tone === 'good' ? 'plain' : tone);
}

/** Said on the last line of the screen, unless a ledger says it. */
export const actNoticed = (state: State, at: Stamp, act: Act, text: string): State =>
  act.isBulk ? state : noticed(state, at, text, 'warn');

const answerOf = (failure: Failure | undefined) => ({requestId: failure?.requestId, status: failure?.status});

type Outcome = {
  readonly text: string;
  readonly tone?: 'plain' | 'good' | 'warn' | 'danger';
  readonly requestId?: string | undefined;
  readonly status?: number | undefined;
  /** What it is now, for the journal. */
  readonly after?: string | undefined;
};

/** A line of the log that is the user's own doing; the answer is the one to the act where no newer is told. */
export const actLogged = (state: State, at: Stamp, act: Act, outcome: Outcome): State =>
  logged(state, at, saidOf(act, outcome));

/** What the log, and the journal, say of an act. */
export function saidOf(act: Act, {text, tone, requestId, status, after}: Outcome): Said {
  return {
    kind: act.action,
    id: act.id,
    source: 'you',
    text,
    tone: tone ?? 'plain',
    requestId: requestId ?? act.requestId,
    status: status ?? act.status,
    ...(act.sentAt === undefined ? {} : {change: {before: act.before, after, latencyMs: act.latencyMs}}),
  };
}

/** `14:14:00 -> 14:44:00`, with the date of what is not today. */
export function expiryChange(before: Act['expiryBefore'], after: Millis, today: Millis): string {
  const then = formatMoment(after, today);
  return typeof before === 'number' ? `${formatMoment(before, today)} -> ${then}` : `until ${then}`;
}
