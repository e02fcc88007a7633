import type {Failure, FailureKind} from '../model/failure.ts';
import type {Connection} from './connection.ts';
import {CliError, exitOfFailure} from './exit.ts';
import {otherKeyFlags} from './keyAdvice.ts';

/** Whom was asked, with what: for sentences. */
export type Asking = Pick<Connection, 'origin' | 'keyId' | 'source'>;

type Explain = (failure: Failure, asking: Asking) => string;

const keyOf = ({keyId, source}: Asking) => (keyId ? `the key ${keyId}… from ${source}` : `the key from ${source}`);

const checkKey: Explain = (failure, asking) =>
  `${asking.origin.host} does not accept ${keyOf(asking)}: ${failure.message}; put a valid key there, or name another with ${otherKeyFlags(asking.origin)}`;

const checkAddress: Explain = (failure, asking) =>
  `${withHost(failure, asking)}; check the network, and the address in --base-url, HOPX_BASE_URL or the profile`;

const notHopx: Explain = (failure, {origin}) =>
  `${origin.host} does not answer as a HopX control plane does: ${failure.message}; check the address in --base-url, HOPX_BASE_URL or the profile`;

const withHost: Explain = ({message}, {origin: {host}}) => (message.includes(host) ? message : `${host}: ${message}`);

/** What ends a program that has nothing on the screen yet, in one sentence that says what to do. */
const explanations: Readonly<Record<FailureKind, Explain>> = {
  unauthorized: checkKey,
  forbidden: (failure, asking) =>
    `${asking.origin.host} forbids it to ${keyOf(asking)}: ${failure.message}; use a key that may list sandboxes`,
  payment: withHost,
  'not-found': notHopx,
  conflict: withHost,
  'bad-request': withHost,
  'rate-limited': (failure, {origin}) => `${origin.host}: ${failure.message}; try again${inSeconds(failure)}`,
  quota: withHost,
  unsupported: notHopx,
  server: (failure, {origin}) => `${origin.host} failed: ${failure.message}; try again later`,
  unreachable: checkAddress,
  'timed-out': checkAddress,
  'bad-answer': notHopx,
  'read-only': withHost,
  exhausted: ({message}) => message,
  cancelled: withHost,
};

const inSeconds = ({retryAfterMs}: Failure) =>
  retryAfterMs === undefined ? ' later' : ` in ${Math.ceil(retryAfterMs / 1000)} s`;

/** The failure as the end of the program: sentence, with the request id where there is one, and exit code. */
export function explain(failure: Failure, asking: Asking): CliError {
  const sentence = explanations[failure.kind](failure, asking);
  const requestId = failure.requestId === undefined ? '' : ` (request_id ${failure.requestId})`;
  return new CliError(exitOfFailure(failure), sentence + requestId);
}
