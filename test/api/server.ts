import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';

/** One request as it came over the wire. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type LoopbackServer = {
  readonly url: URL;
  readonly seen: readonly Seen[];
  /** Connections ever opened. */
  readonly sockets: () => number;
  readonly close: () => void;
  /** Connections open now. */
  readonly openSockets: () => number;
};

/** Answers the `count`th request, counted from 1. */
export type Answerer = (request: Seen, response: ServerResponse, count: number) => void;

/** A real server on loopback that lives as long as the test, or until it is closed. */
export async function startServer(
  answer: Answerer,
  {address = '127.0.0.1', port: wanted = 0} = {},
): Promise<LoopbackServer> {
  const seen: Seen[] = [];
  let sockets = 0;
  let open = 0;
  const server = createServer(async (request, response) => {
    const one = await whole(request);
    seen.push(one);
    answer(one, response, seen.length);
  });
  server.on('connection', (socket) => {
    sockets += 1;
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(wanted, address, resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  const {port} = server.address() as AddressInfo;
  return {url: new URL(`http://${address}:${port}`), seen, close, sockets: () => sockets, openSockets: () => open};
}

async function whole(request: IncomingMessage): Promise<Seen> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const {method = '', url: path = '', headers} = request;
  return {method, path, headers, body: Buffer.concat(chunks).toString()};
}

/** An answer of JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, {'content-type': 'application/json', ...headers}).end(JSON.stringify(body));
}

/** The begin of a stream; the caller writes on, or ends it. */
export function beginStream(response: ServerResponse, headers = {}): ServerResponse {
  response.writeHead(200, {'content-type': 'text/event-stream', ...headers}).flushHeaders();
  return response;
}
