import type {Failure, FailureKind} from '../model/failure.ts';

/**
 * Every rejection that leaves `api/`. It carries no `cause`: what undici throws may hold a socket and the request
 * headers with it, and so the key.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** A failure of which only `told` is known. The message must be sanitized and redacted already. */
export function failureOf(kind: FailureKind, message: string, told: Partial<Failure> = {}): Failure {
  const nothing = {status: undefined, code: undefined, requestId: undefined, retryAfterMs: undefined};
  return {...nothing, mayHaveHappened: false, ...told, kind, message};
}

/** An ApiError of which only `told` is known. */
export function apiError(kind: FailureKind, message: string, told?: Partial<Failure>): ApiError {
  return new ApiError(failureOf(kind, message, told));
}
