import {createHash, timingSafeEqual} from 'node:crypto';

export type KeyVerdict = 'right' | 'missing' | 'wrong';

/** Header names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

const ANY_KEY = /^hopx_\S+$/;
const BEARER = /^Bearer +(\S+) *$/i;

/**
 * Both documented forms, `Authorization: Bearer` and `X-API-Key`, are equal (docs.hopx.ai authentication). The
 * key is compared by digest, so that neither its length nor where it differs shows in the time taken.
 */
export function createKeyCheck(key: string | undefined): (headers: RequestHeaders) => KeyVerdict {
  const wanted = key === undefined ? undefined : digest(key);
  const isRight = (given: string) => (wanted ? timingSafeEqual(digest(given), wanted) : ANY_KEY.test(given));
  return (headers) => {
    const {authorization, 'x-api-key': apiKey} = headers;
    const given = authorization === undefined ? apiKey : BEARER.exec(authorization)?.[1];
    if (!authorization && !apiKey) return 'missing';
    return given !== undefined && isRight(given) ? 'right' : 'wrong';
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
