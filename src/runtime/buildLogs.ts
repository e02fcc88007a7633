import type {BuildLogNews, StreamSignal} from '../api/types.ts';
import type {Stamp} from '../model/sandbox.ts';
import {failureIn, silentEnd} from './failures.ts';
import type {Ports} from './ports.ts';

export type WantedLog = {readonly buildId: string; readonly templateId: string | undefined; readonly opening: number};

/** Looking elsewhere for a moment closes nothing. */
const LINGER_MS = 60_000;

/** Follows one log at a time. */
export function createBuildLogs(ports: Ports) {
  const {clock, dispatch, stopping} = ports;
  let followed: {readonly buildId: string; readonly opening: number; readonly closing: AbortController} | undefined;
  let leftAt: Stamp | undefined;

  const close = () => {
    followed?.closing.abort();
    followed = undefined;
  };
  stopping.addEventListener('abort', close, {once: true});

  const open = (wanted: WantedLog) => {
    close();
    const closing = new AbortController();
    const {buildId, opening} = wanted;
    const mine = {buildId, opening, closing};
    followed = mine;
    ports.tasks.start(async () => {
      await followLog(ports, wanted, closing.signal);
      if (followed === mine) followed = undefined;
    });
  };

  const leave = (buildId: string) => {
    const at = clock.monotonic();
    leftAt ??= at;
    if (at - leftAt < LINGER_MS) return;
    close();
    dispatch({type: 'buildLog.lost', at, buildId, reason: 'it was not followed while it was not shown'});
  };

  return {
    /** `opened`: the opening of the log that is open, looked at or not. */
    sync(wanted: WantedLog | undefined, opened: number | undefined) {
      if (followed && followed.opening !== opened) close();
      if (!wanted) {
        if (followed) leave(followed.buildId);
        return;
      }
      leftAt = undefined;
      if (!followed) open(wanted);
    },
  };
}

/** One life of a log, reconnects included; ends with buildLog.ended unless it is aborted. */
async function followLog(ports: Ports, {buildId, templateId}: WantedLog, signal: AbortSignal): Promise<void> {
  const {api, clock, governor, dispatch} = ports;
  const admit = () => governor.admit('stream', signal);
  let reason = silentEnd.message;
  try {
    for await (const told of api.followBuildLog(buildId, templateId, {signal, admit})) {
      if (signal.aborted) return;
      if (told.type === 'message' && told.value.kind === 'done')
        return dispatch({type: 'buildLog.ended', at: told.at, buildId, reason: undefined, status: told.value.status});
      if (told.type === 'ended') reason = told.failure.message;
      else tell(ports, buildId, told);
    }
  } catch (error) {
    reason = failureIn(error).message;
  }
  if (!signal.aborted) dispatch({type: 'buildLog.ended', at: clock.monotonic(), buildId, reason});
}

function tell({governor, dispatch}: Ports, buildId: string, signal: StreamSignal<BuildLogNews>): void {
  const {at, type} = signal;
  if (type === 'opened') dispatch({type: 'buildLog.opened', at, buildId});
  if (type === 'message' && signal.value.kind === 'lines')
    dispatch({type: 'buildLog.told', at, buildId, lines: signal.value.lines});
  if (type !== 'lost') return;
  const {failure} = signal;
  if (failure.kind === 'rate-limited') governor.refuse(failure.retryAfterMs, 'stream');
  dispatch({type: 'buildLog.lost', at, buildId, reason: failure.message});
}
