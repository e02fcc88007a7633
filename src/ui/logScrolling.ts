import type {BuildLog} from '../model/buildLog.ts';
import {firstHeld} from '../model/buildLog.ts';
import type {Event} from '../model/event.ts';
import type {Stamp} from '../model/sandbox.ts';
import type {State} from '../model/state.ts';
import {firstBefore, logRoom, logWindow} from './buildLog.ts';
import {regionsOf} from './command.ts';
import type {Motion} from './moveCommands.ts';

/** Where the log goes: a long line that is wrapped is several on the screen. The end reached is followed again. */
export function logScrolled(state: State, log: BuildLog, at: Stamp, {unit, by}: Motion): Event {
  const {rows, width} = logRoom(regionsOf(state));
  const {first, end, lastFirst} = logWindow(log, rows, width);
  const ways = {
    line: first + by,
    page: by > 0 ? Math.max(end, first + 1) : Math.min(firstBefore(log, first, rows, width), first - 1),
    end: by > 0 ? lastFirst : firstHeld(log),
  };
  const to = ways[unit];
  return {type: 'buildLog.scrolled', at, to: by > 0 && to >= lastFirst ? undefined : to};
}

/** The line that a search goes on from. */
export function firstShown(state: State, log: BuildLog): number {
  const {rows, width} = logRoom(regionsOf(state));
  return log.from ?? logWindow(log, rows, width).first;
}
