import {onTestFinished} from 'vitest';
import {type ApiOptions, createApi} from '../../src/api/client.ts';
import {ApiError} from '../../src/api/errors.ts';
import {usualTimeouts} from '../../src/api/exchange.ts';
import {Secret} from '../../src/api/secret.ts';
import type {Api} from '../../src/api/types.ts';
import {systemClock} from '../../src/clock/clock.ts';
import type {Failure} from '../../src/model/failure.ts';

export const KEY = 'hopx_live_Ab3dEf6hIj9k.c4n4ry-Sup3r_S3cr3t-2048-xyz';

/** A client of the server at `origin`, with pauses of no length. */
export function apiOn(origin: URL, over: Partial<ApiOptions> = {}): Api {
  const api = createApi({
    origin,
    key: new Secret(KEY),
    clock: systemClock,
    random: () => 0,
    readonly: false,
    userAgent: 'hopx-top/test',
    timeouts: {...usualTimeouts, headersMs: 400, bodyMs: 400},
    ...over,
  });
  onTestFinished(() => api.close());
  return api;
}

/** What a call failed with; anything but an ApiError is a fault of its own. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error = await call.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error.failure;
  throw error;
}
