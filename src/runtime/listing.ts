import {ApiError} from '../api/errors.ts';
import {createPageReader} from '../api/pages.ts';
import type {Answer, SandboxPage} from '../api/types.ts';
import type {Failure} from '../model/failure.ts';
import {askGoverned} from './asking.ts';
import {isDenied} from './failures.ts';
import type {Ports} from './ports.ts';

export type Listing = {
  /** Reads the whole list, page by page; ends with list.ended or list.failed of that run, or silently with the session. */
  readonly read: (run: number) => Promise<void>;
};

export function createListing(ports: Ports): Listing {
  const {api, clock, dispatch, stopping} = ports;

  const readPages = createPageReader(
    api,
    async (send) => {
      const asked = await askGoverned(ports, 'list', send);
      if (!asked) return undefined;
      if ('failure' in asked.outcome) throw new ApiError(asked.outcome.failure);
      return asked.outcome.value;
    },
    stopping,
  );

  const tellPage = (run: number, {value, sentAt}: Answer<SandboxPage>) => {
    const at = clock.monotonic();
    dispatch({type: 'list.page', at, asOf: sentAt, run, patches: value.patches});
    if (value.unreadable === 0) return;
    dispatch({type: 'event.unread', at, name: 'list row', excerpt: `${value.unreadable} without a usable id`});
  };

  const tellFailure = (run: number, failure: Failure) => {
    const at = clock.monotonic();
    dispatch({type: 'list.failed', at, run, failure});
    if (isDenied(failure)) dispatch({type: 'access.denied', at, failure});
  };

  const tellEnd = (run: number, reason: string | undefined) => {
    const at = clock.monotonic();
    if (reason === undefined) dispatch({type: 'list.ended', at, run, complete: true});
    else dispatch({type: 'list.ended', at, run, complete: false, reason});
  };

  return {
    async read(run) {
      try {
        for await (const signal of readPages()) {
          if (signal.type === 'page') tellPage(run, signal.answer);
          else tellEnd(run, signal.gap);
        }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        tellFailure(run, error.failure);
      }
    },
  };
}
