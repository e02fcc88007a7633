import type {ActionId} from './actions.ts';
import type {BulkEvent} from './bulkEvents.ts';
import type {ColumnId} from './columns.ts';
import type {Budget, Failure} from './failure.ts';
import type {FileEffect, FileEvent} from './fileEvents.ts';
import type {FormEffect, FormEvent} from './formEvents.ts';
import type {Sample} from './sample.ts';
import type {Millis, SandboxPatch, Stamp, Via} from './sandbox.ts';
import type {TemplateEffect, TemplateEvent} from './templateEvents.ts';
import type {ViewId} from './views.ts';

/**
 * What happened. `at` is the monotonic time it happened or came in; `asOf` the time the knowledge in it was
 * asked for. Wall time is derived from the last `clock.ticked`.
 */
export type Event =
  | BulkEvent
  | FileEvent
  | FormEvent
  | TemplateEvent
  // Time and the frame
  | {readonly type: 'clock.ticked'; readonly at: Stamp; readonly wall: Millis}
  /** Sent by the store before it tells its listeners: the moment to mend the order of what changed. */
  | {readonly type: 'frame.began'; readonly at: Stamp}
  // The lifecycle stream
  | {readonly type: 'stream.connecting'; readonly at: Stamp; readonly attempt: number}
  | {readonly type: 'stream.opened'; readonly at: Stamp}
  /** Bytes arrived, comments included; told at most once a second. */
  | {
      readonly type: 'stream.heard';
      readonly at: Stamp;
      /** A heartbeat: it comes though nothing has happened. */
      readonly isBeat?: true;
    }
  /** It will be tried again at `retryAt`. */
  | {
      readonly type: 'stream.lost';
      readonly at: Stamp;
      readonly failure: Failure;
      readonly attempt: number;
      readonly retryAt: Stamp;
    }
  /** This server has no such stream, or two events in a row were too large: poll from now on. */
  | {readonly type: 'stream.unsupported'; readonly at: Stamp; readonly reason: string}
  /** 401 or 403 on the stream or on a list: nothing is tried again by itself. */
  | {readonly type: 'access.denied'; readonly at: Stamp; readonly failure: Failure}
  // What was seen of sandboxes
  | {
      readonly type: 'sandbox.observed';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly via: Via;
      readonly patch: SandboxPatch;
      /** The server's word for it, e.g. `sandbox.updated`, for the log. */
      readonly verb?: string;
    }
  /** A delete event (`via: event`), or a 404 on GET or on DELETE. */
  | {
      readonly type: 'sandbox.gone';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly id: string;
      readonly via: Via;
      readonly verb?: string;
      readonly version?: Millis;
    }
  /** A GET of one sandbox failed with anything but 404. */
  | {readonly type: 'read.failed'; readonly at: Stamp; readonly id: string; readonly failure: Failure}
  /** One event held the complete list. */
  | {
      readonly type: 'snapshot.observed';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly patches: readonly SandboxPatch[];
    }
  /** Something that means "this changed" without saying to what: read the sandbox, or without an id the list. */
  | {readonly type: 'hint.received'; readonly at: Stamp; readonly verb: string; readonly id?: string}
  /** An event nobody could read: counted, and its first characters kept for the log. */
  | {readonly type: 'event.unread'; readonly at: Stamp; readonly name: string; readonly excerpt: string}
  // Reading the whole list; `run` tells one reading from the next
  | {
      readonly type: 'list.page';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly run: number;
      readonly patches: readonly SandboxPatch[];
    }
  | {
      readonly type: 'list.ended';
      readonly at: Stamp;
      readonly run: number;
      /** False when the server cut it: has_more without a usable cursor, a repeated cursor, too many pages. */
      readonly complete: boolean;
      readonly reason?: string;
    }
  | {readonly type: 'list.failed'; readonly at: Stamp; readonly run: number; readonly failure: Failure}
  // Metrics
  | {readonly type: 'metrics.opened'; readonly at: Stamp; readonly id: string}
  | {readonly type: 'metrics.closed'; readonly at: Stamp; readonly id: string; readonly reason: string}
  /** The server, or this machine, bears so many streams at most. */
  | {readonly type: 'metrics.limited'; readonly at: Stamp; readonly most: number; readonly failure: Failure}
  | {readonly type: 'metrics.sampled'; readonly id: string; readonly sample: Sample}
  // The server's own figures
  | {readonly type: 'budget.changed'; readonly at: Stamp; readonly budget: Budget | undefined}
  /** Server clock minus ours, at the least (`Date` is cut to the second): see api/http. */
  | {readonly type: 'server.dated'; readonly at: Stamp; readonly skewMs: number}
  // Acts
  | {
      readonly type: 'action.asked';
      readonly at: Stamp;
      readonly action: ActionId;
      readonly id: string;
      /** Seconds from now, for `timeout`. */
      readonly timeoutSeconds?: number;
      /** The new file that the renewed token is written to, for `refresh`. */
      readonly savePath?: string;
    }
  | {
      readonly type: 'action.accepted';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly action: ActionId;
      readonly id: string;
      readonly status: number;
      readonly requestId: string | undefined;
      /** What the reply said of the sandbox, if it said anything. */
      readonly patch: SandboxPatch | undefined;
    }
  /** The server, or our own read-only door, said no: nothing was changed. */
  | {
      readonly type: 'action.refused';
      readonly at: Stamp;
      readonly action: ActionId;
      readonly id: string;
      readonly failure: Failure;
    }
  /** No answer, or a 5xx: it may have happened. Never resent; a GET decides. */
  | {
      readonly type: 'action.unknown';
      readonly at: Stamp;
      readonly action: ActionId;
      readonly id: string;
      readonly failure: Failure;
    }
  /** The limiter holds what the act of this sandbox asked for, until `until` as far as is known now. */
  | {
      readonly type: 'action.queued';
      readonly at: Stamp;
      readonly id: string;
      readonly until: Stamp;
      /** The server's 429: it left and was not carried out. Absent: it has not left, our own limiter holds it. */
      readonly failure?: Failure;
    }
  /** The limiter lets the act of this sandbox leave, now: what is sent is reckoned from the state as it is now. */
  | {readonly type: 'action.admitted'; readonly at: Stamp; readonly wall: Millis; readonly id: string}
  /** `u`: the newest act that has not left is taken back. */
  | {readonly type: 'action.undone'; readonly at: Stamp}
  // The open dialog; every key in the first 400 ms is swallowed
  | {readonly type: 'dialog.typed'; readonly at: Stamp; readonly text: string}
  | {readonly type: 'dialog.erased'; readonly at: Stamp}
  | {readonly type: 'dialog.focused'; readonly at: Stamp; readonly on: 'cancel' | 'confirm'}
  /** Enter (`confirm` only if it has the focus or the word is typed), y, n, Esc. */
  | {readonly type: 'dialog.answered'; readonly at: Stamp; readonly answer: 'enter' | 'yes' | 'no'}
  // The screen
  | {
      readonly type: 'screen.resized';
      readonly at: Stamp;
      readonly columns: number;
      readonly rows: number;
      /** Lines of the list that show sandboxes. */
      readonly listRows: number;
    }
  | {readonly type: 'cursor.moved'; readonly at: Stamp; readonly by: number}
  | {readonly type: 'cursor.paged'; readonly at: Stamp; readonly by: -1 | 1}
  | {readonly type: 'cursor.jumped'; readonly at: Stamp; readonly to: 'first' | 'last'}
  /** To the sandbox that an event is about, in the list. */
  | {readonly type: 'cursor.sought'; readonly at: Stamp; readonly id: string}
  | {readonly type: 'pin.toggled'; readonly at: Stamp; readonly id: string}
  | {readonly type: 'filter.opened'; readonly at: Stamp}
  /** The whole text of the prompt after an edit; applied live, an incomplete one keeps the last good one. */
  | {readonly type: 'filter.edited'; readonly at: Stamp; readonly text: string}
  /** Adds a term to the filter, or takes it out again. */
  | {readonly type: 'filter.termToggled'; readonly at: Stamp; readonly term: string}
  | {readonly type: 'filter.kept'; readonly at: Stamp}
  | {readonly type: 'filter.cleared'; readonly at: Stamp}
  | {readonly type: 'sort.chosen'; readonly at: Stamp; readonly column: ColumnId; readonly descending?: boolean}
  | {readonly type: 'sort.stepped'; readonly at: Stamp; readonly by: -1 | 1}
  | {readonly type: 'sort.inverted'; readonly at: Stamp}
  | {readonly type: 'overlay.opened'; readonly at: Stamp; readonly overlay: Overlay}
  | {readonly type: 'overlay.moved'; readonly at: Stamp; readonly by: number}
  | {readonly type: 'overlay.closed'; readonly at: Stamp}
  | {readonly type: 'detail.toggled'; readonly at: Stamp}
  | {readonly type: 'view.chosen'; readonly at: Stamp; readonly view: ViewId}
  // The event log; `lines` is how many entries the screen shows
  | {readonly type: 'log.moved'; readonly at: Stamp; readonly by: number; readonly lines: number}
  | {readonly type: 'log.paged'; readonly at: Stamp; readonly by: -1 | 1; readonly lines: number}
  | {readonly type: 'log.jumped'; readonly at: Stamp; readonly to: 'first' | 'last'; readonly lines: number}
  | {readonly type: 'log.narrowed'; readonly at: Stamp; readonly only: 'mine' | 'errors'}
  | {readonly type: 'log.searchOpened'; readonly at: Stamp}
  /** The whole text of the prompt after an edit; applied as it is typed. */
  | {readonly type: 'log.searched'; readonly at: Stamp; readonly text: string}
  | {readonly type: 'log.searchKept'; readonly at: Stamp}
  | {readonly type: 'log.searchCleared'; readonly at: Stamp}
  | {readonly type: 'refresh.asked'; readonly at: Stamp}
  | {readonly type: 'paste.ignored'; readonly at: Stamp}
  | {readonly type: 'notice.shown'; readonly at: Stamp; readonly text: string}
  | {readonly type: 'suspend.asked'; readonly at: Stamp}
  | {readonly type: 'redraw.asked'; readonly at: Stamp}
  | {
      readonly type: 'copy.asked';
      readonly at: Stamp;
      readonly what: 'id' | 'host' | 'request id';
      readonly text: string;
    }
  | {readonly type: 'quit.asked'; readonly at: Stamp};

export type EventOf<T extends Event['type']> = Extract<Event, {readonly type: T}>;

/** What covers the view: help, the choice of a sort column, what can be done with a sandbox, a command that is typed. */
export type Overlay = 'help' | 'sort' | 'actions' | 'palette';

/** Work for the runtime to do. Plain data, so a test can compare it. */
export type Effect =
  | FileEffect
  | FormEffect
  | TemplateEffect
  /** Read the whole list; answers with list.page… and list.ended or list.failed of that run. */
  | {readonly do: 'list'; readonly run: number}
  /** GET one sandbox; answers with sandbox.observed, sandbox.gone or read.failed. `act` goes before `check`, and tells with action.queued that it is held. */
  | {readonly do: 'read'; readonly id: string; readonly priority: 'act' | 'bulk' | 'check'}
  /** Ask the limiter for leave; answers with action.queued as long as it holds, and with action.admitted. */
  | {readonly do: 'act'; readonly action: ActionId; readonly id: string; readonly isBulk?: true}
  /** Send it now and once; answers with action.accepted, .refused, .unknown, or with action.queued for a 429. */
  | {
      readonly do: 'send';
      readonly action: ActionId;
      readonly id: string;
      /** Seconds from now, for `extend` and `timeout`. */
      readonly timeoutSeconds?: number;
      /** The new file that the token goes into, for `refresh`. */
      readonly savePath?: string;
    }
  /** Drop the wait of the back-off and try now. */
  | {readonly do: 'reconnect'}
  /** Open a second stream and, once it is there, let the old one go. */
  | {readonly do: 'renew'}
  | {readonly do: 'suspend'}
  | {readonly do: 'redraw'}
  /** Hand it to the terminal's clipboard. */
  | {readonly do: 'copy'; readonly text: string}
  | {readonly do: 'quit'};
