import {encode} from 'eventsource-encoder';
import {type Cancel, type Clock, every} from '../clock/clock.ts';
import type {MetricsBody} from '../contract/streams.ts';
import type {Heart, Leave, Sink} from './broadcast.ts';
import type {Sandbox} from './sandbox.ts';
import {sampleOf} from './workload.ts';
import type {Change} from './world.ts';

/** Metrics of single sandboxes, computed for open streams only. */
export type MetricsFeed = {
  /** For a running sandbox. */
  readonly open: (id: string, sink: Sink) => Leave;
  /** Ends the streams of a sandbox that no longer runs. */
  readonly changed: (change: Change) => void;
  readonly close: () => void;
};

export type MetricsFeedOptions = {
  readonly clock: Clock;
  readonly find: (id: string) => Sandbox | undefined;
  readonly heart: Heart;
  readonly intervalMs: number;
  readonly opening: string;
  readonly put: (sample: MetricsBody) => object;
  /** One sample, then comments only. */
  readonly quiet: boolean;
};

export function createMetricsFeed({
  clock,
  find,
  heart,
  intervalMs,
  opening,
  put,
  quiet,
}: MetricsFeedOptions): MetricsFeed {
  const endings = new Map<string, Set<() => void>>();
  const stops = new Set<Cancel>();

  const send = (id: string, sink: Sink) => {
    const sandbox = find(id);
    if (sandbox) sink.write(encode({data: JSON.stringify(put(sampleOf(sandbox, clock.wall())))}));
  };

  return {
    open(id, sink) {
      if (opening !== '') sink.write(opening);
      send(id, sink);
      const stop = quiet ? () => undefined : every(clock, intervalMs, () => send(id, sink));
      const rest = heart.add(sink);
      const leave = () => {
        stop();
        stops.delete(stop);
        rest();
        const others = endings.get(id);
        others?.delete(end);
        if (others?.size === 0) endings.delete(id);
      };
      const end = () => {
        leave();
        sink.end();
      };
      stops.add(stop);
      endings.set(id, (endings.get(id) ?? new Set()).add(end));
      return leave;
    },
    changed({sandbox}) {
      if (sandbox.status === 'running') return;
      for (const end of [...(endings.get(sandbox.id) ?? [])]) end();
    },
    close() {
      for (const stop of stops) stop();
      stops.clear();
      endings.clear();
    },
  };
}
