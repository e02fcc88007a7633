import {createHmac, timingSafeEqual} from 'node:crypto';
import type {Random} from './random.ts';

/** What an upload was. Its bytes are counted and dropped. */
export type Received = {
  readonly bytes: number;
  /** It begins as gzip does (RFC 1952). */
  readonly isGzip: boolean;
};

type Link = {readonly hash: string; readonly bytes: number /** Unix seconds. */; readonly expires: number};

/** Packed files by the hash they were announced under, and the links under which they may come. */
export type Uploads = {
  readonly has: (hash: string) => boolean;
  readonly link: (hash: string, bytes: number) => Link & {readonly query: string};
  /** Takes what came under a link; undefined, or why it is refused. */
  readonly take: (hash: string, query: URLSearchParams, received: Received) => Refusal | undefined;
};

type Refusal = {readonly status: 400 | 403; readonly message: string};

export const UPLOAD_PATH = '/uploads/';

/** assumed: as long as presigned links of object stores usually hold. */
const LINK_SECONDS = 15 * 60;

/** `wall`: milliseconds of the wall clock. */
export function createUploads(random: Random, wall: () => number): Uploads {
  const secret = random.text(32);
  const present = new Set<string>();
  const sign = ({hash, bytes, expires}: Link) =>
    createHmac('sha256', secret).update(`${hash}\n${bytes}\n${expires}`).digest('hex');
  const refusal = (link: Link, signature: string, {bytes, isGzip}: Received): Refusal | undefined => {
    if (!isSame(signature, sign(link))) return {status: 403, message: 'The signature is not valid'};
    if (wall() >= link.expires * 1000) return {status: 403, message: 'The link has expired'};
    if (bytes !== link.bytes) return {status: 400, message: `The link is for ${link.bytes} bytes, ${bytes} came`};
    return isGzip ? undefined : {status: 400, message: 'The content is not gzip'};
  };
  return {
    has: (hash) => present.has(hash),
    link(hash, bytes) {
      const link = {hash, bytes, expires: Math.floor(wall() / 1000) + LINK_SECONDS};
      const query = new URLSearchParams({
        bytes: String(bytes),
        expires: String(link.expires),
        signature: sign(link),
      });
      return {...link, query: query.toString()};
    },
    take(hash, query, received) {
      const link = {hash, bytes: Number(query.get('bytes')), expires: Number(query.get('expires'))};
      const refused = refusal(link, query.get('signature') ?? '', received);
      if (!refused) present.add(hash);
      return refused;
    },
  };
}

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
