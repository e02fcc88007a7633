import type {Tone} from './columns.ts';
import {type LogEntry, withLogEntry} from './log.ts';
import type {Stamp, Via} from './sandbox.ts';
import type {Notice, State} from './state.ts';
import {wallAt} from './times.ts';

export type Said = Pick<LogEntry, 'kind' | 'text'> &
  Partial<Pick<LogEntry, 'id' | 'source' | 'requestId' | 'status' | 'tone' | 'change'>>;

/** How we know, for the log: a reply to an act is the user's own doing. */
export const sourceOf: Readonly<Record<Via, LogEntry['source']>> = {
  event: 'stream',
  snapshot: 'snapshot',
  list: 'list',
  read: 'read',
  act: 'you',
};

/** Adds a line to the event log; without a source it is this program that speaks. */
export const logged = (state: State, at: Stamp, said: Said): State => ({
  ...state,
  log: withLogEntry(state.log, entryOf(state, at, said)),
});

export function entryOf(state: State, at: Stamp, said: Said): Omit<LogEntry, 'seq'> {
  const {id, source = 'client', requestId, status, tone = 'plain' as Tone, kind, text, change} = said;
  return {
    at,
    wall: wallAt(state, at),
    kind,
    text,
    id,
    source,
    requestId,
    status,
    tone,
    ...(change ? {change} : {}),
  };
}

/** Says it on the last line of the screen, until something newer is said or it is old. */
export const noticed = (state: State, at: Stamp, text: string, tone: Notice['tone'] = 'plain'): State => ({
  ...state,
  notice: {text, tone, at},
});
