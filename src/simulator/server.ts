import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type Clock, wait} from '../clock/clock.ts';
import type {Sink} from './broadcast.ts';
import type {RequestHeaders} from './keyCheck.ts';
import {type Answer, pathOf, type Request, type Response} from './reply.ts';
import {UPLOAD_PATH} from './uploads.ts';

export type Server = {readonly url: string; readonly close: () => Promise<void>};

/** Loopback only: whoever can reach it may do everything. */
const HOST = '127.0.0.1';

/** A client that leaves this much unread is cut off, not buffered for. */
export const MOST_UNREAD_BYTES = 4 * 1024 * 1024;
const MOST_BODY_BYTES = 1024 * 1024;
/** RFC 1952, 2.3.1: how gzip begins. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
/** Longer than clients keep idle sockets, so that it is they who close them. */
const KEEP_ALIVE_MS = 65_000;
const CLOSING_MS = 250;

/** The sockets around an `answer`. Rejects when the port is taken. */
export async function serve(answer: Answer, clock: Clock, port: number): Promise<Server> {
  const server = createServer({keepAliveTimeout: KEEP_ALIVE_MS}, (incoming, outgoing) => {
    // A client that breaks off is its own business.
    outgoing.on('error', () => undefined);
    const {method = 'GET', url: target = '/'} = incoming;
    const isUpload = method === 'PUT' && pathOf({target}).startsWith(UPLOAD_PATH);
    const read = isUpload ? countBody : readBody;
    read(incoming, (content) => {
      const request = {method, target, headers: single(incoming.headers), ...content};
      answer(request, (response) => send(outgoing, response));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const taken = server.address() as AddressInfo;
  return {
    url: `http://${taken.address}:${taken.port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const patience = new AbortController();
      const cut = wait(clock, CLOSING_MS, patience.signal).then(() => server.closeAllConnections());
      await closed;
      patience.abort();
      await cut;
    },
  };
}

type Content = Pick<Request, 'body' | 'received'>;

/** A request that breaks off is never answered. */
function readBody(incoming: IncomingMessage, done: (content: Content) => void) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on('error', () => undefined);
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MOST_BODY_BYTES) chunks.push(chunk);
  });
  incoming.on('end', () => done({body: bytes <= MOST_BODY_BYTES ? Buffer.concat(chunks).toString() : undefined}));
}

/** An upload may be large: it is counted, and looked at as far as it tells what it is. */
function countBody(incoming: IncomingMessage, done: (content: Content) => void) {
  let head = Buffer.alloc(0);
  let bytes = 0;
  incoming.on('error', () => undefined);
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (head.length < GZIP_MAGIC.length) head = Buffer.concat([head, chunk.subarray(0, GZIP_MAGIC.length)]);
  });
  const isGzip = () => head.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC);
  incoming.on('end', () => done({body: '', received: {bytes, isGzip: isGzip()}}));
}

function send(outgoing: ServerResponse, response: Response) {
  if (outgoing.destroyed) return;
  if ('lost' in response) {
    if (response.lost === 'reset') outgoing.socket?.resetAndDestroy();
    return;
  }
  // The clock of the simulator dates its answers, not Node's.
  outgoing.sendDate = false;
  if ('open' in response) {
    outgoing.writeHead(response.status, response.headers);
    // A stream is open before it has anything to say.
    outgoing.flushHeaders();
    const leave = response.open(sinkOf(outgoing));
    outgoing.once('close', leave);
    return;
  }
  const bytes = Buffer.from(response.body);
  const length = response.status === 204 ? {} : {'content-length': bytes.length};
  outgoing.writeHead(response.status, {...response.headers, ...length}).end(bytes);
}

function sinkOf(outgoing: ServerResponse): Sink {
  let isCut = false;
  return {
    write(text) {
      if (isCut || outgoing.destroyed || outgoing.writableEnded) return;
      if (outgoing.writableLength > MOST_UNREAD_BYTES) outgoing.destroy();
      else outgoing.write(text);
    },
    end: () => outgoing.end(),
    cut() {
      if (isCut || outgoing.destroyed) return;
      isCut = true;
      // What was written before it goes out first: it is the client that must cope with half an event.
      outgoing.write('', () => outgoing.socket?.resetAndDestroy());
    },
  };
}

/** Of a header that came twice Node keeps the first or joins them; `set-cookie`, the one list, is of no use here. */
function single(headers: IncomingHttpHeaders): RequestHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
