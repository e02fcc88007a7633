import {createServer, type IncomingMessage} from 'node:http';
import {type AddressInfo, connect, type Socket} from 'node:net';

export type TestProxy = AsyncDisposable & {
  readonly url: URL;
  /** Every CONNECT, with its headers. */
  readonly asked: readonly {readonly path: string; readonly authorization: string | undefined}[];
  /** All bytes that came from the client through the tunnels. */
  readonly passed: () => string;
};

/** A proxy on loopback that knows CONNECT only. `answer`: the status it answers with; `to`: where it really goes; `drips`: its answer never ends. */
export async function startProxy({
  drips = false,
  answer = 200,
  to,
}: {
  readonly answer?: number;
  readonly drips?: boolean;
  readonly to?: URL;
} = {}): Promise<TestProxy> {
  const asked: {path: string; authorization: string | undefined}[] = [];
  const sockets = new Set<Socket>();
  let passed = '';
  const server = createServer((_, response) => void response.writeHead(405).end());
  server.on('connect', ({url: path = '', headers}: IncomingMessage, client: Socket) => {
    asked.push({path, authorization: headers['proxy-authorization']});
    sockets.add(client.on('error', () => undefined));
    if (drips) return void drip(client);
    if (answer !== 200) return void client.end(`HTTP/1.1 ${answer} No\r\ncontent-length: 0\r\n\r\n`);
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
    url: new URL(`http://127.0.0.1:${port}`),
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
