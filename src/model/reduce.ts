import {actionAsked} from './asking.ts';
import {bulkAdvanced} from './bulkRun.ts';
import {bulkTransitions} from './bulkTransitions.ts';
import {dialogAfter, dialogAnswered, dialogErased, dialogFocused, dialogTyped} from './dialogue.ts';
import type {Event, EventOf} from './event.ts';
import {fileTransitions} from './fileTransitions.ts';
import {focusTransitions} from './focus.ts';
import {formTransitions} from './formTransitions.ts';
import {journalled, parted} from './journal.ts';
import {actionAdmitted, actionQueued, actionUndone, suspendAsked} from './leaving.ts';
import {
  accessDenied,
  refreshAsked,
  streamConnecting,
  streamHeard,
  streamLost,
  streamOpened,
  streamUnsupported,
} from './link.ts';
import {listEnded, listFailed, listPaged, snapshotObserved} from './listing.ts';
import {noticed} from './logging.ts';
import {
  logJumped,
  logMoved,
  logNarrowed,
  logPaged,
  logSearchCleared,
  logSearched,
  logSearchKept,
  logSearchOpened,
} from './logView.ts';
import {frameBegan} from './mending.ts';
import {sandboxObserved} from './observing.ts';
import {actionAccepted, actionRefused, actionUnknown, sandboxLost} from './outcome.ts';
import {pinToggled} from './pinning.ts';
import {planAnswered, planErased, planFocused, planTyped} from './plan.ts';
import {metricsClosed, metricsLimited, metricsOpened, metricsSampled} from './sampling.ts';
import type {Stamp} from './sandbox.ts';
import {
  cursorJumped,
  cursorMoved,
  cursorPaged,
  cursorSought,
  noticeShown,
  overlayClosed,
  overlayMoved,
  overlayOpened,
  pasteIgnored,
  screenResized,
} from './screen.ts';
import {budgetChanged, eventUnread, hintReceived, readFailed, serverDated} from './serving.ts';
import {
  filterCleared,
  filterEdited,
  filterKept,
  filterOpened,
  filterTermToggled,
  sortChosen,
  sortInverted,
  sortStepped,
} from './sorting.ts';
import type {State} from './state.ts';
import {andThen, forEach, type Step} from './step.ts';
import {templateTransitions} from './templateTransitions.ts';
import {clockTicked} from './ticking.ts';
import {gapAccounted} from './unseen.ts';
import {viewChosen} from './viewing.ts';

export type {Step} from './step.ts';

type EventType = Event['type'];
type EventByType = {readonly [T in EventType]: EventOf<T>};

/** What happens when: one row an event. An event without a row does not compile. */
const transitions: {readonly [T in EventType]: (state: State, event: EventByType[T]) => Step} = {
  ...bulkTransitions,
  ...fileTransitions,
  ...focusTransitions,
  ...formTransitions,
  ...templateTransitions,
  'clock.ticked': clockTicked,
  'frame.began': frameBegan,
  'stream.connecting': streamConnecting,
  'stream.opened': streamOpened,
  'stream.heard': streamHeard,
  'stream.lost': streamLost,
  'stream.unsupported': streamUnsupported,
  'access.denied': accessDenied,
  'sandbox.observed': sandboxObserved,
  'sandbox.gone': sandboxLost,
  'read.failed': readFailed,
  'snapshot.observed': snapshotObserved,
  'hint.received': hintReceived,
  'event.unread': eventUnread,
  'list.page': listPaged,
  'list.ended': listEnded,
  'list.failed': listFailed,
  'metrics.opened': metricsOpened,
  'metrics.closed': metricsClosed,
  'metrics.limited': metricsLimited,
  'metrics.sampled': metricsSampled,
  'budget.changed': budgetChanged,
  'server.dated': serverDated,
  'action.asked': actionAsked,
  'action.accepted': actionAccepted,
  'action.refused': actionRefused,
  'action.unknown': actionUnknown,
  'action.queued': actionQueued,
  'action.admitted': actionAdmitted,
  'action.undone': actionUndone,
  'dialog.typed': (state, event) => (state.plan ? planTyped(state, event) : dialogTyped(state, event)),
  'dialog.erased': (state, event) => (state.plan ? planErased(state, event) : dialogErased(state, event)),
  'dialog.focused': (state, event) => (state.plan ? planFocused(state, event) : dialogFocused(state, event)),
  'dialog.answered': (state, event) => (state.plan ? planAnswered(state, event) : dialogAnswered(state, event)),
  'screen.resized': screenResized,
  'cursor.moved': cursorMoved,
  'cursor.paged': cursorPaged,
  'cursor.jumped': cursorJumped,
  'cursor.sought': cursorSought,
  'pin.toggled': pinToggled,
  'filter.opened': filterOpened,
  'filter.edited': filterEdited,
  'filter.termToggled': filterTermToggled,
  'filter.kept': filterKept,
  'filter.cleared': filterCleared,
  'sort.chosen': sortChosen,
  'sort.stepped': sortStepped,
  'sort.inverted': sortInverted,
  'overlay.opened': overlayOpened,
  'overlay.moved': overlayMoved,
  'overlay.closed': overlayClosed,
  'choice.made': (state, {events}) => forEach({...state, overlay: undefined, palette: ''}, events, reduced),
  'view.chosen': viewChosen,
  'log.moved': logMoved,
  'log.paged': logPaged,
  'log.jumped': logJumped,
  'log.narrowed': logNarrowed,
  'log.searchOpened': logSearchOpened,
  'log.searched': logSearched,
  'log.searchKept': logSearchKept,
  'log.searchCleared': logSearchCleared,
  'refresh.asked': refreshAsked,
  'paste.ignored': pasteIgnored,
  'notice.shown': noticeShown,
  'suspend.asked': suspendAsked,
  'copy.asked': (state, {at, what, text}) => [
    noticed(state, at, `${what} sent to the terminal: ${text}`),
    {do: 'copy', text},
  ],
  'redraw.asked': (state) => [state, {do: 'redraw'}],
  'quit.asked': (state) => [{...state, quitting: true}, {do: 'quit'}],
};

/** The only function that makes a new State. Reads no clock, no network, no terminal. */
export function reduce(state: State, event: Event): Step {
  const [next, ...effects] = reduced(state, event);
  // What was done is written before what follows from it: that may be the end of us.
  const [written, others] = parted(effects);
  return [next, ...written, ...journalled(state, next), ...others];
}

/** All but the journal: events that are a part of another are written with it. */
function reduced(state: State, event: Event): Step {
  const at = 'at' in event ? event.at : event.sample.at;
  const pressed = isKey(event) && !state.dialog && !state.plan ? {...state, lastKeyAt: at} : state;
  const [next, ...effects] = andThen(transition(pressed, event.type, event), (changed) =>
    bulkGoesOn(state, changed, at),
  );
  return [afterwards(state, next, at), ...effects];
}

/** What came of one of many makes room for the next. */
const bulkGoesOn = (before: State, state: State, at: Stamp): Step =>
  state.bulk && (state.acts !== before.acts || state.bulk !== before.bulk) ? bulkAdvanced(state, at) : [state];

const transition = <T extends EventType>(state: State, type: T, event: EventByType[T]): Step =>
  transitions[type](state, event);

/** Events that are keys at the list: rows stay where they are for a while after one. */
const isKey = ({type}: Event): boolean =>
  /^(cursor|filter|focus|sort|overlay|detail|marks?|plan|action\.(asked|undone)|refresh|paste)\b/.test(type);

const afterwards = (before: State, state: State, at: Stamp): State =>
  gapAccounted(before.dialog && state.rows !== before.rows ? dialogAfter(state, at) : state, at);
