import {Buffer} from 'node:buffer';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {createParser} from 'eventsource-parser';
import fc from 'fast-check';
import {EventSource} from 'undici';
import {expect, test} from 'vitest';
import {createSseDecoder} from '../../src/api/sse.ts';
import {readWhole} from './sseReference.ts';

/** Pieces that streams are made of, whole and broken; random letters alone would never meet. */
const pieces = [
  ...['\n', '\r', '\r\n', ':', ': ', ' ', '\0', '\t', '\uFEFF', '東', '🏙', 'é', 'ï»¿'],
  ...['data', 'data:', 'data: a', 'event', 'event:', 'event: b', 'id', 'id:', 'id: 1', 'retry:', 'retry: 20'],
  ...['da', 'ta', 'dat', 'x', 'Data: c', 'foo: d', ': hi', '\n\n', '\r\r', '\r\n\r\n'],
];

const piece = fc.oneof(
  {weight: 9, arbitrary: fc.constantFrom(...pieces).map((text) => Buffer.from(text))},
  {weight: 1, arbitrary: fc.uint8Array({minLength: 1, maxLength: 3}).map((bytes) => Buffer.from(bytes))},
);
const stream = fc.array(piece, {maxLength: 60}).map((parts) => Buffer.concat(parts));
const cutStream = fc.tuple(stream, fc.array(fc.nat({max: 300}), {maxLength: 12}));

/** The bytes in random chunks, empty ones included. */
function chunksOf(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index] ?? 0, end));
}

test('any bytes in any chunks are read as the specification says', () => {
  fc.assert(
    fc.property(cutStream, ([bytes, cuts]) => {
      const decoder = createSseDecoder();
      const told = chunksOf(bytes, cuts).flatMap((chunk) => decoder.feed(chunk));
      expect({told, lastEventId: decoder.lastEventId()}).toEqual(readWhole(bytes));
    }),
    {numRuns: 4000},
  );
});

test('a plain text is read as eventsource-parser reads it whole', () => {
  fc.assert(
    fc.property(cutStream, ([bytes, cuts]) => {
      const text = new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes);
      fc.pre(!text.startsWith('\uFEFF') && !text.startsWith('ï»¿'));
      const theirs: unknown[] = [];
      createParser({onEvent: ({event = 'message', data}) => theirs.push({event, data})}).feed(text);
      const decoder = createSseDecoder();
      const ours = chunksOf(bytes, cuts).flatMap((chunk) => decoder.feed(chunk));
      const messages = ours.filter((item) => item.type === 'message').map(({event, data}) => ({event, data}));
      expect(messages).toEqual(theirs);
    }),
    {numRuns: 2000},
  );
});

test('what undici’s EventSource dispatches is what we decode', async () => {
  // It can be listened to for `message` alone, and what a NULL in an id does is not its question.
  const plain = fc.constantFrom(...pieces.filter((text) => !/event|\0/.test(text)));
  const bodies = fc.sample(fc.array(plain, {minLength: 30, maxLength: 60}), {numRuns: 60, seed: 5});
  for (const parts of bodies) {
    const body = Buffer.from(`data: begin\n\n${parts.join('')}\n\ndata: end\n\n`);
    const ours = createSseDecoder().feed(body);
    const messages = ours.filter((item) => item.type === 'message').map(({data, id}) => ({data, id}));
    expect(await dispatched(body)).toEqual(messages);
  }
});

async function dispatched(body: Buffer): Promise<readonly unknown[]> {
  const server = createServer((_request, response) => {
    response.writeHead(200, {'content-type': 'text/event-stream'}).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const source = new EventSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const messages: unknown[] = [];
  await new Promise<void>((resolve) => {
    source.addEventListener('message', (event) => {
      messages.push({data: event.data, id: event.lastEventId});
      if (event.data === 'end') resolve();
    });
  });
  source.close();
  server.closeAllConnections();
  server.close();
  return messages;
}
