import {askGoverned} from './asking.ts';
import type {Ports} from './ports.ts';

export type RecordReading = {
  /** The sandbox whose record is wanted now; asked as often as one likes. What is wanted no longer is broken off. */
  readonly want: (id: string | undefined) => void;
};

/** GETs the record that is looked at: one at a time, and each ends with record.read or record.failed. */
export function createRecordReading(ports: Ports): RecordReading {
  const {api, clock, tasks, dispatch} = ports;
  let running: {readonly id: string; readonly stop: AbortController} | undefined;

  const readOnce = async (id: string, stopping: AbortSignal): Promise<void> => {
    const asked = await askGoverned({...ports, stopping}, 'check', () => api.getRecord(id, stopping));
    if (!asked) return;
    const at = clock.monotonic();
    if ('failure' in asked.outcome) {
      const {failure} = asked.outcome;
      if (failure.kind === 'not-found') dispatch({type: 'sandbox.gone', at, asOf: asked.sentAt, id, via: 'read'});
      return dispatch({type: 'record.failed', at, id, failure});
    }
    const {sentAt: asOf, value} = asked.outcome.value;
    // The same answer: what the record says, the row says.
    if (value.patch) dispatch({type: 'sandbox.observed', at, asOf, via: 'read', patch: value.patch});
    dispatch({type: 'record.read', at, asOf, id, text: value.text});
  };

  return {
    want(id) {
      if (running && running.id !== id) running.stop.abort();
      if (id === undefined || running?.id === id || ports.stopping.aborted) return;
      const mine = {id, stop: new AbortController()};
      running = mine;
      const stopping = AbortSignal.any([ports.stopping, mine.stop.signal]);
      tasks.start(() =>
        readOnce(id, stopping).finally(() => {
          if (running === mine) running = undefined;
        }),
      );
    },
  };
}
