import {Buffer} from 'node:buffer';
import type {Readable} from 'node:stream';
import {apiError} from './errors.ts';

/** More than this is no answer of a control plane. A page of 1,000 full sandboxes is about 1 MiB. */
const MOST_ANSWER_BYTES = 32 * 2 ** 20;

/** The whole body as text. Beyond `mostBytes` the connection is dropped and it rejects. */
export async function readBody(body: Readable, mostBytes = MOST_ANSWER_BYTES): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      throw apiError('bad-answer', `the answer is larger than ${mostBytes} bytes`, {mayHaveHappened: true});
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
