import type {Effect} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import {askGoverned} from './asking.ts';
import type {Ports} from './ports.ts';

type ReadPriority = Extract<Effect, {do: 'read'}>['priority'];

export type Reading = {
  /** GETs one sandbox; ends with sandbox.observed, sandbox.gone or read.failed. For an act it tells that it is held. */
  readonly read: (id: string, priority: ReadPriority) => void;
  /** What `selectWantedReads` wants now; asked as often as one likes. One is read at a time. */
  readonly want: (ids: readonly string[]) => void;
};

/** Most GETs at once; checks leave room for the reads an act waits for. */
const SLOTS: Readonly<Record<ReadPriority, number>> = {act: 6, bulk: 5, check: 4};

/** A wanted read that did not end the wanting is not repeated sooner. */
const WANT_AGAIN_MS = 10_000;

export function createReading(ports: Ports): Reading {
  const {api, clock, tasks, dispatch, stopping} = ports;
  /** Not begun yet: asking twice is asking once. */
  const waiting = new Map<string, ReadPriority>();
  /** Begun; a GET that has left may miss what is asked about now, so the next of the same kind waits for its end. */
  const running = new Set<string>();
  /** When each was wanted last, while that matters. */
  const triedAt = new Map<string, Stamp>();

  const readOnce = async (id: string, priority: ReadPriority): Promise<void> => {
    const held = (until: Stamp) => dispatch({type: 'action.queued', at: clock.monotonic(), id, until});
    const get = () => api.getSandbox(id, stopping);
    const asked = await askGoverned(ports, priority, get, priority === 'check' ? undefined : held);
    if (!asked) return;
    const at = clock.monotonic();
    if ('value' in asked.outcome) {
      const {sentAt: asOf, value: patch} = asked.outcome.value;
      return dispatch({type: 'sandbox.observed', at, asOf, via: 'read', patch});
    }
    const {failure} = asked.outcome;
    if (failure.kind === 'not-found') dispatch({type: 'sandbox.gone', at, asOf: asked.sentAt, id, via: 'read'});
    else dispatch({type: 'read.failed', at, id, failure});
  };

  const startWaiting = (priority: ReadPriority) => {
    for (const [id, wanted] of waiting) {
      const key = runningKey(id, priority);
      if (running.size >= SLOTS[priority] || stopping.aborted) return;
      if (wanted !== priority || running.has(key)) continue;
      waiting.delete(id);
      running.add(key);
      tasks.start(() => readOnce(id, priority).finally(() => ended(key)));
    }
  };

  const ended = (key: string) => {
    running.delete(key);
    startWaiting('act');
    startWaiting('bulk');
    startWaiting('check');
  };

  const read = (id: string, priority: ReadPriority) => {
    if (priority !== 'check' || !waiting.has(id)) waiting.set(id, priority);
    startWaiting(priority);
  };

  return {
    read,
    want(ids) {
      if (ids.length === 0) return;
      const now = clock.monotonic();
      for (const [id, at] of triedAt) if (now - at >= WANT_AGAIN_MS) triedAt.delete(id);
      const isUnderWay = [...triedAt.keys()].some((id) => running.has(runningKey(id, 'check')) || waiting.has(id));
      const id = isUnderWay ? undefined : ids.find((each) => !triedAt.has(each));
      if (id === undefined || waiting.has(id)) return;
      triedAt.set(id, now);
      read(id, 'check');
    },
  };
}

/** A check may wait long for the governor, and an act must not wait for a check: each has its own. */
const runningKey = (id: string, priority: ReadPriority): string => `${priority} ${id}`;
