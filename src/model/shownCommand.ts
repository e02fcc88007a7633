import {type ActionId, sandboxAction} from './actions.ts';
import {isPlainId} from './sandbox.ts';

/** The same as an act, for a shell. Neither holds the key: it stands in the environment, as the official CLI has it. */
export type ShownCommands = {
  /** Undefined: the official CLI cannot do it. */
  readonly hopx: string | undefined;
  readonly curl: string;
};

export type ShownTarget = {
  /** Host and port of the control plane. */
  readonly host: string;
  /** Seconds from now, for what sets a timeout; undefined: it is not known yet. */
  readonly timeoutSeconds?: number | undefined;
};

/** Where a number has to be written: no server takes it for one. */
const NOT_KNOWN = 'SECONDS';

/** Verbs of the official CLI (@hopx-ai/cli 0.2, src/commands/sandbox.ts). */
const verbs: Partial<Readonly<Record<ActionId, (id: string, seconds: string) => string>>> = {
  delete: (id) => `hopx sandbox kill ${id}`,
  pause: (id) => `hopx sandbox pause ${id}`,
  resume: (id) => `hopx sandbox resume ${id}`,
  extend: (id, seconds) => `hopx sandbox timeout ${id} ${seconds}`,
  timeout: (id, seconds) => `hopx sandbox timeout ${id} ${seconds}`,
};

/** Undefined for an id that no shell should be given. */
export function shownCommands(action: ActionId, id: string, target: ShownTarget): ShownCommands | undefined {
  if (!isPlainId(id)) return undefined;
  const {host, timeoutSeconds} = target;
  const {method, suffix} = sandboxAction(action).request;
  const seconds = timeoutSeconds === undefined ? NOT_KNOWN : String(timeoutSeconds);
  const body = suffix === '/timeout' ? ` -H 'Content-Type: application/json' -d '{"timeout_seconds": ${seconds}}'` : '';
  return {
    hopx: verbs[action]?.(id, seconds),
    curl: `curl -X ${method} -H "X-API-Key: $HOPX_API_KEY"${body} '${originOf(host)}/v1/sandboxes/${id}${suffix}'`,
  };
}

/** Plain http is spoken with this machine only. */
const originOf = (host: string): string =>
  `${/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host) ? 'http' : 'https'}://${host}`;
