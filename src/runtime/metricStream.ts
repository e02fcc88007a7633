import type {StreamSignal} from '../api/types.ts';
import type {Failure} from '../model/failure.ts';
import type {Sample} from '../model/sample.ts';
import {failureIn, silentEnd} from './failures.ts';
import type {Ports} from './ports.ts';

/** The metrics of one sandbox, reconnects included. */
export type MetricStream = {
  /** True between metrics.opened and metrics.closed. */
  readonly isOpen: () => boolean;
  /** Nothing is told of it afterwards but metrics.closed, now. */
  readonly close: (reason: string) => void;
};

export type MetricStreamHooks = {
  readonly opened: () => void;
  /** The server did not want it; another try may follow. */
  readonly lost: (failure: Failure) => void;
  /** Given up: no further try. */
  readonly gaveUp: (failure: Failure) => void;
};

export function openMetricStream(ports: Ports, id: string, hooks: MetricStreamHooks): MetricStream {
  const {api, clock, governor, tasks, dispatch} = ports;
  const closing = new AbortController();
  let isOpen = false;

  const tellClosed = (reason: string) => {
    if (isOpen) dispatch({type: 'metrics.closed', at: clock.monotonic(), id, reason});
    isOpen = false;
  };

  const giveUp = (failure: Failure) => {
    closing.abort();
    tellClosed(failure.message);
    hooks.gaveUp(failure);
  };

  const tell = (signal: StreamSignal<Sample>): void => {
    switch (signal.type) {
      case 'opened':
        isOpen = true;
        hooks.opened();
        dispatch({type: 'metrics.opened', at: signal.at, id});
        break;
      case 'message':
        dispatch({type: 'metrics.sampled', id, sample: signal.value});
        break;
      case 'lost':
        tellClosed(signal.failure.message);
        hooks.lost(signal.failure);
        break;
      case 'ended':
        giveUp(signal.failure);
        break;
      case 'connecting':
      case 'heard':
      case 'beat':
    }
  };

  const follow = async (): Promise<void> => {
    let failure = silentEnd;
    try {
      const {signal} = closing;
      const signals = api.streamMetrics(id, {signal, admit: () => governor.admit('metrics', signal)});
      for await (const told of signals) {
        if (!closing.signal.aborted) tell(told);
        if (closing.signal.aborted) return;
      }
    } catch (error) {
      failure = failureIn(error);
    }
    if (!closing.signal.aborted) giveUp(failure);
  };

  tasks.start(follow);
  return {
    isOpen: () => isOpen,
    close(reason) {
      closing.abort();
      tellClosed(reason);
    },
  };
}
