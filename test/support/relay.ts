import {once} from 'node:events';
import {type AddressInfo, connect, createServer, type Socket} from 'node:net';

/** The way to a server, which a test can interrupt. */
export type Relay = AsyncDisposable & {
  readonly url: string;
  /** From now on no answer to a PUT arrives; resolves when so many have been lost. Requests go through. */
  readonly loseAnswers: (count: number) => Promise<void>;
  /** Breaks every connection; from then on new ones are refused, as by a machine that is there and has no such port. */
  readonly cut: () => Promise<void>;
  /** Lets connections, and every answer, through again at the same address. */
  readonly mend: () => Promise<void>;
};

const HOST = '127.0.0.1';

/** Passes bytes between whoever connects and the server of this URL. A request begins with a chunk of its own. */
export async function startRelay(to: string): Promise<Relay> {
  const {hostname, port} = new URL(to);
  const sockets = new Set<Socket>();
  let losing: {left: number; readonly done: () => void} | undefined;
  const kept = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const server = createServer((near) => {
    const far = kept(connect(Number(port), hostname));
    let request: 'put' | 'other' | 'lost' = 'other';
    kept(near).on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.on('data', (bytes) => {
      request = bytes.toString('latin1', 0, 4) === 'PUT ' ? 'put' : 'other';
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!losing || request === 'other') return void near.write(bytes);
      if (request === 'put') losing.left -= 1;
      if (losing.left === 0) losing.done();
      request = 'lost';
    });
  });
  const listen = async (on: number) => {
    server.listen(on, HOST);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const own = await listen(0);
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };
  return {
    url: `http://${HOST}:${own}`,
    loseAnswers: (count) =>
      new Promise((done) => {
        losing = {left: count, done};
      }),
    cut,
    async mend() {
      losing = undefined;
      await listen(own);
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) await cut();
    },
  };
}
