import {
  buildLogClosed,
  buildLogEnded,
  buildLogFoundNext,
  buildLogLost,
  buildLogOpened,
  buildLogSaveAsked,
  buildLogScrolled,
  buildLogSearchCleared,
  buildLogSearched,
  buildLogSearchKept,
  buildLogSearchOpened,
  buildLogShown,
  buildLogTimed,
  buildLogTold,
  buildLogWrapped,
} from './buildLog.ts';
import {buildMoved, buildNamed, buildObserved, buildUnread} from './buildsKnown.ts';
import type {State} from './state.ts';
import type {Step} from './step.ts';
import {deleteAsked, deletionAdmitted, deletionQueued, templateDeleted, templateKept} from './templateDeleting.ts';
import type {TemplateEvent} from './templateEvents.ts';
import {
  templateMoved,
  templatesFailed,
  templatesListed,
  templatesObserved,
  templatesRefreshAsked,
  templatesStream,
} from './templateListing.ts';
import {
  questionAnswered,
  questionErased,
  questionFocused,
  questionScrolled,
  questionTyped,
} from './templateQuestion.ts';
import {
  buildAdmitted,
  buildQueued,
  buildReady,
  buildRefused,
  buildStarted,
  specAsked,
  specRead,
  specRefused,
  uploadProgressed,
} from './templateSpec.ts';

type Transitions = {
  readonly [T in TemplateEvent['type']]: (state: State, event: Extract<TemplateEvent, {readonly type: T}>) => Step;
};

export const templateTransitions: Transitions = {
  'templates.listed': templatesListed,
  'templates.failed': templatesFailed,
  'templates.observed': templatesObserved,
  'templates.stream': templatesStream,
  'templates.refreshAsked': templatesRefreshAsked,
  'template.moved': templateMoved,
  'template.deleteAsked': deleteAsked,
  'template.queued': deletionQueued,
  'template.admitted': deletionAdmitted,
  'template.deleted': templateDeleted,
  'template.kept': templateKept,
  'question.typed': questionTyped,
  'question.erased': questionErased,
  'question.focused': questionFocused,
  'question.scrolled': questionScrolled,
  'question.answered': questionAnswered,
  'spec.asked': specAsked,
  'spec.read': specRead,
  'spec.refused': specRefused,
  'build.queued': buildQueued,
  'build.ready': buildReady,
  'build.admitted': buildAdmitted,
  'upload.progressed': uploadProgressed,
  'build.started': buildStarted,
  'build.refused': buildRefused,
  'build.observed': buildObserved,
  'build.unread': buildUnread,
  'build.moved': buildMoved,
  'build.named': buildNamed,
  'buildLog.told': buildLogTold,
  'buildLog.opened': buildLogOpened,
  'buildLog.lost': buildLogLost,
  'buildLog.ended': buildLogEnded,
  'buildLog.shown': buildLogShown,
  'buildLog.closed': buildLogClosed,
  'buildLog.scrolled': buildLogScrolled,
  'buildLog.wrapped': buildLogWrapped,
  'buildLog.timed': buildLogTimed,
  'buildLog.searchOpened': buildLogSearchOpened,
  'buildLog.searched': buildLogSearched,
  'buildLog.searchKept': buildLogSearchKept,
  'buildLog.searchCleared': buildLogSearchCleared,
  'buildLog.foundNext': buildLogFoundNext,
  'buildLog.saveAsked': buildLogSaveAsked,
};
