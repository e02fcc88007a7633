import type {Borrower} from './borrower.ts';
import type {Endings} from './endings.ts';
import type {JobControl} from './jobControl.ts';

/** Standard input, as far as it competes with whoever has the terminal. */
type Input = {readonly pause: () => unknown};

type LendingOptions = {
  readonly jobs: Pick<JobControl, 'lend'>;
  readonly endings: Endings;
  /** Undefined: no command is configured. */
  readonly borrower: Borrower | undefined;
  readonly input: Input;
  /** Gives back how to set the terminal as it is set now. */
  readonly keepSettings: () => () => void;
};

/** Lends the terminal whole and takes it back; resolves with what went wrong, in one sentence. */
export function createLending({
  jobs,
  endings,
  borrower,
  input,
  keepSettings,
}: LendingOptions): (id: string) => Promise<string | undefined> {
  if (!borrower) return async () => 'no command is configured: set connect in ~/.config/hopx-top/config.yaml';
  endings.undoAtEnd(() => {
    borrower.end();
    return [];
  });
  return async (id) => {
    let mistake: string | undefined;
    const borrow = async () => {
      await letGoOf(input);
      const setBack = keepSettings();
      mistake = await borrower.run(id);
      setBack();
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

/**
 * Without a listener Node still reads: it would take every other key from the command, and its Ctrl-D for our end. A pause
 * counts once the listener's going has been seen to, and holds once it has been seen to itself, a turn each.
 */
async function letGoOf(input: Input): Promise<void> {
  await turn();
  input.pause();
  await turn();
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
