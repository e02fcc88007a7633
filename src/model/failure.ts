/** What went wrong, by what can be done about it rather than by where it was thrown. */
export type FailureKind =
  | 'unauthorized'
  | 'forbidden'
  | 'payment'
  | 'not-found'
  | 'conflict'
  | 'bad-request'
  | 'rate-limited'
  | 'quota'
  | 'unsupported'
  | 'server'
  | 'unreachable'
  | 'timed-out'
  | 'bad-answer'
  | 'read-only'
  /** This machine has no more: files. */
  | 'exhausted'
  | 'cancelled';

/** A failure as data, ready for the screen and the event log: every text sanitized, no secret in it. */
export type Failure = {
  readonly kind: FailureKind;
  /** One sentence, the server's own words where there are any. */
  readonly message: string;
  /** HTTP status, when an answer came at all. */
  readonly status: number | undefined;
  /** The server's `code`, e.g. RESOURCE_NOT_FOUND. */
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  /** How long the server asked us to wait (`Retry-After`, `retry_after`, `X-RateLimit-Reset`). */
  readonly retryAfterMs: number | undefined;
  /** False only when not one byte of the request can have been acted on; true means the outcome is unknown. */
  readonly mayHaveHappened: boolean;
};

/** The request budget as the server tells it (`X-RateLimit-*`, docs.hopx.ai concepts/rate-limits). */
export type Budget = {
  readonly limit: number;
  readonly remaining: number;
  /** When the window starts anew. */
  readonly resetAt: Stamp;
};

type Stamp = number;
