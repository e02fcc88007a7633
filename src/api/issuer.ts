import type {TLSSocket} from 'node:tls';
import type {buildConnector} from 'undici';

/** Who has signed a certificate that was not trusted, on the error of the connection. */
const ISSUER = Symbol('issuer');

/**
 * The same connector; when it refuses a certificate its error knows who had signed it. Node checks a certificate when
 * the handshake is done (`secure`, lib/internal/tls/wrap.js), and by the time it reports, the socket has forgotten it.
 */
export const namingIssuer =
  (connect: buildConnector.connector): buildConnector.connector =>
  (target, callback) => {
    let issuer: string | undefined;
    const socket: unknown = connect(target, (...outcome: Parameters<buildConnector.Callback>) => {
      const [error] = outcome;
      if (error && issuer !== undefined) Object.assign(error, {[ISSUER]: issuer});
      callback(...outcome);
    });
    if (target.protocol === 'https:' && isTlsSocket(socket)) {
      socket.prependListener('secure', () => {
        issuer = issuerOf(socket);
      });
    }
    return socket;
  };

const isTlsSocket = (socket: unknown): socket is TLSSocket =>
  typeof socket === 'object' && socket !== null && 'getPeerCertificate' in socket;

/** Hostile text, as the other side has it. */
function issuerOf(socket: TLSSocket): string | undefined {
  const {issuer} = socket.getPeerCertificate();
  const names: readonly unknown[] = [issuer?.CN, issuer?.O];
  return names.flat().find((name): name is string => typeof name === 'string' && name !== '');
}

export function issuerIn(error: unknown): string | undefined {
  const issuer: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, ISSUER) : undefined;
  return typeof issuer === 'string' ? issuer : undefined;
}
