import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import {askGoverned} from './asking.ts';
import {isDenied} from './failures.ts';
import type {Ports} from './ports.ts';

/** One reading at a time; asked for while one goes on, another follows it. */
export function createTemplateReader(ports: Ports) {
  const {api, clock, tasks, dispatch, stopping} = ports;
  let readAt: Stamp | undefined;
  let isReading = false;
  let isWantedAgain = false;
  let isDeniedNow = false;

  const deny = (failure: Failure) => {
    isDeniedNow = true;
    dispatch({type: 'templates.failed', at: clock.monotonic(), failure});
  };

  const readOnce = async () => {
    const asked = await askGoverned(ports, 'list', () => api.listTemplates(stopping));
    if (!asked) return;
    const at = clock.monotonic();
    const {outcome} = asked;
    if ('value' in outcome) {
      const {sentAt: asOf, value: templates} = outcome.value;
      dispatch({type: 'templates.listed', at, asOf, templates});
    } else if (isDenied(outcome.failure)) deny(outcome.failure);
    else dispatch({type: 'templates.failed', at, failure: outcome.failure});
  };

  const read = () => {
    if (stopping.aborted || isDeniedNow) return;
    isWantedAgain = isReading;
    if (isReading) return;
    readAt = clock.monotonic();
    isReading = true;
    tasks.start(() =>
      readOnce().finally(() => {
        isReading = false;
        readAt = clock.monotonic();
        if (isWantedAgain) read();
      }),
    );
  };

  return {
    read,
    deny,
    /** Nothing is read any more after a denial, until somebody asks. */
    allow: () => {
      isDeniedNow = false;
    },
    /** When the list was asked for last, or answered. */
    readAt: () => readAt,
  };
}
