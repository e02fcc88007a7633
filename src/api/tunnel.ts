import {Buffer} from 'node:buffer';
import {request as requestPlain} from 'node:http';
import {request as requestSecure} from 'node:https';
import {isIPv6, type LookupFunction, type Socket} from 'node:net';
import type {buildConnector} from 'undici';

/** What a proxy did instead of connecting us; its name is shown, its user and password are not. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** Host and port. */
  readonly proxy: string;
  /** What it answered to CONNECT; undefined: it was not reached. */
  readonly status: number | undefined;
  /** Why it was not reached: a code of Node's, empty when there is none. */
  readonly reason: string;

  constructor(proxy: string, status: number | undefined, reason = '') {
    super('the proxy did not connect');
    this.proxy = proxy;
    this.status = status;
    this.reason = reason;
  }
}

export type TunnelOptions = {
  /** http: or https:, with the user and the password for it. */
  readonly proxy: URL;
  /** For the proxy's whole answer. */
  readonly timeoutMs: number;
  readonly lookup: LookupFunction;
};

/**
 * Connects through a proxy (CONNECT, RFC 9110 §9.3.6), also to a plain server: the proxy then sees neither requests nor
 * the key, and cannot hold a stream back to read it whole. TLS to the server is the given connector's work.
 */
export const tunnelled =
  (connect: buildConnector.connector, options: TunnelOptions): buildConnector.connector =>
  (target, callback) => {
    openTunnel(target, options).then(
      (socket) =>
        target.protocol === 'https:' ? connect({...target, httpSocket: socket}, callback) : callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };

function openTunnel(target: buildConnector.Options, {proxy, timeoutMs, lookup}: TunnelOptions): Promise<Socket> {
  const isSecure = proxy.protocol === 'https:';
  const ask = isSecure ? requestSecure : requestPlain;
  const name = isIPv6(target.hostname) ? `[${target.hostname}]` : target.hostname;
  const authority = `${name}:${target.port || usualPort(target.protocol)}`;
  return new Promise((resolve, reject) => {
    const failed = (status?: number) => reject(new ProxyError(proxy.host, status));
    const asked = ask({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: proxy.port || usualPort(proxy.protocol),
      path: authority,
      headers: {host: authority, ...credentials(proxy)},
      agent: false,
      lookup,
      ...(isSecure ? {rejectUnauthorized: true} : {}),
    });
    // Of the whole answer: one that drips would never be silent.
    const tooLate = setTimeout(() => asked.destroy(new Error('no answer')), timeoutMs);
    asked.on('close', () => clearTimeout(tooLate));
    asked.on('error', (error: NodeJS.ErrnoException) => reject(new ProxyError(proxy.host, undefined, error.code)));
    asked.on('connect', ({statusCode = 0}, socket: Socket, head) => {
      clearTimeout(tooLate);
      if (head.length > 0) socket.unshift(head);
      if (statusCode >= 200 && statusCode <= 299) return resolve(socket);
      socket.destroy();
      return failed(statusCode);
    });
    asked.end();
  });
}

const usualPort = (protocol: string): string => (protocol === 'https:' ? '443' : '80');

/** Basic (RFC 7617): what a URL can hold. */
function credentials({username, password}: URL): {readonly 'proxy-authorization'?: string} {
  if (username === '') return {};
  const both = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {'proxy-authorization': `Basic ${Buffer.from(both).toString('base64')}`};
}
