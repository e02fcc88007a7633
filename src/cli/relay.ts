import type {ApiObserver} from '../api/types.ts';
import type {Budget} from '../model/failure.ts';

/** Stands between the door, which is opened first, and whoever will want to know what its answers told. */
export type Relay = {
  readonly observer: ApiObserver;
  /** Server clock minus ours, as last told; 0 before. */
  readonly skewMs: () => number;
  /** From now on `next` is told; what was told before is told again. */
  readonly connect: (next: ApiObserver) => void;
};

export function createRelay(): Relay {
  let next: ApiObserver | undefined;
  let budget: Budget | undefined;
  let skewMs: number | undefined;
  return {
    observer: {
      budgetChanged(told) {
        budget = told;
        next?.budgetChanged(told);
      },
      serverDated(told) {
        skewMs = told;
        next?.serverDated(told);
      },
    },
    skewMs: () => skewMs ?? 0,
    connect(observer) {
      next = observer;
      if (budget) observer.budgetChanged(budget);
      if (skewMs !== undefined) observer.serverDated(skewMs);
    },
  };
}
