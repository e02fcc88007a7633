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
  | {readonly type: 'connect.asked'; readonly at: Stamp; readonly id: string};

export type FileEffect =
  /** A new file of mode 0600; what is there already is not touched. Answers with file.saved or file.refused. */
  | {readonly do: 'save'; readonly what: string; readonly path: string; readonly text: string}
  /** Lends the terminal to the configured command; it comes back with a notice. */
  | {readonly do: 'connect'; readonly id: string};
