import {ApiError, failureOf} from '../api/errors.ts';
import type {Failure} from '../model/failure.ts';

export type Outcome<T> = {readonly value: T} | {readonly failure: Failure};

/** Asks once. A rejection, or a throw before the request left, becomes a value: runners have no second way out. */
export async function outcomeOf<T>(ask: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return {value: await ask()};
  } catch (error) {
    return {failure: failureIn(error)};
  }
}

/** The failure in whatever was thrown. Every rejection of the Api is an ApiError; anything else is a mistake of ours. */
export function failureIn(error: unknown): Failure {
  if (error instanceof ApiError) return error.failure;
  return failureOf('bad-answer', 'hopx-top made a mistake here: please report it', {mayHaveHappened: true});
}

/** A stream that stopped without a last word. */
export const silentEnd: Failure = failureOf('bad-answer', 'the stream ended without saying why');

export const isDenied = (failure: Failure): boolean => failure.kind === 'unauthorized' || failure.kind === 'forbidden';
