import type {Borrower} from './borrower.ts';
import type {Endings} from './endings.ts';
import type {JobControl} from './jobControl.ts';

type LendingOptions = {
  readonly jobs: Pick<JobControl, 'lend'>;
  readonly endings: Endings;
  /** Undefined: no command is configured. */
  readonly borrower: Borrower | undefined;
};

/** Lends the terminal whole and takes it back; resolves with what went wrong, in one sentence. */
export function createLending({jobs, endings, borrower}: LendingOptions): (id: string) => Promise<string | undefined> {
  if (!borrower) return async () => 'no command is configured';
  endings.undoAtEnd(() => {
    borrower.end();
    return [];
  });
  return async (id) => {
    let mistake: string | undefined;
    const borrow = async () => {
      mistake = await borrower.run(id);
    };
    try {
      const isLent = await endings.deafToKeys(() => jobs.lend(borrow));
      return isLent ? mistake : 'the terminal is being taken back: try again';
    } catch (error) {
      endings.end({why: 'failed', error});
      return undefined;
    }
  };
}
