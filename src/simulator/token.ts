import {createRandom} from './random.ts';
import {type Sandbox, timeText} from './sandbox.ts';

/** docs.hopx.ai names no life; the official SDK speaks of 24 hours and refreshes in the last one. */
const TOKEN_LIFE_MS = 24 * 3600 * 1000;
const REFRESH_WITHIN_MS = 3600 * 1000;

/** True when a read should hand out a new token instead of one that is about to end. */
export function needsToken({tokens, tokenIssuedAt}: Sandbox, now: number): boolean {
  return tokens === 0 || now > tokenIssuedAt + TOKEN_LIFE_MS - REFRESH_WITHIN_MS;
}

/** A JWT in form only: nobody signed it, and it opens nothing. */
export function tokenBody(sandbox: Sandbox): {readonly auth_token: string; readonly token_expires_at: string} {
  const {id, tokens, tokenIssuedAt} = sandbox;
  const endsAt = tokenIssuedAt + TOKEN_LIFE_MS;
  const claims = {sub: id, jti: tokens, iat: Math.floor(tokenIssuedAt / 1000), exp: Math.floor(endsAt / 1000)};
  const signature = createRandom(`token/${id}/${tokens}`).text(43);
  return {
    auth_token: `${base64url({alg: 'HS256', typ: 'JWT'})}.${base64url(claims)}.${signature}`,
    token_expires_at: timeText(endsAt),
  };
}

const base64url = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
