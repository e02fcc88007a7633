import type {Clock} from '../clock/clock.ts';
import type {Event} from '../model/event.ts';
import type {JournalEntry} from '../model/fileEvents.ts';

/** Where the user's own acts are kept; the command line gives it. */
export type JournalPort = {
  /** Appends one entry, now; throws an Error with a few words of why it cannot. */
  readonly append: (entry: JournalEntry) => void;
};

type JournalOptions = {
  /** Undefined: none is kept. */
  readonly journal: JournalPort | undefined;
  readonly clock: Clock;
  readonly dispatch: (event: Event) => void;
};

/** Writes entries until one cannot be written: that is told once, and a journal with a hole is not written on. */
export function createJournal({journal, clock, dispatch}: JournalOptions): (entry: JournalEntry) => void {
  let port = journal;
  return (entry) => {
    try {
      port?.append(entry);
    } catch (error) {
      port = undefined;
      const reason = error instanceof Error ? error.message : 'it cannot be written';
      dispatch({type: 'journal.failed', at: clock.monotonic(), reason});
    }
  };
}
