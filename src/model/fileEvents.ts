import type {LogEntry} from './log.ts';
import type {Stamp} from './sandbox.ts';

/** Files that are written for the user, and the terminal that is lent to a command of theirs. */
export type FileEvent =
  | {readonly type: 'file.saved'; readonly at: Stamp; readonly what: string; readonly path: string}
  /** One sentence that says what to do. */
  | {
      readonly type: 'file.refused';
      readonly at: Stamp;
      readonly what: string;
      readonly path: string;
      readonly mistake: string;
    }
  | {readonly type: 'connect.asked'; readonly at: Stamp; readonly id: string}
  /** The terminal is ours again, or could not be lent. `mistake`: one sentence; undefined: all went well. */
  | {readonly type: 'connect.ended'; readonly at: Stamp; readonly id: string; readonly mistake: string | undefined}
  /** The journal takes no more, and why in a few words. Told once. */
  | {readonly type: 'journal.failed'; readonly at: Stamp; readonly reason: string};

export type FileEffect =
  /** A new file of mode 0600; what is there already is not touched. Answers with file.saved or file.refused. */
  | {readonly do: 'save'; readonly what: string; readonly path: string; readonly text: string}
  /** Lends the terminal to the configured command; answers with connect.ended. */
  | {readonly do: 'connect'; readonly id: string}
  /** Keeps what is the user's own doing. */
  | {readonly do: 'journal'; readonly entry: JournalEntry};

/** A line of the journal; it is numbered as it is written. */
export type JournalEntry = Omit<LogEntry, 'seq'>;
