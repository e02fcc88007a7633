import {failureOf} from '../api/errors.ts';
import type {Answer, Api} from '../api/types.ts';
import type {ActionId} from '../model/actions.ts';
import type {Effect} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import type {SandboxPatch, Stamp} from '../model/sandbox.ts';
import {type Outcome, outcomeOf} from './failures.ts';
import type {Ports} from './ports.ts';

export type ActEffect = Extract<Effect, {do: 'act'}>;

export type Acting = {
  /** Sends one act once; ends with action.accepted, action.refused or action.unknown. */
  readonly act: (effect: ActEffect) => Promise<void>;
};

type Reply = Answer<SandboxPatch | undefined>;

type Call = (api: Api, id: string, timeoutSeconds: number) => Promise<Reply>;

/** How each action is sent. */
const calls: Readonly<Record<ActionId, Call>> = {
  pause: (api, id) => api.pauseSandbox(id),
  resume: (api, id) => api.resumeSandbox(id),
  stop: (api, id) => api.stopSandbox(id),
  start: (api, id) => api.startSandbox(id),
  extend: (api, id, timeoutSeconds) => api.setTimeout(id, timeoutSeconds),
  delete: (api, id) => api.deleteSandbox(id),
};

/** A 429 was not executed, so it may be sent again; this often, then it counts as refused. */
const MOST_RESENDS = 5;

export function createActing({api, clock, governor, dispatch, stopping}: Ports): Acting {
  const send = async ({action, id, timeoutSeconds}: ActEffect): Promise<Outcome<Reply>> => {
    // A guess might shorten the life.
    if (action === 'extend' && timeoutSeconds === undefined)
      return {failure: failureOf('bad-request', 'not sent: the new timeout is not known')};
    return outcomeOf(() => calls[action](api, id, timeoutSeconds ?? 0));
  };

  const queue = ({action, id}: ActEffect, until: Stamp) =>
    dispatch({type: 'action.queued', at: clock.monotonic(), action, id, until});

  const tellAccepted = ({action, id}: ActEffect, {status, requestId, sentAt, value}: Reply) =>
    dispatch({
      type: 'action.accepted',
      at: clock.monotonic(),
      asOf: sentAt,
      action,
      id,
      status,
      requestId,
      patch: value,
    });

  const tellFailure = ({action, id}: ActEffect, failure: Failure) => {
    const type = failure.mayHaveHappened ? 'action.unknown' : 'action.refused';
    dispatch({type, at: clock.monotonic(), action, id, failure});
  };

  return {
    async act(effect) {
      const opensAt = governor.actsOpenAt();
      if (opensAt > clock.monotonic()) queue(effect, opensAt);
      await governor.admit('act', stopping);
      for (let resends = 0; !stopping.aborted; resends += 1) {
        const outcome = await send(effect);
        if ('value' in outcome) return tellAccepted(effect, outcome.value);
        const {failure} = outcome;
        const until = failure.kind === 'rate-limited' ? governor.refuse(failure.retryAfterMs) : undefined;
        if (until === undefined || resends === MOST_RESENDS) return tellFailure(effect, failure);
        queue(effect, until);
        await governor.admit('resend', stopping);
      }
    },
  };
}
