import {type Build, isFinal} from '../model/builds.ts';
import {formatStopwatch} from '../model/format.ts';
import type {State} from '../model/state.ts';
import {serverAt} from '../model/times.ts';
import {bar} from './braille.ts';
import {formatMoment} from './moment.ts';

/** How long it took, as the server tells; how long it goes on, by our best reading of the server's clock. */
export function durationMs(build: Build, state: State): number | undefined {
  const {status} = build;
  if (status?.durationMs !== undefined) return status.durationMs;
  if (status?.startedAt === undefined) return undefined;
  if (status.completedAt !== undefined) return status.completedAt - status.startedAt;
  return isFinal(build) ? undefined : serverAt(state, state.now) - status.startedAt;
}

/** `   for 03:00` while it goes on, `   took 00:58` after it; empty: not told. */
export function elapsed(build: Build, state: State): string {
  const ms = durationMs(build, state);
  return ms === undefined ? '' : `   ${isFinal(build) ? 'took' : 'for'} ${formatStopwatch(ms)}`;
}

/** The part that is missing is no rule. */
export function progressBar(percent: number, cells: number): ReturnType<typeof bar> {
  const {full, rest} = bar(percent, cells);
  return {full, rest: rest.replaceAll('─', '╌')};
}

/** Only what the server told. */
export function estimate(build: Build, state: State): string {
  const at = build.status?.estimatedAt;
  if (at === undefined || isFinal(build)) return '';
  const left = at - serverAt(state, state.now);
  return left > 0 ? `   ETA ${formatStopwatch(left)} (server)` : `   ETA was ${formatMoment(at, state.wall)} (server)`;
}
