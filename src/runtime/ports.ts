import type {Api} from '../api/types.ts';
import type {Clock} from '../clock/clock.ts';
import type {Event} from '../model/event.ts';
import type {Governor} from './governor.ts';
import type {Tasks} from './tasks.ts';

/** What every runner is given: the outside world, the way back in, and the end. */
export type Ports = {
  readonly api: Api;
  readonly clock: Clock;
  readonly governor: Governor;
  readonly tasks: Tasks;
  readonly dispatch: (event: Event) => void;
  /** Aborts when the session stops: nothing is sent after it. */
  readonly stopping: AbortSignal;
};
