import {systemClock} from '../clock/clock.ts';
import {initialState} from '../model/initial.ts';
import type {State} from '../model/state.ts';
import {regions} from '../ui/regions.ts';
import type {WatchOptions} from './parse.ts';
import type {Target} from './target.ts';

/** What is known of a target before it is found. */
type Known = Pick<Target, 'profile' | 'readonly'> &
  Partial<Pick<Target, 'origin' | 'keyId'>> & {readonly canConnect?: boolean};

/** What the screen shows before anything has been heard. */
export function startingState(
  options: WatchOptions,
  {profile, readonly, origin, keyId, canConnect = false}: Known,
): State {
  const {columns, rows} = process.stdout;
  return initialState({
    session: {
      profile,
      host: origin?.host ?? '',
      keyId,
      readonly,
      demo: options.demo !== undefined,
      metricsLimit: options.metrics,
      keepsJournal: options.journal !== undefined,
      canConnect,
    },
    now: systemClock.monotonic(),
    wall: systemClock.wall(),
    filter: options.filter,
    ...(options.sort ? {sort: options.sort} : {}),
    screen: {columns, rows, listRows: regions(columns, rows, 'list').listRows},
  });
}
