import {createServer, type IncomingMessage, type RequestListener} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {type AddressInfo, connect, type Socket} from 'node:net';

export type TestProxy = AsyncDisposable & {
  readonly url: URL;
  /** Every CONNECT, with its headers. */
  readonly asked: readonly {readonly path: string; readonly authorization: string | undefined}[];
  /** All bytes that came from the client through the tunnels. */
  readonly passed: () => string;
};

export type ProxyOptions = {
  /** The status it answers with; asked each time. */
  readonly answer?: number | (() => number);
  /** Its answer never ends. */
  readonly drips?: boolean;
  /** Where it really goes. */
  readonly to?: URL;
  /** It is spoken to by TLS. */
  readonly certificate?: {readonly key: string; readonly cert: string};
};

/** A proxy on loopback that knows CONNECT only. */
export async function startProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const {drips = false, answer = 200, to, certificate} = options;
  const asked: {path: string; authorization: string | undefined}[] = [];
  const sockets = new Set<Socket>();
  let passed = '';
  const refuse: RequestListener = (_, response) => void response.writeHead(405).end();
  const server = certificate ? createTlsServer(certificate, refuse) : createServer(refuse);
  server.on('connect', ({url: path = '', headers}: IncomingMessage, client: Socket) => {
    asked.push({path, authorization: headers['proxy-authorization']});
    sockets.add(client.on('error', () => undefined));
    if (drips) return void drip(client);
    const status = typeof answer === 'number' ? answer : answer();
    if (status !== 200) return void client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(to?.host ?? path) ?? [];
    const upstream = connect(Number(port), host.replace('localhost', '127.0.0.1'));
    sockets.add(upstream.on('error', () => void client.destroy()));
    upstream.once('connect', () => client.write('HTTP/1.1 200 Connected\r\n\r\n'));
    client.on('data', (bytes) => {
      passed += bytes.toString('latin1');
    });
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: new URL(certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`),
    asked,
    passed: () => passed,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A header each 20 ms, until nobody listens any more. */
function drip(client: Socket): void {
  client.write('HTTP/1.1 200 Connected\r\n');
  const timer = setInterval(() => client.write('x-more: y\r\n'), 20);
  client.on('close', () => clearInterval(timer));
}
