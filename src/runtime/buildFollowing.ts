import type {Build} from '../model/builds.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {selectWantedBuilds, selectWantedLog} from '../model/templateWanted.ts';
import {askGoverned} from './asking.ts';
import {createBuildLogs} from './buildLogs.ts';
import type {Ports} from './ports.ts';

export type BuildFollowing = {
  /** Asks for statuses and follows the open log, as far as they are on the screen; call it after changes and every second. */
  readonly sync: (state: State) => void;
};

/** What the official SDKs and CLIs do. */
const POLL_MS = 2_000;
/** After an answer that was none. */
const RETRY_MS = 10_000;
/** Of builds that nothing is known of one is asked for in so long: there may be many. */
const FRESH_MS = 500;
const MOST_AT_ONCE = 2;

export function createBuildFollowing(ports: Ports): BuildFollowing {
  const {api, clock, tasks, dispatch, stopping} = ports;
  const logs = createBuildLogs(ports);
  const running = new Set<string>();
  /** When each was asked for last; ends with the wanting. */
  const askedAt = new Map<string, Stamp>();
  let freshAt: Stamp = Number.NEGATIVE_INFINITY;

  const readOnce = async (buildId: string) => {
    const asked = await askGoverned(ports, 'check', () => api.buildStatus(buildId, stopping));
    if (!asked) return;
    const at = clock.monotonic();
    if ('value' in asked.outcome) {
      const {sentAt: asOf, value} = asked.outcome.value;
      // It is known by the id that it was asked for.
      dispatch({type: 'build.observed', at, asOf, build: {...value, buildId}});
    } else dispatch({type: 'build.unread', at, buildId, failure: asked.outcome.failure});
  };

  const isDue = ({id, status, failure}: Build, now: Stamp): boolean => {
    const since = now - (askedAt.get(id) ?? Number.NEGATIVE_INFINITY);
    if (running.has(id) || since < (failure === undefined ? POLL_MS : RETRY_MS)) return false;
    return status !== undefined || failure !== undefined || now - freshAt >= FRESH_MS;
  };

  const ask = ({id, status, failure}: Build, now: Stamp) => {
    if (status === undefined && failure === undefined) freshAt = now;
    askedAt.set(id, now);
    running.add(id);
    tasks.start(() => readOnce(id).finally(() => void running.delete(id)));
  };

  return {
    sync(state) {
      if (stopping.aborted || state.link.phase === 'auth') return;
      const now = clock.monotonic();
      const wanted = selectWantedBuilds(state);
      const wantedIds = new Set(wanted.map(({id}) => id));
      for (const id of askedAt.keys()) if (!wantedIds.has(id)) askedAt.delete(id);
      for (const build of wanted) if (running.size < MOST_AT_ONCE && isDue(build, now)) ask(build, now);
      logs.sync(selectWantedLog(state), state.builds.log?.opening);
    },
  };
}
