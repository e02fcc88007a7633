import {Readable} from 'node:stream';
import {sanitize} from '../terminal/text.ts';
import {answerFailure} from './answerFailure.ts';
import {readBody} from './body.ts';
import {ApiError, apiError} from './errors.ts';
import {exchange, type Incoming} from './exchange.ts';
import {type DoorOptions, refuseIfReadonly} from './http.ts';
import {isLoopback} from './origin.ts';
import {createRedact, type Redact, type Secret} from './secret.ts';
import {transportFailure} from './transportFailure.ts';
import type {Api} from './types.ts';

/** How much is given to the socket at once, and so how finely progress is told. */
const CHUNK_BYTES = 65_536;

/** What is read of the answer: storage says little, and nobody needs it. */
const MOST_ANSWER_BYTES = 65_536;

/** What storage answers to a PUT that it took. */
const accepted: readonly number[] = [200, 201, 204];

/** A presigned URL, and every part of it that would let somebody else use it. */
export function spelledUrl(address: string): readonly string[] {
  if (!URL.canParse(address)) return [address];
  const {href, search, searchParams} = new URL(address);
  return [address, href, search, search.slice(1), ...searchParams.values()];
}

/**
 * PUTs to a presigned URL, which is the one request that may go to another origin: it carries no credential, and a
 * redirect is not followed. Rejects with an ApiError only, and no message holds more of the URL than its host.
 */
export function createUpload(options: DoorOptions): Api['upload'] {
  return async (secret, content, told, signal = new AbortController().signal) => {
    refuseIfReadonly(options, 'PUT');
    const {dispatcher} = options;
    const url = targetOf(secret);
    const redact = createRedact(options.key, spelledUrl(secret.unwrap()));
    try {
      const headers = {
        'content-type': 'application/gzip',
        'content-length': String(content.byteLength),
        'user-agent': options.userAgent,
      };
      const body = Readable.from(chunksOf(content, told), {objectMode: false, highWaterMark: 1});
      const answer = await exchange({dispatcher, url, method: 'PUT', headers, body, signal, redact});
      await judge(answer, url, {...options, redact});
      told(content.byteLength);
    } catch (error) {
      const failure = transportFailure(error, {method: 'PUT', host: url.host, signal});
      throw new ApiError({...failure, message: redact(failure.message)});
    }
  };
}

/** The URL comes from a server: what is not sent to a base URL is not sent to it either. */
function targetOf(secret: Secret): URL {
  const address = secret.unwrap();
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain = url?.protocol === 'http:' && isLoopback(url);
  if (url && url.username === '' && url.password === '' && (url.protocol === 'https:' || isPlain)) return url;
  throw apiError('bad-answer', 'not sent: the address for the upload is not one of https');
}

/** Tells what has been taken: the next chunk is asked for once the socket has room. */
async function* chunksOf(content: Uint8Array, told: (sentBytes: number) => void): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.byteLength; start += CHUNK_BYTES) {
    if (start > 0) told(start);
    yield content.subarray(start, start + CHUNK_BYTES);
  }
}

type Judging = Pick<DoorOptions, 'clock' | 'witness'> & {readonly redact: Redact};

async function judge({status, headers, body}: Incoming, url: URL, {clock, witness, redact}: Judging): Promise<void> {
  const text = redact(await readBody(body, MOST_ANSWER_BYTES));
  witness?.({what: 'answer', method: 'PUT', path: '(upload)', status, headers, body: text});
  if (accepted.includes(status)) return;
  const failure = answerFailure({status, headers, text}, {method: 'PUT', wall: clock.wall(), redact});
  // S3 and what speaks like it answer in XML.
  const [, code = ''] = /<Code>(\w{1,64})<\/Code>/.exec(text) ?? [];
  const message = `${sanitize(url.host, 128)} did not take the upload (${[status, code].join(' ').trim()})`;
  throw new ApiError({...failure, message});
}
