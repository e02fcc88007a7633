import {type ActionId, sandboxAction} from '../model/actions.ts';
import type {SandboxPatch} from '../model/sandbox.ts';
import {decodeOwnSandbox, decodeSandboxObject, decodeToken, decodeTokenEnd} from './decodeReply.ts';
import {apiError} from './errors.ts';
import type {Door, Kept} from './http.ts';
import {acceptedBody, answerOf, sandboxPath, understood} from './reply.ts';
import {Secret} from './secret.ts';
import type {Answer, Api, CreateRequest} from './types.ts';

export type ActingCalls = Pick<
  Api,
  | 'createSandbox'
  | 'pauseSandbox'
  | 'resumeSandbox'
  | 'startSandbox'
  | 'stopSandbox'
  | 'deleteSandbox'
  | 'setTimeout'
  | 'refreshToken'
  | 'renewToken'
>;

/** Every call that changes something: each is sent once. Method and path come from the table of actions. */
export function createActingCalls(door: Door): ActingCalls {
  const act = async (action: ActionId, id: string, body?: unknown): Promise<Answer<SandboxPatch | undefined>> => {
    const {method, suffix} = sandboxAction(action).request;
    const reply = await door({method, path: `${sandboxPath(id)}${suffix}`, body});
    return answerOf(reply, decodeOwnSandbox(id, acceptedBody(reply)));
  };
  return {
    async createSandbox(request) {
      const secrets = Object.values(request.envVars ?? {});
      const reply = await door({method: 'POST', path: '/v1/sandboxes', body: createBody(request), secrets});
      return answerOf(reply, understood(decodeSandboxObject(reply.body), reply, true));
    },
    pauseSandbox: (id) => act('pause', id),
    resumeSandbox: (id) => act('resume', id),
    startSandbox: (id) => act('start', id),
    stopSandbox: (id) => act('stop', id),
    deleteSandbox: (id) => act('delete', id),
    async setTimeout(id, seconds) {
      if (Number.isSafeInteger(seconds) && seconds > 0) return act('extend', id, {timeout_seconds: seconds});
      throw apiError('bad-request', 'not sent: a timeout is a whole number of seconds, at least 1');
    },
    async refreshToken(id) {
      const reply = await door({method: 'POST', path: `${sandboxPath(id)}/token/refresh`});
      return answerOf(reply, {tokenExpiresAt: decodeTokenEnd(acceptedBody(reply))});
    },
    async renewToken(id) {
      const reply = await door({method: 'POST', path: `${sandboxPath(id)}/token/refresh`, keeps: keepToken});
      return answerOf(reply, {token: reply.kept, tokenExpiresAt: decodeTokenEnd(acceptedBody(reply))});
    },
  };
}

function keepToken(body: unknown): Kept | undefined {
  const token = decodeToken(body);
  return token === undefined ? undefined : {secret: new Secret(token), spelled: [token]};
}

/** JSON leaves out what is undefined. */
function createBody(request: CreateRequest) {
  return {
    template_id: request.templateId,
    template_name: request.templateName,
    region: request.region,
    timeout_seconds: request.timeoutSeconds,
    internet_access: request.internetAccess,
    env_vars: request.envVars,
  };
}
