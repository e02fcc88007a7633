import type {Failure} from './failure.ts';
import type {Millis, Stamp} from './sandbox.ts';
import type {BuildLogLine, BuildStatus, SpecSummary, Template} from './template.ts';

/** What happens to templates and their builds. */
export type TemplateEvent =
  /** The whole list was read. */
  | {
      readonly type: 'templates.listed';
      readonly at: Stamp;
      readonly asOf: Stamp;
      readonly templates: readonly Template[];
    }
  | {readonly type: 'templates.failed'; readonly at: Stamp; readonly failure: Failure}
  /** The stream told of some; `isOpen` says whether it is open now. */
  | {readonly type: 'templates.observed'; readonly at: Stamp; readonly templates: readonly Template[]}
  | {
      readonly type: 'templates.stream';
      readonly at: Stamp;
      readonly isOpen: boolean;
      readonly reason: string | undefined;
    }
  | {readonly type: 'template.deleteAsked'; readonly at: Stamp; readonly id: string}
  | {
      readonly type: 'template.deleted';
      readonly at: Stamp;
      readonly id: string;
      readonly status: number;
      readonly requestId: string | undefined;
    }
  /** Refused, or its outcome is unknown: `failure.mayHaveHappened` tells. */
  | {readonly type: 'template.kept'; readonly at: Stamp; readonly id: string; readonly failure: Failure}
  | {readonly type: 'spec.asked'; readonly at: Stamp; readonly path: string}
  /** The spec file was read, checked and packed; nothing has been sent. */
  | {readonly type: 'spec.read'; readonly at: Stamp; readonly path: string; readonly spec: SpecSummary}
  | {readonly type: 'spec.refused'; readonly at: Stamp; readonly path: string; readonly mistake: string}
  /** The limiter holds it until then. */
  | {
      readonly type: 'build.queued';
      readonly at: Stamp;
      readonly specId: number;
      readonly until: Stamp;
      /** The server's 429 to the start. Absent: a limit holds it, or an upload, before that. */
      readonly failure?: Failure;
    }
  /** What it copies is where the server wants it. */
  | {readonly type: 'build.ready'; readonly at: Stamp; readonly specId: number}
  /** The limiter lets the start leave, now. */
  | {readonly type: 'build.admitted'; readonly at: Stamp; readonly wall: Millis; readonly specId: number}
  | {
      readonly type: 'upload.progressed';
      readonly at: Stamp;
      readonly specId: number;
      readonly sentBytes: number;
      readonly totalBytes: number;
    }
  | {
      readonly type: 'build.started';
      readonly at: Stamp;
      readonly specId: number;
      readonly name: string;
      readonly buildId: string;
      readonly templateId: string | undefined;
      readonly status: number;
      readonly requestId: string | undefined;
    }
  /** An upload, or the start, failed; `failure.mayHaveHappened` tells whether it may have begun. */
  | {
      readonly type: 'build.refused';
      readonly at: Stamp;
      readonly specId: number;
      readonly name: string;
      readonly failure: Failure;
    }
  | {readonly type: 'build.observed'; readonly at: Stamp; readonly asOf: Stamp; readonly build: BuildStatus}
  | {readonly type: 'build.unread'; readonly at: Stamp; readonly buildId: string; readonly failure: Failure}
  | {
      readonly type: 'buildLog.told';
      readonly at: Stamp;
      readonly buildId: string;
      readonly lines: readonly BuildLogLine[];
    }
  /** The log begins anew from its first line. */
  | {readonly type: 'buildLog.opened'; readonly at: Stamp; readonly buildId: string}
  | {
      readonly type: 'buildLog.ended';
      readonly at: Stamp;
      readonly buildId: string;
      /** Why it is followed no more; undefined: it is whole. */
      readonly reason: string | undefined;
      /** The last word of a log that is whole. */
      readonly status?: string | undefined;
    }
  /** It is tried again. */
  | {readonly type: 'buildLog.lost'; readonly at: Stamp; readonly buildId: string; readonly reason: string}
  /** The limiter holds the delete until then. */
  | {
      readonly type: 'template.queued';
      readonly at: Stamp;
      readonly id: string;
      readonly until: Stamp;
      /** The server's 429: it left and was not carried out. Absent: it has not left, our own limiter holds it. */
      readonly failure?: Failure;
    }
  /** The limiter lets the delete leave, now: what speaks against it is looked for in the state as it is now. */
  | {readonly type: 'template.admitted'; readonly at: Stamp; readonly wall: Millis; readonly id: string}
  | LookEvent;

/** Keys of the views of templates and builds. `lines` is how many rows the screen shows, `by` may be infinite. */
type LookEvent =
  | {readonly type: 'templates.refreshAsked'; readonly at: Stamp}
  | {readonly type: 'template.moved'; readonly at: Stamp; readonly by: number; readonly lines: number}
  | {readonly type: 'build.moved'; readonly at: Stamp; readonly by: number; readonly lines: number}
  /** An id that somebody gave. */
  | {readonly type: 'build.named'; readonly at: Stamp; readonly buildId: string}
  // The open question; every key in the first 400 ms is swallowed
  | {readonly type: 'question.typed'; readonly at: Stamp; readonly text: string}
  | {readonly type: 'question.erased'; readonly at: Stamp}
  | {readonly type: 'question.focused'; readonly at: Stamp; readonly on: 'cancel' | 'confirm'}
  | {readonly type: 'question.scrolled'; readonly at: Stamp; readonly by: number; readonly lines: number}
  | {readonly type: 'question.answered'; readonly at: Stamp; readonly answer: 'enter' | 'yes' | 'no'}
  // The log over the view; lines are numbered from 0, `first` is the first one shown
  | {readonly type: 'buildLog.shown'; readonly at: Stamp; readonly buildId: string}
  | {readonly type: 'buildLog.closed'; readonly at: Stamp}
  /** Undefined: to the end, which is followed. */
  | {readonly type: 'buildLog.scrolled'; readonly at: Stamp; readonly to: number | undefined}
  | {readonly type: 'buildLog.wrapped'; readonly at: Stamp}
  | {readonly type: 'buildLog.timed'; readonly at: Stamp}
  | {readonly type: 'buildLog.searchOpened'; readonly at: Stamp}
  /** The whole text of the prompt after an edit. */
  | {readonly type: 'buildLog.searched'; readonly at: Stamp; readonly text: string}
  | {readonly type: 'buildLog.searchKept'; readonly at: Stamp; readonly first: number}
  | {readonly type: 'buildLog.searchCleared'; readonly at: Stamp}
  | {readonly type: 'buildLog.foundNext'; readonly at: Stamp; readonly first: number; readonly by: -1 | 1}
  | {readonly type: 'buildLog.saveAsked'; readonly at: Stamp};

export type TemplateEffect =
  /** Read the list of templates now; answers with templates.listed or templates.failed. */
  | {readonly do: 'templates.read'}
  /** Read, check and pack a spec file; answers with spec.read or spec.refused. Sends nothing. */
  | {readonly do: 'spec.read'; readonly path: string}
  /** Upload what it copies; answers with build.queued, upload.progressed, and build.ready or build.refused. */
  | {readonly do: 'build'; readonly specId: number; readonly name: string}
  /** Ask for leave to start it, not before `until`; answers with build.queued as long as it is held, and build.admitted. */
  | {readonly do: 'build.ask'; readonly specId: number; readonly until?: Stamp}
  /** Start it now and once; answers with build.started, build.refused, or with build.queued for a 429. */
  | {readonly do: 'build.start'; readonly specId: number; readonly name: string}
  /** Ask for leave to delete, not before `until`; answers with template.queued as long as it is held, and template.admitted. */
  | {readonly do: 'template.ask'; readonly id: string; readonly until?: Stamp}
  /** Send it now and once; answers with template.deleted, template.kept, or with template.queued for a 429. */
  | {readonly do: 'template.delete'; readonly id: string};
