import {apiError, failureOf} from '../api/errors.ts';
import type {Answer, Api} from '../api/types.ts';
import {type ActionId, sandboxAction} from '../model/actions.ts';
import type {Effect} from '../model/event.ts';
import type {Failure} from '../model/failure.ts';
import type {SandboxPatch, Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {type Outcome, outcomeOf} from './failures.ts';
import {FileRefused, type FilesPort, type NewFile} from './filesPort.ts';
import type {Ports} from './ports.ts';

type ActEffect = Extract<Effect, {do: 'act'}>;
export type SendEffect = Extract<Effect, {do: 'send'}>;

export type Acting = {
  /** Waits for the limiter; tells action.queued while it holds, then action.admitted unless `sync` let go of it. */
  readonly ask: (effect: ActEffect) => Promise<void>;
  /** Sends once, now; ends with action.accepted, .refused, .unknown, or with action.queued for a 429. */
  readonly send: (effect: SendEffect) => Promise<void>;
  /** Stops waiting for acts that `state` no longer wants to leave; call it after changes. */
  readonly sync: (state: State) => void;
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
  timeout: (api, id, timeoutSeconds) => api.setTimeout(id, timeoutSeconds),
  async refresh(api, id) {
    const answer = await api.refreshToken(id);
    const {tokenExpiresAt} = answer.value;
    return {...answer, value: tokenExpiresAt === undefined ? undefined : {id, tokenExpiresAt}};
  },
  delete: (api, id) => api.deleteSandbox(id),
};

/** The token goes from the answer into a new file of the user's, and nowhere else; without the file nothing is sent. */
async function renewInto(api: Api, id: string, files: FilesPort, path: string): Promise<Reply> {
  const file = createdFile(files, path);
  try {
    const answer = await api.renewToken(id);
    const {token, tokenExpiresAt} = answer.value;
    if (!token) throw apiError('bad-answer', 'renewed, but the answer holds no token', {mayHaveHappened: true});
    file.append(`${token.unwrap()}\n`);
    file.close();
    return {...answer, value: tokenExpiresAt === undefined ? undefined : {id, tokenExpiresAt}};
  } catch (error) {
    file.remove();
    if (!(error instanceof FileRefused)) throw error;
    throw apiError('exhausted', `renewed, but not written: ${error.message}`, {mayHaveHappened: true});
  }
}

function createdFile(files: FilesPort, path: string): NewFile {
  try {
    return files.create(path);
  } catch (error) {
    throw error instanceof FileRefused ? apiError('bad-request', `not sent: ${error.message}`) : error;
  }
}

export function createActing({
  api,
  clock,
  governor,
  dispatch,
  stopping,
  files,
}: Ports & {readonly files: FilesPort}): Acting {
  /** Acts that wait for the limiter, by their sandbox. */
  const asking = new Map<string, AbortController>();
  const letAllGo = () => {
    for (const leave of asking.values()) leave.abort();
  };
  stopping.addEventListener('abort', letAllGo, {once: true});

  const attempt = async ({action, id, timeoutSeconds, savePath}: SendEffect): Promise<Outcome<Reply>> => {
    if (savePath !== undefined) return outcomeOf(() => renewInto(api, id, files, savePath));
    // A guess might shorten the life.
    if (sandboxAction(action).request.suffix === '/timeout' && timeoutSeconds === undefined)
      return {failure: failureOf('bad-request', 'not sent: the new timeout is not known')};
    return outcomeOf(() => calls[action](api, id, timeoutSeconds ?? 0));
  };

  const tellQueued = (id: string, until: Stamp, failure?: Failure) => {
    const queued = {type: 'action.queued', at: clock.monotonic(), id, until} as const;
    dispatch(failure ? {...queued, failure} : queued);
  };

  const tellAccepted = ({action, id}: SendEffect, {status, requestId, sentAt, value}: Reply) =>
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

  const tellFailure = ({action, id}: SendEffect, failure: Failure) => {
    if (failure.kind === 'rate-limited') return tellQueued(id, governor.refuse(failure.retryAfterMs), failure);
    const type = failure.mayHaveHappened ? 'action.unknown' : 'action.refused';
    dispatch({type, at: clock.monotonic(), action, id, failure});
  };

  return {
    async ask({id, isBulk}) {
      if (stopping.aborted) return;
      // Taken back and asked for anew: one sandbox, one place in the queue.
      asking.get(id)?.abort();
      const leave = new AbortController();
      asking.set(id, leave);
      await governor.admit(isBulk ? 'bulk' : 'act', leave.signal, (until) => tellQueued(id, until));
      if (leave.signal.aborted) return;
      asking.delete(id);
      dispatch({type: 'action.admitted', at: clock.monotonic(), wall: clock.wall(), id});
    },
    async send(effect) {
      const outcome = await attempt(effect);
      if ('value' in outcome) tellAccepted(effect, outcome.value);
      else tellFailure(effect, outcome.failure);
    },
    sync({acts}) {
      for (const [id, leave] of asking) {
        if (acts.get(id)?.phase === 'queued') continue;
        leave.abort();
        asking.delete(id);
      }
    },
  };
}
