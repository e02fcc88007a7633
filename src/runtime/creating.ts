import type {CreateRequest} from '../api/types.ts';
import type {Effect} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import type {Wish} from '../model/formEvents.ts';
import type {State} from '../model/state.ts';
import {outcomeOf} from './failures.ts';
import {createLeave} from './leave.ts';
import type {Ports} from './ports.ts';

type AskEffect = Extract<Effect, {do: 'create.ask'}>;
type CreateEffect = Extract<Effect, {do: 'create'}>;

export type Creating = {
  /** Waits for leave; tells create.queued while it is held, then create.admitted unless `sync` let go of it. */
  readonly ask: (effect: AskEffect) => Promise<void>;
  /** Sends once, now; ends with create.accepted, create.refused, or with create.queued for a 429. Never rejects. */
  readonly create: (effect: CreateEffect) => Promise<void>;
  /** Stops waiting for a creation that `state` no longer wants to leave; call it after changes. */
  readonly sync: (state: State) => void;
};

export function createCreating(ports: Ports): Creating {
  const {api, clock, governor, dispatch} = ports;
  const leave = createLeave(ports);

  return {
    async ask({until}) {
      const held = (heldUntil: number) => dispatch({type: 'create.queued', at: clock.monotonic(), until: heldUntil});
      const admission = await leave.ask('create', held, until);
      if (admission) dispatch({type: 'create.admitted', ...admission});
    },
    async create({wish}) {
      const outcome = await outcomeOf(() => api.createSandbox(requestOf(wish)));
      const at = clock.monotonic();
      if ('value' in outcome) {
        const {status, requestId, sentAt, value} = outcome.value;
        return dispatch({type: 'create.accepted', at, asOf: sentAt, patch: value, status, requestId});
      }
      const failure = withoutValues(outcome.failure, wish);
      if (failure.kind !== 'rate-limited') return dispatch({type: 'create.refused', at, failure});
      // Creates have a limit of their own: nothing else is held by it.
      dispatch({type: 'create.queued', at, until: governor.waitsUntil(failure.retryAfterMs), failure});
    },
    sync: ({creation}) => leave.keep(() => creation?.phase === 'queued'),
  };
}

function requestOf({templateName, region, timeoutSeconds, internetAccess, envVars}: Wish): CreateRequest {
  return {
    templateName,
    ...(region === undefined ? {} : {region}),
    ...(timeoutSeconds === undefined ? {} : {timeoutSeconds}),
    ...(internetAccess === undefined ? {} : {internetAccess}),
    ...(Object.keys(envVars).length === 0 ? {} : {envVars}),
  };
}

/** Shorter values occur in ordinary words. */
const SHORTEST_HIDDEN = 4;

/** A server may give back in a refusal what it was sent. */
function withoutValues(failure: Failure, {envVars}: Wish): Failure {
  const values = Object.values(envVars).filter(({length}) => length >= SHORTEST_HIDDEN);
  const longestFirst = values.sort((a, b) => b.length - a.length);
  const message = longestFirst.reduce((text, value) => text.replaceAll(value, '••••'), failure.message);
  return {...failure, message};
}
