import type {Failure, FailureKind} from '../model/failure.ts';
import {sanitize} from '../terminal/text.ts';
import {ApiError, failureOf} from './errors.ts';
import {issuerIn} from './issuer.ts';
import {ProxyError} from './tunnel.ts';

/** What was tried when it broke. */
export type Attempt = {
  readonly method: string;
  /** Host and port, for the sentence. */
  readonly host: string;
  readonly signal?: AbortSignal | undefined;
};

type Reading = {
  readonly kind: FailureKind;
  readonly say: (host: string) => string;
  /** True when it can only happen before the first byte of a request has left. */
  readonly beforeSending: boolean;
  /** A certificate was refused. */
  readonly isOfTrust?: true;
};

const reading = (kind: FailureKind, beforeSending: boolean, say: Reading['say']): Reading => ({
  kind,
  say,
  beforeSending,
});

const notFound = reading('unreachable', true, (host) => `cannot find ${host}: the name does not resolve`);
const noRoute = reading('unreachable', true, (host) => `cannot reach ${host}: no route to it`);
const silent = reading('timed-out', false, (host) => `${host} did not answer in time`);
const closed = reading('cancelled', false, () => 'cancelled');
const garbled = reading('bad-answer', false, (host) => `${host} answered something that is not HTTP`);
const untrusted = (why: string): Reading => ({
  ...reading('unreachable', true, (host) => `${host} is not trusted: ${why}`),
  isOfTrust: true,
});
const unknownIssuer = untrusted('its certificate comes from an unknown authority');

/** Codes of Node (errors, dns, tls) and undici (Errors): what they mean here. */
const byCode: Readonly<Record<string, Reading>> = {
  ENOTFOUND: notFound,
  EAI_AGAIN: notFound,
  ECONNREFUSED: reading('unreachable', true, (host) => `${host} refused the connection`),
  EHOSTUNREACH: noRoute,
  ENETUNREACH: noRoute,
  EADDRNOTAVAIL: noRoute,
  EMFILE: reading('exhausted', true, () => 'too many open files: raise `ulimit -n` or watch fewer metrics'),
  ENFILE: reading('exhausted', true, () => 'this machine has no more files to open: watch fewer metrics'),
  UND_ERR_CONNECT_TIMEOUT: reading('timed-out', true, (host) => `${host} did not accept a connection in time`),
  UND_ERR_HEADERS_TIMEOUT: silent,
  UND_ERR_BODY_TIMEOUT: silent,
  UND_ERR_ABORTED: closed,
  UND_ERR_CLOSED: closed,
  UND_ERR_DESTROYED: closed,
  UND_ERR_INVALID_ARG: reading('bad-request', true, () => 'the request could not be put together'),
  UND_ERR_HEADERS_OVERFLOW: garbled,
  CERT_HAS_EXPIRED: untrusted('its certificate has expired'),
  CERT_NOT_YET_VALID: untrusted('its certificate is not valid yet'),
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted('its certificate is for another name'),
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownIssuer,
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
};

/** Whatever was thrown on the way, as a Failure. Nothing of the thrown object survives but its code. */
export function transportFailure(thrown: unknown, {method, host, signal}: Attempt): Failure {
  if (thrown instanceof ApiError) return thrown.failure;
  const isRead = method === 'GET';
  const told = {mayHaveHappened: !isRead};
  if (signal?.aborted) return failureOf('cancelled', 'cancelled', told);
  const {code, isConnecting} = codeOf(thrown);
  if (thrown instanceof ProxyError) return proxyFailure(thrown, sanitize(host, 128));
  const known = byCode[code] ?? (code.startsWith('HPE_') ? garbled : undefined);
  const shown = sanitize(host, 128);
  if (!known) {
    const message = `the connection to ${shown} broke${code ? ` (${sanitize(code, 64)})` : ''}`;
    return failureOf('unreachable', message, {mayHaveHappened: !isRead && !isConnecting});
  }
  const message = known.say(shown) + issuerAdvice(thrown, known);
  return failureOf(known.kind, message, {mayHaveHappened: !isRead && !known.beforeSending});
}

/** Who has signed it; an unknown one is a company's own authority, mostly: how to trust it. */
function issuerAdvice(thrown: unknown, known: Reading): string {
  const issuer = issuerIn(thrown);
  const name = issuer === undefined ? '' : `"${sanitize(issuer, 64)}"`;
  if (known === unknownIssuer) {
    return `${name && `, ${name}`}: if you trust it, name its certificate in NODE_EXTRA_CA_CERTS`;
  }
  return name && ` (signed by ${name})`;
}

/** Nothing has left: without a tunnel there is nobody to send to. */
function proxyFailure({proxy, status, reason}: ProxyError, host: string): Failure {
  const shown = `the proxy ${sanitize(proxy, 128)}`;
  const known = byCode[reason];
  // Neither is the proxy's fault alone: what it says helps more than its address.
  if (known?.isOfTrust || known?.kind === 'exhausted')
    return failureOf(known.kind, known.say(shown), {mayHaveHappened: false});
  const message = {
    unreached: `${shown} cannot be reached: see HTTPS_PROXY and NO_PROXY`,
    auth: `${shown} wants a user and a password: HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT`,
    refused: `${shown} does not connect to ${host} (status ${status})`,
  }[status === undefined ? 'unreached' : status === 407 ? 'auth' : 'refused'];
  return failureOf('unreachable', message, {mayHaveHappened: false});
}

/** The code of an error, or of the first of several (one per address tried: Node, net.autoSelectFamily). */
function codeOf(thrown: unknown): {code: string; isConnecting: boolean} {
  const first = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const {code, syscall} = (first ?? {}) as {code?: unknown; syscall?: unknown};
  return {
    code: typeof code === 'string' ? code : '',
    isConnecting: syscall === 'connect' || syscall === 'getaddrinfo',
  };
}
