import type {Stamp} from './sandbox.ts';

/** How the event log is looked at; `lines` is how many entries the screen shows. */
export type LogEvent =
  | {readonly type: 'log.moved'; readonly at: Stamp; readonly by: number; readonly lines: number}
  | {readonly type: 'log.paged'; readonly at: Stamp; readonly by: -1 | 1; readonly lines: number}
  | {readonly type: 'log.jumped'; readonly at: Stamp; readonly to: 'first' | 'last'; readonly lines: number}
  | {readonly type: 'log.narrowed'; readonly at: Stamp; readonly only: 'mine' | 'errors'}
  | {readonly type: 'log.searchOpened'; readonly at: Stamp}
  /** The whole text of the prompt after an edit; applied as it is typed. */
  | {readonly type: 'log.searched'; readonly at: Stamp; readonly text: string}
  | {readonly type: 'log.searchKept'; readonly at: Stamp}
  | {readonly type: 'log.searchCleared'; readonly at: Stamp};
