import type {Api, ApiObserver} from '../api/types.ts';

export type OpenApi = (observer: ApiObserver) => Api;

export type OpenedApi = {
  readonly api: Api;
  /** From now on `listener` is told what the answers tell; what was told before is told now, in order. */
  readonly listen: (listener: ApiObserver) => void;
};

/** Opens the door before there is a state to tell: it may tell at once what it learned before. */
export function openUnheard(openApi: OpenApi): OpenedApi {
  const early: ((listener: ApiObserver) => void)[] = [];
  let listener: ApiObserver | undefined;
  const tell = (say: (listener: ApiObserver) => void) => {
    if (listener) say(listener);
    else early.push(say);
  };
  return {
    api: openApi({
      budgetChanged: (budget) => tell((heard) => heard.budgetChanged(budget)),
      serverDated: (skewMs) => tell((heard) => heard.serverDated(skewMs)),
    }),
    listen(next) {
      listener = next;
      for (const say of early.splice(0)) say(next);
    },
  };
}
