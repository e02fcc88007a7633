import {failureOf} from '../api/errors.ts';
import type {CreateRequest} from '../api/types.ts';
import type {Effect} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import {formatAge} from '../model/format.ts';
import type {Wish} from '../model/formEvents.ts';
import type {Stamp} from '../model/sandbox.ts';
import {outcomeOf} from './failures.ts';
import {type IsLate, LONGEST_UNSENT_MS, startPatience} from './patience.ts';
import type {Ports} from './ports.ts';

type CreateEffect = Extract<Effect, {do: 'create'}>;

export type Creating = {
  /** Waits for the limiter and sends once; a 429 was not carried out, and waits again. Never rejects. */
  readonly create: (effect: CreateEffect) => Promise<void>;
};

/** Answers of 429, each waited out as the server asks; the last one counts as refused. */
const MOST_REFUSALS = 5;

export function createCreating({api, clock, governor, dispatch, stopping}: Ports): Creating {
  const refused = (failure: Failure) => dispatch({type: 'create.refused', at: clock.monotonic(), failure});

  /** False: the session stopped, or the limiter would hold it for too long, which is told. */
  const isLetOut = async (isLate: IsLate): Promise<boolean> => {
    const giveUp = new AbortController();
    const held = (until: Stamp) => {
      if (isLate(until)) return giveUp.abort();
      dispatch({type: 'create.queued', at: clock.monotonic(), until});
    };
    await governor.admit('act', AbortSignal.any([stopping, giveUp.signal]), held);
    if (stopping.aborted) return false;
    if (!giveUp.signal.aborted && !isLate()) return true;
    refused(
      failureOf('cancelled', `not created: the request limit held it for more than ${formatAge(LONGEST_UNSENT_MS)}`),
    );
    return false;
  };

  return {
    async create({wish}) {
      const isLate = startPatience(clock);
      for (let refusals = 1; await isLetOut(isLate); refusals += 1) {
        dispatch({type: 'create.sent', at: clock.monotonic()});
        const outcome = await outcomeOf(() => api.createSandbox(requestOf(wish)));
        if ('value' in outcome) {
          const {status, requestId, sentAt, value} = outcome.value;
          const at = clock.monotonic();
          return dispatch({type: 'create.accepted', at, asOf: sentAt, patch: value, status, requestId});
        }
        const failure = withoutValues(outcome.failure, wish);
        if (failure.kind !== 'rate-limited') return refused(failure);
        const until = governor.refuse(failure.retryAfterMs);
        if (refusals >= MOST_REFUSALS) return refused(failure);
        dispatch({type: 'create.queued', at: clock.monotonic(), until});
      }
    },
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
