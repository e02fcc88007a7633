import type {Failure} from '../model/failure.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {selectWantedMetrics} from '../model/wanted.ts';
import {type MetricStream, openMetricStream} from './metricStream.ts';
import type {Ports} from './ports.ts';
import {fullCap, grownCap, refusedCap} from './streamCap.ts';

export type Metrics = {
  /** Opens and closes streams towards what `state` wants; call it on every change, at most a few times a second. */
  readonly sync: (state: State) => void;
  /** Closes every stream. */
  readonly stop: () => void;
};

/** A row scrolled away keeps its stream this long: it may come back. */
const LINGER_MS = 15_000;

/** A sandbox whose stream was given up (gone, no such stream) is left alone this long. */
const LEAVE_ALONE_MS = 60_000;

type Held = {
  readonly stream: MetricStream;
  /** Status of the sandbox while it was last wanted: with another one the stream has no future. */
  readonly status: string | undefined;
  /** Undefined: it is wanted. */
  readonly unwantedSince: Stamp | undefined;
};

export function createMetrics(ports: Ports, limit: number): Metrics {
  const {clock, governor} = ports;
  const held = new Map<string, Held>();
  const refused = createRefused(ports);
  const cap = createCap(ports, limit);
  let lastWanted: readonly string[] = [];
  /** Nothing lingers, grows or is left alone: only a change of what is wanted can matter. */
  let isSettled = false;

  const lost = (failure: Failure) => {
    if (failure.kind === 'rate-limited') governor.refuse(failure.retryAfterMs, 'metrics');
    if (isRefusal(failure)) cap.refuse(failure);
    isSettled = false;
  };

  const gaveUp = (id: string, failure: Failure) => {
    lost(failure);
    held.delete(id);
    refused.add(id, failure);
  };

  const close = (id: string, reason: string) => {
    held.get(id)?.stream.close(reason);
    held.delete(id);
  };

  /** Ids that are wanted and may be had now, the most wanted first. */
  const reachable = (wanted: readonly string[]): ReadonlySet<string> =>
    new Set(wanted.filter((id) => !refused.isLeftAlone(id)).slice(0, cap.most()));

  const keep = (id: string, status: string | undefined) => {
    const hooks = {opened: () => refused.opened(id), lost, gaveUp: (failure: Failure) => gaveUp(id, failure)};
    const stream = held.get(id)?.stream ?? openMetricStream(ports, id, hooks);
    held.set(id, {stream, status, unwantedSince: undefined});
  };

  /** Keeps the streams that scrolled away within `room`, those the longest that were wanted last. */
  const linger = (kept: ReadonlySet<string>, state: State, now: Stamp) => {
    const unwanted = [...held].filter(([id]) => !kept.has(id));
    const newestFirst = unwanted.sort(
      ([, one], [, other]) => (other.unwantedSince ?? now) - (one.unwantedSince ?? now),
    );
    let room = cap.most() - kept.size;
    for (const [id, {stream, status, unwantedSince = now}] of newestFirst) {
      if (!stream.isOpen() || liveStatus(state, id) !== status) close(id, 'no longer running');
      else if (now - unwantedSince >= LINGER_MS || room <= 0) close(id, 'no longer shown');
      else {
        held.set(id, {stream, status, unwantedSince});
        room -= 1;
      }
    }
  };

  return {
    sync(state) {
      const now = clock.monotonic();
      cap.grow(now);
      const wanted = selectWantedMetrics(state, cap.most());
      if (isSettled && isSame(wanted, lastWanted)) return;
      refused.forget(state, now);
      const kept = reachable(wanted);
      linger(kept, state, now);
      for (const id of kept) keep(id, liveStatus(state, id));
      lastWanted = wanted;
      isSettled = held.size === kept.size && cap.isFull() && !refused.isAnyLeftAlone();
    },
    stop() {
      for (const id of [...held.keys()]) close(id, 'the session ended');
    },
  };
}

/** How many streams there may be; each step down is told. */
function createCap({clock, dispatch}: Ports, limit: number) {
  let cap = fullCap(limit);
  let lowestTold = limit;
  return {
    most: () => cap.most,
    isFull: () => cap.most === cap.limit,
    refuse(failure: Failure) {
      const at = clock.monotonic();
      const refused = refusedCap(cap, at);
      cap = refused;
      // A limit that is found again and again is told once.
      if (refused.most >= lowestTold) return;
      lowestTold = refused.most;
      dispatch({type: 'metrics.limited', at, most: refused.most, failure});
    },
    grow(now: Stamp) {
      cap = grownCap(cap, now);
    },
  };
}

/** The sandboxes whose stream was given up. */
function createRefused({clock, dispatch}: Ports) {
  const leftAloneUntil = new Map<string, Stamp>();
  /** Told already that they may be gone: one that is there all the same has no metrics, and is not doubted again. */
  const doubted = new Set<string>();
  return {
    isLeftAlone: (id: string): boolean => leftAloneUntil.has(id),
    isAnyLeftAlone: (): boolean => leftAloneUntil.size > 0,
    add(id: string, {kind}: Failure): void {
      const at = clock.monotonic();
      leftAloneUntil.set(id, at + LEAVE_ALONE_MS);
      if (kind !== 'not-found' || doubted.has(id)) return;
      doubted.add(id);
      dispatch({type: 'hint.received', at, verb: 'metrics.not-found', id});
    },
    opened(id: string): void {
      doubted.delete(id);
    },
    /** Who is not left alone any more, and who is no longer there. */
    forget(state: State, now: Stamp): void {
      for (const [id, until] of leftAloneUntil) if (until <= now) leftAloneUntil.delete(id);
      for (const id of doubted) if (liveStatus(state, id) === undefined) doubted.delete(id);
    },
  };
}

/** Too many, or none at all for anybody, or no more files here: asking for as many again would not help. */
const isRefusal = ({status, kind}: Failure): boolean =>
  status === 429 || status === 503 || kind === 'unsupported' || kind === 'exhausted';

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index]);

/** Undefined: not there any more. */
function liveStatus(state: State, id: string): string | undefined {
  const row = state.rows.get(id);
  return row && !row.tombstone ? row.sandbox.status : undefined;
}
