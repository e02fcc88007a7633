import * as v from 'valibot';
import {textOrNumber, told} from './told.ts';

/**
 * A list: docs.hopx.ai overview and pagination. OpenAPI has no `next_cursor`; older pages show `{data}` only; the
 * official SDK guards against `data: null`. A bare array is read as its `data`.
 */
export const wireList = v.object({
  data: told(v.array(v.unknown())),
  has_more: told(v.boolean()),
  next_cursor: told(textOrNumber),
  request_id: told(v.string()),
});

/**
 * An error, in the three shapes seen: `{error, code, request_id}` (docs.hopx.ai errors),
 * `{error, message}` (docs.hopx.dev delete-template), `{error: {message, code, request_id}}` (official SDKs).
 */
export const wireError = v.object({
  error: told(
    v.union([
      v.string(),
      v.object({
        message: told(v.string()),
        code: told(v.string()),
        request_id: told(v.string()),
        details: told(v.object({retry_after_seconds: told(v.number())})),
      }),
    ]),
  ),
  message: told(v.string()),
  code: told(v.string()),
  request_id: told(v.string()),
  /** Seconds, in the body of a 429 (docs.hopx.ai rate-limits). */
  retry_after: told(v.number()),
});

/** Error codes by HTTP status (docs.hopx.ai errors, rate-limits, set-timeout). */
export const errorCodes = {
  400: 'INVALID_REQUEST',
  401: 'AUTHENTICATION_REQUIRED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'RESOURCE_NOT_FOUND',
  409: 'CONFLICT',
  429: 'RATE_LIMIT_EXCEEDED',
  500: 'INTERNAL_ERROR',
  503: 'SERVICE_UNAVAILABLE',
} as const;

/** 401 with a key that is wrong rather than missing (docs.hopx.ai errors). */
export const INVALID_TOKEN = 'INVALID_TOKEN';

/** 429 that means a plan's quota, not a rate: waiting does not help (docs.hopx.ai errors). */
export const RESOURCE_LIMIT_ERROR = 'RESOURCE_LIMIT_ERROR';

/** On every response (docs.hopx.ai overview, rate-limits). Reset is documented as Unix seconds. */
export const rateLimitHeaders = {
  limit: 'x-ratelimit-limit',
  remaining: 'x-ratelimit-remaining',
  reset: 'x-ratelimit-reset',
} as const;

/** Response header with the request id (official SDK); also `request_id` in bodies (docs.hopx.ai errors). */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Defaults of the documented plans (docs.hopx.ai rate-limits). */
export const documentedLimits = {requestsPerMinute: 100, createsPerMinute: 20, buildsPerHour: 10} as const;

/** Page sizes of GET /v1/sandboxes: docs.hopx.ai list-sandboxes says 100 and 1000; OpenAPI says at most 100. */
export const pageLimits = {default: 100, most: 1000, mostElsewhere: 100} as const;
