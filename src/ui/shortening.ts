import type {Dialog} from '../model/act.ts';
import {formatAge, formatCountdown} from '../model/format.ts';
import type {Millis} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {serverAt} from '../model/times.ts';
import {formatMoment} from './moment.ts';

/** A timeout is asked about only where it takes life away, or gives an end to what had none. */
export const shorteningWords = ({expiresAt}: Dialog['frozen']) =>
  typeof expiresAt === 'number'
    ? {title: 'Shorten the life of 1 sandbox', asked: 'shorten its life', button: 'Shorten'}
    : {title: 'Give 1 sandbox an end', asked: 'give it an end', button: 'Set it'};

/** When it would end if that were agreed to now: on the server's clock, like what it is told to end at. */
const endOf = (state: State, {timeoutSeconds = 0}: Dialog): Millis =>
  serverAt(state, state.now) + timeoutSeconds * 1000;

/** `11:22:02 (in 01:47) -> 11:20:44 (in 00:29)`: another one each second, since a timeout counts from when it is taken. */
export function endChange(state: State, dialog: Dialog): string {
  const {expiresAt} = dialog.frozen;
  const now = serverAt(state, state.now);
  const ending = (at: Millis) => `${formatMoment(at, state.wall)} (in ${formatCountdown(at - now)})`;
  const before = typeof expiresAt === 'number' ? ending(expiresAt) : expiresAt === null ? 'never' : '?';
  return `${before} -> ${ending(endOf(state, dialog))}`;
}

/** What the agreement costs. */
export function lossOf(state: State, dialog: Dialog): string {
  const {expiresAt} = dialog.frozen;
  if (expiresAt === null) return 'It never ends by itself now: then it is destroyed, with its disk, at that time.';
  if (expiresAt === undefined) return 'Its end is not told: it may be destroyed, with its disk, sooner than now.';
  const sooner = expiresAt - endOf(state, dialog);
  const when = sooner > 0 ? `${formatAge(sooner)} sooner than now` : 'when that time is over';
  return `It is destroyed, with its disk, ${when}.`;
}
