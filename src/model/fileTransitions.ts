import {connectAsked, connectEnded} from './connecting.ts';
import type {FileEvent} from './fileEvents.ts';
import {journalFailed} from './journal.ts';
import {logged, noticed} from './logging.ts';
import type {TransitionsOf} from './step.ts';

export const fileTransitions: TransitionsOf<FileEvent> = {
  'file.saved': (state, {at, what, path}) => {
    const text = `${what} saved: ${path}`;
    return [noticed(logged(state, at, {kind: 'file', text}), at, text)];
  },
  'file.refused': (state, {at, what, mistake}) => {
    const text = `${what} not saved: ${mistake}`;
    return [noticed(logged(state, at, {kind: 'file', text, tone: 'warn'}), at, text, 'warn')];
  },
  'connect.asked': connectAsked,
  'connect.ended': connectEnded,
  'journal.failed': journalFailed,
};
